package io.fairlead.runtimes.common.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTailTest {

  @TempDir Path dir;

  private Path file;
  private LogTail tail;

  @BeforeEach
  void makeTail() {
    file = dir.resolve("agent.log");
    tail = new LogTail(file, 2, 64);
  }

  private List<String> poll() throws IOException {
    List<String> lines = new ArrayList<>();
    tail.poll(lines::add);
    return lines;
  }

  private void append(Path to, String text) throws IOException {
    Files.write(
        to,
        text.getBytes(StandardCharsets.UTF_8),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  @Test
  void aFileThatIsNotThereYetHasNoLines() throws IOException {
    assertThat(poll()).isEmpty();
    append(file, "one\n");
    assertThat(poll()).containsExactly("one");
  }

  @Test
  void aHalfWrittenLineWaitsForItsEnd() throws IOException {
    append(file, "one\ntw");
    assertThat(poll()).containsExactly("one");
    assertThat(poll()).isEmpty();
    append(file, "o\nthree\n");
    assertThat(poll()).containsExactly("two", "three");
  }

  @Test
  void rotationsAreReadOldestFirstAndOnce() throws IOException {
    append(dir.resolve("agent.log.1"), "a1\n");
    append(file, "b1\n");
    assertThat(poll()).containsExactly("a1", "b1");
    append(file, "b2\n");
    Files.move(dir.resolve("agent.log.1"), dir.resolve("agent.log.2"));
    Files.move(file, dir.resolve("agent.log.1"));
    append(file, "c1\n");
    assertThat(poll()).containsExactly("b2", "c1");
    assertThat(poll()).isEmpty();
  }

  @Test
  void aFileCutShortIsReadFromItsBeginning() throws IOException {
    append(file, "first line\nsecond line\n");
    assertThat(poll()).hasSize(2);
    Files.writeString(file, "new\n");
    assertThat(poll()).containsExactly("new");
  }

  @Test
  void longLinesAreCutAndBadBytesReplaced() throws IOException {
    Files.write(file, ("x".repeat(1000) + "\n").getBytes(StandardCharsets.UTF_8));
    Files.write(file, new byte[] {(byte) 0xff, 'a', '\n'}, StandardOpenOption.APPEND);
    List<String> lines = poll();
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0)).hasSize(64);
    assertThat(lines.get(1)).isEqualTo("\uFFFDa");
  }
}
