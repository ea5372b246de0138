package io.fairlead.spi.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JsonTest {

  @Test
  void quotesWhatJsonMustQuote() {
    assertThat(Json.ofString("a\"b\\c\n\t\r\u0001é😀").text())
        .isEqualTo("\"a\\\"b\\\\c\\n\\t\\r\\u0001é😀\"");
  }

  @Test
  void loneSurrogatesAreEscapedSoThatTheTextIsValidUtf8() {
    assertThat(Json.ofString("x\uD83D").text()).isEqualTo("\"x\\ud83d\"");
    assertThat(Json.ofString("\uDE00x").text()).isEqualTo("\"\\ude00x\"");
  }
}
