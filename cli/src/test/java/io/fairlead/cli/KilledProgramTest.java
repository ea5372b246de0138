package io.fairlead.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.util.LibraryLoaderUtil;

/** The program as a process of its own, killed in the middle of its work. */
@NullUnmarked // assertions are what finds a null here
class KilledProgramTest {

  @TempDir private Path home;
  private Path temporary;
  private Path output;

  @BeforeEach
  void prepare() throws IOException {
    temporary = Files.createDirectory(home.resolve("tmp"));
    output = home.resolve("output");
    RealCommands.copyRecordings(home.resolve("hermes"));
    Files.writeString(
        home.resolve("plugins.toml"),
        """
        [[components]]
        kind = "hermes"
        config = { home = "%s" }
        """
            .formatted(home.resolve("hermes")));
  }

  @Test
  void nothingOfTheDriverIsLeftInTheDirectoryForTemporaryFiles() throws Exception {
    runAndKill();
    assertThat(files(temporary)).isEmpty();
    Path library = library();
    Object first = Files.readAttributes(library, "*").get("fileKey");

    runAndKill();
    assertThat(files(temporary)).isEmpty();
    assertThat(Files.readAttributes(library, "*").get("fileKey"))
        .as("the same library is used again")
        .isEqualTo(first);
  }

  @Test
  void aLibraryThatIsNotAsItShouldBeIsReplaced() throws Exception {
    runAndKill();
    Path library = library();
    byte[] content = Files.readAllBytes(library);
    Files.write(library, new byte[] {1, 2, 3});
    runAndKill();
    assertThat(library).hasBinaryContent(content);
    assertThat(files(library.getParent())).as("no half-written one").hasSize(1);
  }

  @Test
  void withoutACacheDirectoryTheProgramWorks() throws Exception {
    Files.writeString(home.resolve(".cache"), "a file is in the way");
    runAndKill();
  }

  private Path library() throws IOException {
    try (Stream<Path> found = Files.walk(home.resolve(".cache/fairlead"))) {
      return found
          .filter(file -> file.endsWith(LibraryLoaderUtil.getNativeLibName()))
          .findFirst()
          .orElseThrow();
    }
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  private void runAndKill() throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Djava.io.tmpdir=" + temporary,
            "-XX:-UsePerfData",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "run",
            "--config",
            home.resolve("plugins.toml").toString());
    builder.environment().put("HOME", home.toString());
    builder.environment().keySet().removeIf(name -> name.startsWith("XDG_"));
    Process process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    try {
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> !process.isAlive() || said().contains("running"));
      assertThat(process.isAlive()).as("%s", said()).isTrue();
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private String said() throws IOException {
    return Files.exists(output) ? Files.readString(output, StandardCharsets.UTF_8) : "";
  }
}
