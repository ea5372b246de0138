package io.fairlead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OutOfMemoryTest {

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final AtomicInteger ends = new AtomicInteger();
  private final OutOfMemory handler =
      new OutOfMemory(new PrintStream(err, true, StandardCharsets.UTF_8), ends::incrementAndGet);

  @Test
  void aThreadWithoutMemoryEndsTheProcessWithOneSentence() {
    handler.uncaughtException(new Thread("t"), new OutOfMemoryError("Java heap space"));
    assertThat(err.toString(StandardCharsets.UTF_8).strip()).isEqualTo(OutOfMemory.MESSAGE);
    assertThat(ends).hasValue(1);
  }

  @Test
  void otherFailuresAreSaidAndEndNothing() {
    handler.uncaughtException(new Thread("lane"), new IllegalStateException("x"));
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("lane")
        .contains("IllegalStateException: x");
    assertThat(ends).hasValue(0);
  }
}
