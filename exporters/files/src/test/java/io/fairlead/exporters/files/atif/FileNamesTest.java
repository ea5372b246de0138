package io.fairlead.exporters.files.atif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fairlead.atof.json.JsonTree;
import io.fairlead.exporters.files.atif.FileNames.UnnamedException;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileNamesTest {

  private static final UUID ID = UUID.fromString("01a1feaa-4cda-7931-b38c-c7082c37bbea");
  private static final FileNames NAMES =
      new FileNames("{metadata.team.name:-none/yet}/{session_id}.json");

  private static String name(String metadata) throws UnnamedException {
    return NAMES.of(ID, JsonTree.sorted(metadata));
  }

  /** What NeMo Relay 0.10.4 made of the same values. */
  @ParameterizedTest
  @CsvSource({
    "ok,ok",
    "../x,-x",
    "a/b,a-b",
    "/abs,-abs",
    "..,-",
    "a b,a-b",
    "é,-",
    "a/../b,a-b",
    "a\\\\b,a-b",
    "a:b,a-b",
    "~h,~h",
    ".hid,.hid",
    "a..b,a-b",
    "a//b,a-b",
    "a/./b,a-.-b",
    "{session_id},-session_id-"
  })
  void valuesNameOnePartAndLeadNowhere(String value, String expected) throws Exception {
    assertThat(name("{\"team\":{\"name\":\"" + value + "\"}}"))
        .isEqualTo(expected + "/" + ID + ".json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "null", "{\"team\":{}}", "{\"team\":{\"name\":null}}"})
  void whatIsAbsentHasTheFallback(String metadata) throws Exception {
    assertThat(name(metadata)).isEqualTo("none/yet/" + ID + ".json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "true", "{}", "[1]", "\"\"", "\".\""})
  void whatIsNoNameIsAFault(String value) {
    assertThatExceptionOfType(UnnamedException.class)
        .isThrownBy(() -> name("{\"team\":{\"name\":" + value + "}}"));
  }

  @Test
  void aPathThroughATextIsAFault() {
    assertThatExceptionOfType(UnnamedException.class).isThrownBy(() -> name("{\"team\":\"x\"}"));
  }

  @Test
  void aPartThatIsTooLongIsAFault() {
    String name = "x".repeat(300);
    assertThatExceptionOfType(UnnamedException.class)
        .isThrownBy(() -> name("{\"team\":{\"name\":\"" + name + "\"}}"));
  }
}
