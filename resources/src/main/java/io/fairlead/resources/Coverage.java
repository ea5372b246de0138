package io.fairlead.resources;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which figures of processes are summed up, so that it can be told how many processes told them.
 */
final class Coverage {

  /**
   * A figure.
   *
   * @param name NeMo Relay's name
   */
  record Field(String name, Function<ProcessFacts, @Nullable Long> value) {}

  private static final List<Field> CPU =
      List.of(
          new Field("cpu.user_time", ProcessFacts::userMicros),
          new Field("cpu.system_time", ProcessFacts::systemMicros),
          new Field("cpu.total_time", ProcessFacts::cpuMicros));
  private static final List<Field> MEMORY =
      List.of(
          new Field("memory.resident", ProcessFacts::resident),
          new Field("memory.private", ProcessFacts::privateBytes),
          new Field("memory.virtual_memory", ProcessFacts::virtual));
  private static final Field PEAK = new Field("memory.peak_resident", ProcessFacts::peakResident);
  private static final List<Field> PROCESS =
      List.of(
          new Field("process.thread_count", ProcessFacts::threads),
          new Field("process.open_file_descriptor_count", ProcessFacts::openFiles));
  private static final List<Field> DISK =
      List.of(
          new Field("disk.read_data", ProcessFacts::bytesRead),
          new Field("disk.write_data", ProcessFacts::bytesWritten),
          new Field("disk.read_operations", ProcessFacts::readCalls),
          new Field("disk.write_operations", ProcessFacts::writeCalls));

  private Coverage() {}

  static List<Field> fields(ResourceSettings settings) {
    boolean ofGroup = settings.target() instanceof Target.Group; // which counts these itself
    List<Field> fields = new ArrayList<>();
    if (settings.cpu() && !ofGroup) {
      fields.addAll(CPU);
    }
    if (settings.memory() && settings.scope() != Scope.GLOBAL) {
      fields.addAll(MEMORY);
      if (settings.scope() == Scope.PROCESS) {
        fields.add(PEAK);
      }
    }
    if (settings.process()) {
      fields.addAll(PROCESS);
    }
    if (settings.processIo() && !ofGroup) {
      fields.addAll(DISK);
    }
    return fields;
  }
}
