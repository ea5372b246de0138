package io.fairlead.core.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.core.config.TomlReader;
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
