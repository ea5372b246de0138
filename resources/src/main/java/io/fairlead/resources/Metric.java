package io.fairlead.resources;

import static io.fairlead.resources.Quantity.BANDWIDTH;
import static io.fairlead.resources.Quantity.COUNT;
import static io.fairlead.resources.Quantity.DATA;
import static io.fairlead.resources.Quantity.DURATION;
import static io.fairlead.resources.Quantity.PROCESSORS;

import org.jspecify.annotations.Nullable;

/** Everything that is measured, under the names NeMo Relay 0.10 gives it. All are gauges. */
enum Metric {
  SAMPLES("sample_count", COUNT, "events", null, "Samples this measurement is made of"),

  CPU_USER("cpu.user_time", DURATION, "milliseconds", "cpu.user_time", "CPU time in user mode"),
  CPU_SYSTEM(
      "cpu.system_time", DURATION, "milliseconds", "cpu.system_time", "CPU time in the kernel"),
  CPU_TOTAL("cpu.total_time", DURATION, "milliseconds", "cpu.total_time", "CPU time"),
  CPU_RATE(
      "cpu.consumption_rate",
      PROCESSORS,
      "logical_processors",
      "cpu.consumption_rate",
      "Processors kept busy since the last measurement"),
  CPU_THROTTLED(
      "cpu.throttled_time",
      DURATION,
      "milliseconds",
      "cpu.throttled_time",
      "Time the CPU limit held work back"),
  CPU_LIMIT(
      "cpu.effective_limit",
      PROCESSORS,
      "logical_processors",
      "cpu.effective_limit",
      "Processors the limit allows"),
  CPU_SOME(
      "cpu.pressure.some_stall_time",
      DURATION,
      "milliseconds",
      "cpu.some_pressure_stall_time",
      "Time some tasks waited for a CPU"),
  CPU_FULL(
      "cpu.pressure.full_stall_time",
      DURATION,
      "milliseconds",
      "cpu.full_pressure_stall_time",
      "Time all tasks waited for a CPU"),
  LIMIT_EVENTS("limit.event_count", COUNT, "events", null, "Times a limit took effect"),

  SYSTEM_USED(
      "memory.system.used", DATA, "kibibytes", "memory.system_used", "Memory of the host in use"),
  SYSTEM_TOTAL(
      "memory.system.total", DATA, "kibibytes", "memory.system_total", "Memory of the host"),
  SYSTEM_AVAILABLE(
      "memory.system.available",
      DATA,
      "kibibytes",
      "memory.system_available",
      "Memory of the host that can be had"),
  RESIDENT("memory.resident", DATA, "kibibytes", "memory.resident", "Memory held in RAM"),
  PRIVATE("memory.private", DATA, "kibibytes", "memory.private", "RAM shared with no other"),
  VIRTUAL("memory.virtual", DATA, "kibibytes", "memory.virtual_memory", "Mapped address space"),
  PEAK("memory.peak_resident", DATA, "kibibytes", "memory.peak_resident", "Most RAM ever held"),
  MEMORY_LIMIT("memory.limit", DATA, "kibibytes", "memory.limit", "Memory the limit allows"),
  ACCOUNTED(
      "memory.environment_accounted",
      DATA,
      "kibibytes",
      "memory.environment_accounted",
      "Memory charged to the group"),
  MEMORY_SOME(
      "memory.pressure.some_stall_time",
      DURATION,
      "milliseconds",
      "memory.some_pressure_stall_time",
      "Time some tasks waited for memory"),
  MEMORY_FULL(
      "memory.pressure.full_stall_time",
      DURATION,
      "milliseconds",
      "memory.full_pressure_stall_time",
      "Time all tasks waited for memory"),
  OUT_OF_MEMORY("memory.out_of_memory_event_count", COUNT, "events", null, "Times memory ran out"),

  ACTIVE("process.active_count", COUNT, "processes", null, "Processes measured"),
  DESCENDANTS("process.descendant_count", COUNT, "processes", null, "Processes below the roots"),
  THREADS("thread.count", COUNT, "threads", null, "Threads"),
  OPEN_FILES(
      "process.open_file_descriptor_count", COUNT, "file_descriptors", null, "File descriptors"),

  DISK_READ("disk.read_data", DATA, "bytes", "disk.read_data", "Data read from disks"),
  DISK_WRITTEN("disk.write_data", DATA, "bytes", "disk.write_data", "Data written to disks"),
  DISK_READ_RATE(
      "disk.read_throughput",
      BANDWIDTH,
      "bytes_per_second",
      "disk.read_throughput",
      "Data read from disks per second since the last measurement"),
  DISK_WRITE_RATE(
      "disk.write_throughput",
      BANDWIDTH,
      "bytes_per_second",
      "disk.write_throughput",
      "Data written to disks per second since the last measurement"),
  DISK_READS("disk.read.operations", COUNT, "operations", null, "Read calls"),
  DISK_WRITES("disk.write.operations", COUNT, "operations", null, "Write calls"),
  FILESYSTEM_TOTAL(
      "disk.filesystem.total_capacity",
      DATA,
      "bytes",
      "disk.filesystem_total_capacity",
      "Size of the filesystem"),
  FILESYSTEM_AVAILABLE(
      "disk.filesystem.available_capacity",
      DATA,
      "bytes",
      "disk.filesystem_available_capacity",
      "Space any program may use"),
  FILESYSTEM_FREE(
      "disk.filesystem.free_capacity",
      DATA,
      "bytes",
      "disk.filesystem_free_capacity",
      "Free space, reserved space included"),

  VISIBLE("process_sampling.visible_count", COUNT, "processes", null, "Processes found"),
  SAMPLED("process_sampling.sampled_count", COUNT, "processes", null, "Processes read"),
  FIELD_SAMPLED(
      "process_sampling.field_sampled_count",
      COUNT,
      "processes",
      null,
      "Processes that told the value");

  private static final String PREFIX = "nemo.relay.resource.";

  private final Descriptor descriptor;

  Metric(
      String name, Quantity quantity, String unit, @Nullable String unitKey, String description) {
    descriptor = new Descriptor(PREFIX + name, quantity, unit, unitKey, description);
  }

  Descriptor descriptor() {
    return descriptor;
  }

  /** A figure of network interfaces. {@code level} is {@code system} or {@code interface}. */
  static Descriptor network(
      String level, String name, Quantity quantity, String unit, String description) {
    String key = quantity == COUNT ? null : "network." + level + "." + name;
    return new Descriptor(
        PREFIX + "network." + level + "." + name, quantity, unit, key, description);
  }

  /**
   * What a metric is.
   *
   * @param unit the unit unless the document chooses another
   * @param unitKey path of that choice below {@code units}, or null when there is none
   */
  record Descriptor(
      String name, Quantity quantity, String unit, @Nullable String unitKey, String description) {}
}
