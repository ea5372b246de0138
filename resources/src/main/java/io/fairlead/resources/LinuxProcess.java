package io.fairlead.resources;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code /proc} tells about a process beyond OSHI, which shows 0 for what it may not read.
 *
 * @param directory the directory of the process
 */
record LinuxProcess(Path directory) {

  private static final long KIBIBYTE = 1024;

  static LinuxProcess of(int pid) {
    return new LinuxProcess(Path.of("/proc", Integer.toString(pid)));
  }

  /** Its name, of which the kernel keeps 15 characters. */
  @Nullable String name() {
    return SmallFiles.text(directory.resolve("comm"));
  }

  @Nullable Long privateBytes() {
    Map<String, Long> sums = SmallFiles.numbers(directory.resolve("smaps_rollup"));
    Long clean = sums.get("Private_Clean");
    Long dirty = sums.get("Private_Dirty");
    return clean == null || dirty == null ? null : (Long) ((clean + dirty) * KIBIBYTE);
  }

  /**
   * RAM it holds and most RAM it ever held, in bytes; each null when not told. What {@code stat}
   * says of the first leaves out what threads have not handed in yet.
   */
  record Resident(@Nullable Long now, @Nullable Long peak) {}

  Resident resident() {
    Map<String, Long> status = SmallFiles.numbers(directory.resolve("status"));
    return new Resident(bytes(status.get("VmRSS")), bytes(status.get("VmHWM")));
  }

  private static @Nullable Long bytes(@Nullable Long kibibytes) {
    return kibibytes == null ? null : (Long) (kibibytes * KIBIBYTE);
  }

  @Nullable Long openFiles() {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory.resolve("fd"))) {
      long count = 0;
      for (Path ignored : files) {
        count++;
      }
      return count;
    } catch (IOException | RuntimeException e) { // iteration wraps what reading throws
      return null;
    }
  }

  ProcessFacts.@Nullable Io io() {
    Map<String, Long> counts = SmallFiles.numbers(directory.resolve("io"));
    Long read = counts.get("read_bytes");
    Long written = counts.get("write_bytes");
    return read == null || written == null
        ? null
        : new ProcessFacts.Io(read, written, counts.get("syscr"), counts.get("syscw"));
  }
}
