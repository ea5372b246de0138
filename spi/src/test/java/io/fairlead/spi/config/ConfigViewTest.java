package io.fairlead.spi.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigViewTest {

  private static final ConfigSpec SPEC =
      ConfigSpec.of(
          FieldSpec.string("endpoint", "Where to.").asRequired(),
          FieldSpec.string("token", "Who.").asSecret(),
          FieldSpec.integer("timeout_millis", "How long.").withDefault(3000L),
          FieldSpec.bool("enabled", "Whether.").withDefault(false),
          FieldSpec.duration("interval", "How often.").withDefault("30s"),
          FieldSpec.of("names", FieldType.STRING_LIST, "Which.").withDefault(List.of("a")),
          FieldSpec.of("headers", FieldType.STRING_MAP, "With."),
          FieldSpec.table("inner", "More.", ConfigSpec.of(FieldSpec.string("x", "X."))));

  @Test
  void givesDefaultsForWhatIsAbsentOrOfTheWrongType() {
    ConfigView view =
        ConfigView.of(SPEC, table(Map.of("timeout_millis", new ConfigNode.Text("soon", null))));

    assertThat(view.integer("timeout_millis")).isEqualTo(3000);
    assertThat(view.bool("enabled")).isFalse();
    assertThat(view.duration("interval")).isEqualTo(Duration.ofSeconds(30));
    assertThat(view.strings("names")).containsExactly("a");
    assertThat(view.stringMap("headers")).isEmpty();
    assertThat(view.stringOrNull("endpoint")).isNull();
    assertThat(view.table("inner").stringOrNull("x")).isNull();
    assertThat(view.tableOrNull("inner")).isNull();
  }

  @Test
  void givesWhatTheDocumentSays() {
    ConfigView view =
        ConfigView.of(
            SPEC,
            table(
                Map.of(
                    "endpoint", new ConfigNode.Text("http://x", null),
                    "enabled", new ConfigNode.Bool(true, null),
                    "headers", table(Map.of("a", new ConfigNode.Text("b", null))))));

    assertThat(view.string("endpoint")).isEqualTo("http://x");
    assertThat(view.bool("enabled")).isTrue();
    assertThat(view.stringMap("headers")).containsExactly(Map.entry("a", "b"));
  }

  @Test
  void secretsDoNotShow() {
    ConfigView view =
        ConfigView.of(SPEC, table(Map.of("token", new ConfigNode.Text("sk-1", null))));

    Secret secret = view.secretOrNull("token");
    assertThat(secret).hasToString("[REDACTED]");
    assertThat(secret).isNotNull().extracting(Secret::reveal).isEqualTo("sk-1");
  }

  @Test
  void mistakesOfTheProgramAreThrown() {
    ConfigView view = ConfigView.of(SPEC, ConfigNode.Table.EMPTY);

    assertThatIllegalArgumentException().isThrownBy(() -> view.string("endpiont"));
    assertThatIllegalStateException().isThrownBy(() -> view.string("endpoint"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ConfigSpec.of(FieldSpec.string("a", "A."), FieldSpec.string("a", "B.")));
  }

  private static ConfigNode.Table table(Map<String, ConfigNode> values) {
    Map<String, ConfigNode.Entry> entries = new LinkedHashMap<>();
    values.forEach((key, value) -> entries.put(key, new ConfigNode.Entry(null, value)));
    return new ConfigNode.Table(entries, null);
  }
}
