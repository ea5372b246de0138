package io.fairlead.core;

import static io.fairlead.core.TestEvents.marks;
import static io.fairlead.core.TestEvents.names;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.fairlead.core.discovery.ComponentCatalog;
import io.fairlead.core.dispatch.Pauses;
import io.fairlead.spi.KernelStatus;
import io.fairlead.spi.ModelPricing;
import io.fairlead.spi.diagnostic.Diagnostic;
import io.fairlead.spi.event.TokenUsage;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plugins of a directory, good and bad, as real JARs. */
class IsolatedPluginsTest {

  private static final Duration SOON = Duration.ofSeconds(10);

  @TempDir Path directory;
  private Path plugins = Path.of("");
  private Path lines = Path.of("");

  @BeforeEach
  void prepare() throws IOException {
    plugins = Files.createDirectory(directory.resolve("plug ins"));
    lines = directory.resolve("lines.txt");
  }

  private PluginJars jars() {
    return new PluginJars(directory);
  }

  private KernelOptions.Builder options() {
    return KernelOptions.builder()
        .pluginsDir(plugins)
        .retryPauses(new Pauses(Duration.ofMillis(5), Duration.ofMillis(50)));
  }

  private PluginConfig document(String... kinds) {
    StringBuilder text = new StringBuilder();
    for (String kind : kinds) {
      text.append("[[components]]\nkind = \"%s\"\n[components.config]\n".formatted(kind))
          .append("path = \"%s\"\n".formatted(lines));
    }
    return PluginConfig.parse(text.toString());
  }

  private List<Diagnostic> findings() {
    try (ComponentCatalog catalog = PluginConfig.catalog(options().build())) {
      return catalog.findings();
    }
  }

  private Diagnostic finding() {
    List<Diagnostic> findings = findings();
    assertThat(findings).hasSize(1);
    return findings.get(0);
  }

  /** What a bad plugin leaves is one finding that names its JAR, and a good one that works. */
  private void assertOnlyReported(String code, String... words) throws Exception {
    jars().exporter("good", "").jar(plugins.resolve("good.jar"));
    assertThat(finding().code()).isEqualTo(code);
    assertThat(finding().message()).contains(words);
    assertThat(document("good").validate(options().build()).diagnostics())
        .extracting(Diagnostic::code)
        .containsExactly(code);
    try (ActivePlugins active = document("good").initialize(options().build())) {
      marks(1, 2).forEach(active.hub()::emit);
      assertThat(active.flush(SOON).complete()).isTrue();
    }
    assertThat(Files.readAllLines(lines)).isEqualTo(names(marks(1, 2)));
  }

  @Test
  void aJarAndADirectoryOfJarsArePlugins() throws Exception {
    jars().exporter("one", "").jar(plugins.resolve("one.jar"));
    jars().exporter("two", "").jar(plugins.resolve("two/two.jar"));
    Files.writeString(plugins.resolve("README.txt"), "no plugin");
    Files.createDirectory(plugins.resolve(".hidden"));
    try (ComponentCatalog catalog = PluginConfig.catalog(options().build())) {
      assertThat(catalog.findings()).isEmpty();
      assertThat(catalog.entries())
          .filteredOn(ComponentCatalog.Entry::isolated)
          .extracting(ComponentCatalog.Entry::location)
          .containsExactly(
              plugins.resolve("one.jar").toString(), plugins.resolve("two").toString());
    }
    try (ActivePlugins active = document("one", "two").initialize(options().build())) {
      marks(1, 1).forEach(active.hub()::emit);
      assertThat(active.flush(SOON).complete()).isTrue();
    }
    assertThat(Files.readAllLines(lines)).containsExactly("mark-1", "mark-1");
  }

  @Test
  void aThrowingConstructor() throws Exception {
    jars()
        .exporter("bad", "public Provider() { throw new IllegalStateException(\"no licence\"); }")
        .jar(plugins.resolve("bad.jar"));
    assertOnlyReported("plugin.load_failed", "bad.jar", "no licence");
  }

  @Test
  void aMissingClassWhenItIsLoaded() throws Exception {
    jars().exporter("bad", "").jar(plugins.resolve("bad.jar"), "plug.bad.Base");
    assertOnlyReported("plugin.load_failed", "bad.jar", "a class is missing: plug.bad.Base");
  }

  @Test
  void noServiceFile() throws Exception {
    jars()
        .source("plug.Nothing", "package plug; public class Nothing {}")
        .jar(plugins.resolve("bad.jar"));
    assertOnlyReported("plugin.no_provider", "bad.jar");
  }

  @Test
  void aDirectoryWithoutAJar() throws Exception {
    Files.createDirectory(plugins.resolve("empty"));
    assertOnlyReported("plugin.no_provider", "empty");
  }

  @Test
  void somethingThatIsNoJar() throws Exception {
    Files.writeString(plugins.resolve("bad.jar"), "half a download");
    assertOnlyReported("plugin.load_failed", "bad.jar");
  }

  @Test
  void aLinkThatLeadsNowhere() throws Exception {
    Files.createSymbolicLink(plugins.resolve("bad.jar"), directory.resolve("gone.jar"));
    assertOnlyReported("plugin.load_failed", "bad.jar", "does not exist");
  }

  @Test
  void anotherSpiVersion() throws Exception {
    jars().exporter("bad", "public int spiMajor() { return 2; }").jar(plugins.resolve("bad.jar"));
    assertOnlyReported("plugin.incompatible_spi", "bad.jar", "version 2");
  }

  @Test
  void aKindThatIsTaken() throws Exception {
    jars()
        .exporter("bad", "public String kind() { return \"good\"; }")
        .jar(plugins.resolve("later.jar"));
    assertOnlyReported("plugin.duplicate_provider", "good.jar, which is used", "later.jar");
  }

  @Test
  void aKindOfOurOwn() throws Exception {
    jars()
        .exporter("bad", "public String kind() { return \"pricing\"; }")
        .jar(plugins.resolve("bad.jar"));
    assertOnlyReported("plugin.duplicate_provider", "core", "which is used", "bad.jar");
  }

  @Test
  void aClassOfTheProgramThatPluginsDoNotSee() throws Exception {
    jars()
        .exporter(
            "bad", "static class Mine extends io.fairlead.core.Recorder {} Mine m = new Mine();")
        .jar(plugins.resolve("bad.jar"));
    assertOnlyReported("plugin.load_failed", "bad.jar", "io.fairlead.core.Recorder");
    assertThat(finding().hint()).contains("sees the plugin interface and the JDK alone");
  }

  @ParameterizedTest
  @CsvSource({"kind,String", "version,String", "stability,Stability", "repeatable,boolean"})
  void aConstantThatThrows(String method, String type) throws Exception {
    jars()
        .exporter(
            "bad", "public %s %s() { throw new AssertionError(\"oops\"); }".formatted(type, method))
        .jar(plugins.resolve("bad.jar"));
    assertOnlyReported("plugin.load_failed", "bad.jar", "oops");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "public ConfigSpec configSpec() { throw new IllegalStateException(); }",
        "public void validate(ConfigView v, ValidationContext c) { throw new StackOverflowError(); }"
      })
  void aCheckThatThrowsIsAnError(String member) throws Exception {
    jars().exporter("bad", member).jar(plugins.resolve("bad.jar"));
    assertThat(document("bad").validate(options().build()).diagnostics())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.code()).isEqualTo("plugin.validate_failed");
              assertThat(finding.hint()).contains("bad.jar");
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "throw new IllegalStateException(\"oops\"); | component.start_failed",
        "throw new NoClassDefFoundError(\"org/Gone\"); | plugin.load_failed",
        "throw new AssertionError(\"oops\"); | component.start_failed",
        "return null; | component.start_failed",
        "return List.of(new Lines(context) {"
            + " public String name() { throw new AssertionError(); } }); | component.start_failed",
        "return List.of(new Lines(context) {"
            + " public Settings settings() { throw new AssertionError(); } });"
            + " | component.start_failed",
        "return List.of(new Lines(context) { public void start(SourceState s) {"
            + " throw new NoClassDefFoundError(\"org/Gone\"); } }); | plugin.load_failed"
      })
  void aStartThatFailsIsAnErrorThatNamesTheJar(String body, String code) throws Exception {
    jars()
        .exporter("bad", "public List<Subscriber> create(ComponentContext context) {" + body + "}")
        .jar(plugins.resolve("bad.jar"));
    InitializationException failure =
        catchThrowableOfType(
            InitializationException.class, () -> document("bad").initialize(options().build()));
    assertThat(failure.report().diagnostics())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.code()).isEqualTo(code);
              assertThat(finding.hint()).contains("bad.jar");
            });
  }

  private static String overriding(String members) {
    return "public List<Subscriber> create(ComponentContext context) {"
        + " return List.of(new Lines(context) {"
        + members
        + "}); }";
  }

  @ParameterizedTest
  @CsvSource({
    "deliver(List<Event> e),DeliveryResult,exporter.delivery_threw",
    "push(),DeliveryResult,exporter.push_failed",
    "close(),void,exporter.close_failed"
  })
  void aThrowAtWorkHarmsNobodyElse(String method, String type, String code) throws Exception {
    String pushing =
        "public Settings settings() { return new Settings(10, java.time.Duration.ZERO,"
            + " java.time.Duration.ofHours(1), true); }";
    jars()
        .exporter(
            "bad",
            overriding(
                pushing
                    + "public "
                    + type
                    + " "
                    + method
                    + " { throw new AssertionError(\"oops\"); }"))
        .exporter("good", "")
        .jar(plugins.resolve("bad.jar"));
    ActivePlugins active = document("bad", "good").initialize(options().build());
    marks(1, 3).forEach(active.hub()::emit);
    assertThat(active.hub().flush("good", SOON)).isTrue();
    active.flush(Duration.ofMillis(100));
    active.close(Duration.ofMillis(500));
    assertThat(Files.readAllLines(lines)).containsAll(names(marks(1, 3)));
    assertThat(active.runtimeDiagnostics())
        .anySatisfy(
            finding -> {
              assertThat(finding.code()).isEqualTo(code);
              assertThat(finding.component()).isEqualTo("bad");
              assertThat(finding.hint()).contains("bad.jar");
            });
  }

  /** A provider with its part, which is an anonymous class with these members. */
  private PluginJars provider(String service, String part, String create, String members) {
    return jars()
        .source(
            "plug.bad.Provider",
            """
            package plug.bad;
            import io.fairlead.spi.*;
            import io.fairlead.spi.config.*;
            import io.fairlead.spi.event.*;
            public class Provider implements %1$s {
              public String kind() { return "bad"; }
              public ConfigSpec configSpec() {
                return ConfigSpec.of(FieldSpec.string("path", "A file."));
              }
              static <T> T oops() { throw new AssertionError("oops"); }
              public %2$s create(ComponentContext context) {
                %3$s
                return new %2$s() { %4$s };
              }
            }
            """
                .formatted(service, part, create, members))
        .service(service, "plug.bad.Provider");
  }

  private static final String POLL = "public Poll poll(SourceSink sink) { return oops(); }";
  private static final String STAGE = "public Stage stage() { return Stage.CODEC; }";
  private static final String PASS = "public Event intercept(Event event) { return event; }";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "RuntimeAdapterProvider | RuntimeAdapter | oops(); | " + POLL,
        "RuntimeAdapterProvider | RuntimeAdapter | '' | public void start(SourceState s) { oops(); }"
            + POLL,
        "InterceptorProvider | Interceptor | oops(); | " + STAGE + PASS,
        "InterceptorProvider | Interceptor | '' | public Stage stage() { return oops(); }" + PASS,
        "InterceptorProvider | Interceptor | '' |"
            + " public boolean failsClosed() { return Provider.<Boolean>oops(); }"
            + STAGE
            + PASS,
        "PricingProvider | ModelPricing | oops(); |"
            + " public Quote price(Question question) { return oops(); }"
      })
  void aStartOfAnySortThatThrowsNamesTheJar(
      String service, String part, String create, String members) throws Exception {
    provider(service, part, create, members).jar(plugins.resolve("bad.jar"));
    InitializationException failure =
        catchThrowableOfType(
            InitializationException.class, () -> document("bad").initialize(options().build()));
    assertThat(failure.report().diagnostics())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.code()).isEqualTo("component.start_failed");
              assertThat(finding.message()).contains("oops");
              assertThat(finding.hint()).contains("bad.jar");
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "RuntimeAdapterProvider | RuntimeAdapter | " + POLL + "| bad.poll_failed",
        "RuntimeAdapterProvider | RuntimeAdapter | public void close() { oops(); }"
            + " public Poll poll(SourceSink s) {"
            + " return Poll.idle(java.time.Duration.ofHours(1), 0); }"
            + "| adapter.close_failed",
        "RuntimeAdapterProvider | RuntimeAdapter |"
            + " public Poll poll(SourceSink sink) { return null; } | bad.poll_failed",
        "InterceptorProvider | Interceptor | public Event intercept(Event event) { return oops(); }"
            + STAGE
            + "| interceptor.failed",
        "InterceptorProvider | Interceptor | public void close() { oops(); }"
            + STAGE
            + PASS
            + "| interceptor.close_failed",
        "PricingProvider | ModelPricing | public Quote price(Question question) { return oops(); }"
            + "| pricing.failed",
        "PricingProvider | ModelPricing | public Quote price(Question question) { return null; }"
            + "| pricing.failed"
      })
  void aThrowOfAnySortAtWorkNamesTheJar(String service, String part, String members, String code)
      throws Exception {
    provider(service, part, "", members).exporter("good", "").jar(plugins.resolve("bad.jar"));
    ActivePlugins active = document("bad", "good").initialize(options().build());
    marks(1, 3).forEach(active.hub()::emit);
    assertThat(active.flush(SOON).complete()).isTrue();
    active
        .pricings()
        .forEach(
            pricing ->
                assertThat(
                        pricing
                            .price(new ModelPricing.Question(null, "m", TokenUsage.ZERO, 0))
                            .cost())
                    .isNull());
    await().until(() -> code.endsWith("close_failed") || !active.runtimeDiagnostics().isEmpty());
    active.close();
    assertThat(Files.readAllLines(lines)).isEqualTo(names(marks(1, 3)));
    assertThat(active.runtimeDiagnostics())
        .filteredOn(finding -> "bad".equals(finding.component()))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.code()).isEqualTo(code);
              assertThat(finding.hint()).contains("bad.jar");
            });
  }

  @Test
  void aStopThatHangsIsGivenUpAndNamed() throws Exception {
    jars()
        .exporter(
            "bad",
            overriding(
                """
                public void close() {
                  while (!Boolean.getBoolean("fairlead.test.letgo")) {
                    java.util.concurrent.locks.LockSupport.parkNanos(10_000_000);
                  }
                }
                """))
        .jar(plugins.resolve("bad.jar"));
    ActivePlugins active = document("bad").initialize(options().build());
    try {
      long before = System.nanoTime();
      CloseReport report = active.close(Duration.ofMillis(300));
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(SOON);
      assertThat(report.abandoned()).containsExactly("bad");
      assertThat(active.runtimeDiagnostics())
          .anySatisfy(
              finding -> {
                assertThat(finding.code()).isEqualTo("plugin.not_released");
                assertThat(finding.message()).contains("bad.jar", "'fairlead-bad'");
              });
    } finally {
      System.setProperty("fairlead.test.letgo", "true");
    }
  }

  /** A place in the log goes by the name, and a lambda's class has another one in each run. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          events -> Subscriber.DeliveryResult.done(0)
          new Subscriber() { public DeliveryResult deliver(List<Event> e) { return null; } }
          """)
  void aSubscriberWithoutANameOfItsOwnHasOneThatStays(String subscriber) throws Exception {
    jars()
        .exporter(
            "brief",
            "public List<Subscriber> create(ComponentContext c) { return List.of(%s); }"
                .formatted(subscriber))
        .jar(plugins.resolve("brief.jar"));
    try (ActivePlugins active = document("brief").initialize(options().build())) {
      assertThat(active.status().subscribers())
          .extracting(KernelStatus.SubscriberStatus::name)
          .containsExactly("brief/subscriber");
    }
  }

  @Test
  void twoSubscribersOfOneNameAreAnError() throws Exception {
    jars()
        .exporter(
            "pair",
            "public List<Subscriber> create(ComponentContext c) {"
                + " return List.of(new Lines(c), new Lines(c)); }")
        .jar(plugins.resolve("pair.jar"));
    InitializationException failure =
        catchThrowableOfType(
            InitializationException.class, () -> document("pair").initialize(options().build()));
    assertThat(failure).hasMessageContaining("'pair'").hasMessageContaining("already");
  }

  @Test
  void twoPluginsHaveEachTheirVersionOfALibrary() throws Exception {
    for (String version : List.of("1", "2")) {
      String kind = "lib" + version;
      jars()
          .exporter(
              kind, overriding("void write(String line) { super.write(lib.Version.NAME.get()); }"))
          .source(
              "lib.Version",
              "package lib; public class Version { public static final"
                  + " java.util.function.Supplier<String> NAME = () -> \"version "
                  + version
                  + "\"; }")
          .jar(plugins.resolve(kind + "/all.jar"));
    }
    try (ActivePlugins active = document("lib1", "lib2").initialize(options().build())) {
      marks(1, 1).forEach(active.hub()::emit);
      assertThat(active.flush(SOON).complete()).isTrue();
    }
    assertThat(Files.readAllLines(lines)).containsExactlyInAnyOrder("version 1", "version 2");
  }

  @Test
  void aSecretProviderAndItsFaults() throws Exception {
    String provider =
        """
        package plug.%1$s;
        public class Secrets implements io.fairlead.spi.SecretProvider {
          public String scheme() { %2$s }
          public io.fairlead.spi.config.Secret resolve(String key) {
            if (key.equals("bad")) throw new NoClassDefFoundError("org/Gone");
            return io.fairlead.spi.config.Secret.of("resolved");
          }
        }
        """;
    jars()
        .exporter("good", "")
        .source("plug.ok.Secrets", provider.formatted("ok", "return \"vault\";"))
        .source("plug.no.Secrets", provider.formatted("no", "throw new AssertionError(\"oops\");"))
        .service("SecretProvider", "plug.ok.Secrets")
        .service("SecretProvider", "plug.no.Secrets")
        .jar(plugins.resolve("secrets.jar"));
    assertThat(finding().code()).isEqualTo("plugin.load_failed");
    assertThat(finding().message()).contains("secrets.jar", "oops");
    try (ComponentCatalog catalog = PluginConfig.catalog(options().build())) {
      assertThat(catalog.secrets())
          .singleElement()
          .satisfies(
              secrets -> {
                assertThat(secrets.provider().scheme()).isEqualTo("vault");
                assertThat(secrets.location()).endsWith("secrets.jar");
                assertThat(secrets.isolated()).isTrue();
              });
    }
    String text = "[[components]]\nkind = \"good\"\n[components.config]\npath = \"${vault:%s}\"\n";
    PluginConfig.parse(text.formatted("good")).initialize(options().build()).close();
    InitializationException failure =
        catchThrowableOfType(
            InitializationException.class,
            () -> PluginConfig.parse(text.formatted("bad")).initialize(options().build()));
    assertThat(failure).hasMessageContaining("could not be read by 'vault'");
  }

  @Test
  void aDirectoryThatIsNotThere() {
    plugins = directory.resolve("none");
    assertThat(finding().code()).isEqualTo("plugin.directory_unreadable");
    assertThat(finding().message()).contains("none", "does not exist");
  }

  @Test
  void aReplacedJarIsUsedAfterAReload() throws Exception {
    Path jar = plugins.resolve("p.jar");
    jars().exporter("good", "").jar(jar);
    try (ActivePlugins active = document("good").initialize(options().build())) {
      marks(1, 1).forEach(active.hub()::emit);
      assertThat(active.flush(SOON).complete()).isTrue();
      assertThat(active.reload(document("good")).kept()).containsExactly("good");

      jars()
          .exporter("good", overriding("void write(String line) { super.write(\"new \" + line); }"))
          .jar(jar);
      marks(2, 2).forEach(active.hub()::emit);
      assertThat(active.flush(SOON).complete()).as("the former JAR still works").isTrue();
      ReloadReport replaced = active.reload(document("good"));
      assertThat(replaced.restarted()).containsExactly("good");
      assertThat(replaced.report().diagnostics())
          .extracting(Diagnostic::code)
          .containsExactly("plugin.jar_changed");
      marks(3, 3).forEach(active.hub()::emit);
      assertThat(active.flush(SOON).complete()).isTrue();

      Files.delete(jar);
      ReloadReport removed = active.reload(document("good"));
      assertThat(removed.stopped()).containsExactly("good");
      assertThat(removed.report().diagnostics())
          .extracting(Diagnostic::code)
          .containsExactly("plugin.jar_changed", "plugin.unknown_component");
    }
    assertThat(Files.readAllLines(lines)).containsExactly("mark-1", "mark-2", "new mark-3");
  }

  @Test
  void afterTheCloseNothingOfAPluginIsLeft() throws Exception {
    jars().exporter("good", "").jar(plugins.resolve("good.jar"));
    ActivePlugins active = document("good").initialize(options().build());
    WeakReference<ClassLoader> loader = new WeakReference<>(loaderOf("fairlead-good"));
    assertThat(loader.get()).isNotNull();
    marks(1, 3).forEach(active.hub()::emit);
    active.flush(SOON);
    active.close();
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              System.gc();
              assertThat(loader.get()).isNull();
            });
    assertThat(active.status().subscribers()).as("what was counted stays").hasSize(1);
    assertThat(loaderOf("fairlead-good")).isNull();
  }

  private static @org.jspecify.annotations.Nullable ClassLoader loaderOf(String threadName) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals(threadName))
        .map(Thread::getContextClassLoader)
        .findFirst()
        .orElse(null);
  }

  @Test
  void aDirectoryOfManyOtherThingsIsReadUpToABound() throws Exception {
    for (int i = 0; i < 300; i++) {
      Files.createFile(plugins.resolve("x" + i + ".txt"));
    }
    jars().exporter("good", "").jar(plugins.resolve("good.jar"));
    assertThat(finding().code()).isEqualTo("plugin.too_many_files");
    assertThat(finding().message()).contains("256");
    assertThat(document("good").validate(options().build()).hasErrors()).isFalse();
  }
}
