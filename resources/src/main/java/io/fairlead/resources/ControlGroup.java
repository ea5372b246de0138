package io.fairlead.resources;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A control group of Linux, version 2. What its controllers do not count is null.
 *
 * @param directory where its files are
 */
record ControlGroup(Path directory) {

  private static final Path MOUNT = Path.of("/sys/fs/cgroup");
  private static final Path MINE = Path.of("/proc/self/cgroup");
  private static final String UNIFIED = "0::/";
  private static final int DEEPEST = 8;
  private static final int MOST_GROUPS = 512;

  /** A group by its absolute path, or {@code own} for that of this process. */
  static ControlGroup of(String name) {
    return new ControlGroup(name.equals("own") ? own(SmallFiles.text(MINE)) : Path.of(name));
  }

  private static Path own(@Nullable String lines) {
    if (lines != null) {
      for (String line : lines.split("\n", -1)) {
        if (line.startsWith(UNIFIED)) {
          return MOUNT.resolve(line.substring(UNIFIED.length()));
        }
      }
    }
    return MOUNT;
  }

  boolean exists() {
    return Files.isReadable(directory.resolve("cgroup.procs"));
  }

  /** The processes of the group and of those below it. */
  List<Integer> processes() {
    List<Integer> pids = new ArrayList<>();
    try (Stream<Path> groups = Files.walk(directory, DEEPEST)) {
      groups
          .filter(Files::isDirectory)
          .limit(MOST_GROUPS)
          .forEach(group -> addProcesses(group, pids));
    } catch (IOException | RuntimeException e) { // groups vanish while they are walked
      return pids;
    }
    return pids;
  }

  private static void addProcesses(Path group, List<Integer> pids) {
    String text = SmallFiles.text(group.resolve("cgroup.procs"));
    if (text != null) {
      text.lines()
          .map(SmallFiles::number)
          .filter(pid -> pid != null && pid > 0)
          .forEach(pid -> pids.add(pid.intValue()));
    }
  }

  /** Counters of {@code cpu.stat}, {@code memory.events}, …: empty when there are none. */
  Map<String, Long> counters(String file) {
    return SmallFiles.numbers(directory.resolve(file));
  }

  @Nullable Long number(String file) {
    return SmallFiles.number(directory.resolve(file));
  }

  Pressure pressure(String file) {
    return Pressure.read(directory.resolve(file));
  }

  /** How many processors it may keep busy, or null when there is no limit. */
  @Nullable Double processors() {
    String text = SmallFiles.text(directory.resolve("cpu.max"));
    String[] words = text == null ? new String[0] : text.split("\\s+", -1);
    Long quota = words.length == 2 ? SmallFiles.number(words[0]) : null;
    Long period = words.length == 2 ? SmallFiles.number(words[1]) : null;
    return quota == null || period == null || period == 0
        ? null
        : (Double) ((double) quota / period);
  }

  /** What its devices were read and written, all together, or null. */
  ProcessFacts.@Nullable Io io() {
    String text = SmallFiles.text(directory.resolve("io.stat"));
    if (text == null) {
      return null;
    }
    return new ProcessFacts.Io(
        sum(text, "rbytes="), sum(text, "wbytes="), sum(text, "rios="), sum(text, "wios="));
  }

  private static long sum(String text, String key) {
    long sum = 0;
    for (String word : text.split("\\s+", -1)) {
      Long value = word.startsWith(key) ? SmallFiles.number(word.substring(key.length())) : null;
      sum += value == null ? 0 : value;
    }
    return sum;
  }
}
