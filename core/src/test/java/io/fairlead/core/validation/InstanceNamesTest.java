package io.fairlead.core.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.core.config.TomlReader;
import io.fairlead.core.discovery.ComponentCatalog;
import io.fairlead.spi.config.ConfigSpec;
import io.fairlead.spi.config.FieldSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

class InstanceNamesTest {

  @Test
  void addingAComponentDoesNotRenameTheOthers() {
    assertThat(names("")).containsExactly("hermes");
    assertThat(names("name = \"x\"")).containsExactly("x");
    assertThat(names("", "", "name = \"x\"", ""))
        .containsExactly("hermes", "hermes[1]", "x", "hermes[2]");
  }

  @Test
  void aGivenNameIsNeverMadeUpForAnother() {
    assertThat(names("", "name = \"hermes\"")).containsExactly("hermes[1]", "hermes");
  }

  @Test
  void aSectionAndASourceOfOneKindHaveTheirNamesInAnyOrder() {
    String source = "[[components]]\nkind = \"atof\"\n";
    String section =
        "[[components]]\nkind = \"observability\"\n[components.config]\nversion = 4\n"
            + "[components.config.atof]\nenabled = true\n";
    ComponentCatalog catalog =
        FakeProviders.catalog(
            new FakeProviders.Exporter(
                "atof",
                ConfigSpec.of(FieldSpec.bool("enabled", "Whether to export.").withDefault(false))),
            new FakeProviders.Adapter("atof", ConfigSpec.EMPTY));
    assertThat(names(catalog, source)).containsExactly("atof-source");
    assertThat(names(catalog, source + section)).containsExactlyInAnyOrder("atof-source", "atof");
    assertThat(names(catalog, section + source + source))
        .containsExactlyInAnyOrder("atof", "atof-source", "atof-source[1]");
  }

  private static List<String> names(ComponentCatalog catalog, String toml) {
    return new DocumentValidator(catalog, name -> null)
        .validate(TomlReader.parse(toml, null).table()).components().stream()
            .map(PlannedComponent::instance)
            .toList();
  }

  private static String[] names(String... components) {
    StringBuilder toml = new StringBuilder();
    for (String keys : components) {
      toml.append("[[components]]\nkind = \"hermes\"\n").append(keys).append('\n');
      toml.append("[components.config]\nhome = \"/x").append(toml.length()).append("\"\n");
    }
    Plan plan =
        new DocumentValidator(FakeProviders.catalog(), name -> null)
            .validate(TomlReader.parse(toml.toString(), null).table());
    assertThat(plan.report().diagnostics()).isEmpty();
    return plan.components().stream().map(PlannedComponent::instance).toArray(String[]::new);
  }
}
