package io.fairlead.cli;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** Which room may see which. */
class ArchitectureTest {

  private static final String ALL = "io.fairlead..";
  private static final String SPI = "io.fairlead.spi..";
  private static final String ATOF = "io.fairlead.atof..";
  private static final String OTEL = "io.fairlead.exporters.otel..";
  private static final String EXPORTERS = "io.fairlead.exporters..";
  private static final String COMMON = "io.fairlead.runtimes.common..";
  private static final String RUNTIMES = "io.fairlead.runtimes..";
  private static final String INTERCEPTORS = "io.fairlead.interceptors..";
  private static final String RESOURCES = "io.fairlead.resources..";
  private static final String CORE = "io.fairlead.core..";
  private static final String JOURNAL = "io.fairlead.journal..";
  private static final String CLI = "io.fairlead.cli..";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("/testkit/"))
          .importPackages("io.fairlead");

  private static void check(ArchRule rule) {
    rule.allowEmptyShould(true).check(CLASSES);
  }

  /** Of Fairlead, a room sees these rooms and no others. */
  private static void sees(String room, String... rooms) {
    check(
        noClasses()
            .that()
            .resideInAPackage(room)
            .should()
            .dependOnClassesThat(
                DescribedPredicate.and(resideInAnyPackage(ALL), not(resideInAnyPackage(rooms)))));
  }

  @Test
  void theSpiDependsOnNothing() {
    check(
        noClasses()
            .that()
            .resideInAPackage(SPI)
            .should()
            .dependOnClassesThat(
                not(resideInAnyPackage(SPI, "java..", "org.jspecify.annotations.."))));
  }

  @Test
  void roomsSeeOnlyWhatTheyMay() {
    sees(ATOF, SPI, ATOF);
    sees(EXPORTERS, SPI, ATOF, EXPORTERS);
    sees(RUNTIMES, SPI, ATOF, RUNTIMES);
    sees(COMMON, SPI, ATOF, COMMON);
    sees(INTERCEPTORS, SPI, ATOF, INTERCEPTORS);
    sees(RESOURCES, SPI, RESOURCES);
    sees(CORE, SPI, CORE);
    sees(JOURNAL, SPI, ATOF, CORE, JOURNAL);
  }

  @Test
  void exportersDoNotSeeEachOtherExceptForTheSharedOne() {
    check(
        slices()
            .matching("io.fairlead.exporters.(*)..")
            .should()
            .notDependOnEachOther()
            .ignoreDependency(resideInAnyPackage(EXPORTERS), resideInAnyPackage(OTEL)));
  }

  @Test
  void runtimesDoNotSeeEachOtherExceptForWhatTheyShare() {
    check(
        slices()
            .matching("io.fairlead.runtimes.(*)..")
            .should()
            .notDependOnEachOther()
            .ignoreDependency(resideInAnyPackage(RUNTIMES), resideInAnyPackage(COMMON)));
  }

  @Test
  void packagesHaveNoCycles() {
    check(slices().matching("io.fairlead.(**)").should().beFreeOfCycles());
  }

  @Test
  void loggingOfTheJdkStaysWhereLibrariesNeedIt() {
    check(
        noClasses()
            .that(not(resideInAnyPackage(CLI, OTEL)))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.util.logging"));
  }

  @Test
  void onlyTheProgramEndsTheProcess() {
    check(
        noClasses()
            .that()
            .doNotBelongToAnyOf(Main.class)
            .should()
            .callMethod(System.class, "exit", int.class));
    check(
        noClasses()
            .that()
            .doNotBelongToAnyOf(ShutdownHook.class, Main.class)
            .should()
            .callMethod(Runtime.class, "halt", int.class)
            .orShould()
            .callMethod(Runtime.class, "addShutdownHook", Thread.class));
  }

  @Test
  void onlyTheSeamsKnowTheKernelsDoors() {
    check(
        noClasses()
            .that(
                DescribedPredicate.and(
                    resideInAnyPackage(CLI),
                    DescribedPredicate.describe(
                        "are not the seam",
                        type -> !type.getName().startsWith(CoreKernel.class.getName()))))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "io.fairlead.core",
                "io.fairlead.core.config",
                "io.fairlead.core.lifecycle",
                "io.fairlead.core.dispatch",
                "io.fairlead.core.log",
                "io.fairlead.journal"));
  }

  @Test
  void everyPackageIsNullMarked() {
    check(
        classes()
            .should(
                new ArchCondition<JavaClass>("be in a package that is @NullMarked") {
                  @Override
                  public void check(JavaClass type, ConditionEvents events) {
                    if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
                      events.add(
                          SimpleConditionEvent.violated(
                              type, type.getPackageName() + " is not @NullMarked"));
                    }
                  }
                }));
  }
}
