package io.fairlead.resources;

import io.fairlead.spi.config.ConfigSpec;
import io.fairlead.spi.config.FieldSpec;
import io.fairlead.spi.config.FieldType;
import java.util.ArrayList;
import java.util.List;

/** The fields of the component: those of NeMo Relay 0.10 and our own. */
final class ResourceFields {

  private static final String[] DURATIONS = {
    "some_pressure_stall_time", "full_pressure_stall_time"
  };

  static final ConfigSpec SPEC =
      ConfigSpec.of(
          FieldSpec.string("measurement_scope", "whose use of resources is measured")
              .withAllowed("runtime_default", "global", "application_process", "process_tree")
              .withDefault("runtime_default"),
          FieldSpec.table(
              "polling",
              "when it is measured",
              ConfigSpec.of(
                  FieldSpec.bool("enabled", "measure on a timer; nothing is measured otherwise")
                      .withDefault(false),
                  FieldSpec.integer("interval_millis", "time between two measurements")
                      .withRange(1, Long.MAX_VALUE)
                      .withDefault(5000L))),
          switched("cpu", "CPU time"),
          switched("memory", "memory"),
          switched("process", "processes, threads and open files"),
          switched(
              "disk",
              "disks",
              FieldSpec.bool("process_io", "what the processes read and write").withDefault(true),
              FieldSpec.of(
                  "filesystem_paths",
                  FieldType.STRING_LIST,
                  "absolute paths whose filesystems are measured")),
          switched(
              "gpu",
              "graphics processors; accepted, and nothing is measured",
              FieldSpec.of("devices", FieldType.STRING_LIST, "devices, by identifier"),
              FieldSpec.bool("device_metrics", "per device").withDefault(true),
              FieldSpec.bool("process_metrics", "per process").withDefault(true)),
          switched(
              "network",
              "network interfaces of the host",
              FieldSpec.of("interfaces", FieldType.STRING_LIST, "only these; else all of them")),
          FieldSpec.table("units", "units other than the default ones", units()),
          FieldSpec.integer("pid", "measure this process instead of one's own")
              .withRange(1, Integer.MAX_VALUE),
          FieldSpec.string("pid_file", "measure the process whose number is in this file"),
          FieldSpec.string(
              "process_name", "measure processes of this name; * and ? stand for any characters"),
          FieldSpec.string(
              "cgroup", "measure this control group: an absolute path, or \"own\"; Linux, v2"));

  private ResourceFields() {}

  private static FieldSpec switched(String name, String what, FieldSpec... more) {
    List<FieldSpec> fields = new ArrayList<>();
    fields.add(FieldSpec.bool("enabled", "measure " + name).withDefault(true));
    fields.addAll(List.of(more));
    return FieldSpec.table(name, what, ConfigSpec.of(fields));
  }

  private static ConfigSpec units() {
    return ConfigSpec.of(
        unitTable(
            "cpu",
            in(Quantity.DURATION, "user_time", "system_time", "total_time", "throttled_time"),
            in(Quantity.DURATION, DURATIONS),
            in(Quantity.PROCESSORS, "consumption_rate", "effective_limit")),
        unitTable(
            "memory",
            in(Quantity.DATA, "system_used", "system_total", "system_available", "resident"),
            in(Quantity.DATA, "private", "physical_footprint", "virtual_memory", "peak_resident"),
            in(Quantity.DATA, "limit", "environment_accounted"),
            in(Quantity.DURATION, DURATIONS)),
        unitTable(
            "disk",
            in(Quantity.DATA, "read_data", "write_data", "filesystem_total_capacity"),
            in(Quantity.DATA, "filesystem_available_capacity", "filesystem_free_capacity"),
            in(Quantity.BANDWIDTH, "read_throughput", "write_throughput")),
        unitTable(
            "gpu",
            in(Quantity.DATA, "device_memory_used", "process_memory_used"),
            in(Quantity.UTILIZATION, "device_compute_utilization", "process_compute_utilization")),
        FieldSpec.table(
            "network", "units of network", ConfigSpec.of(traffic("system"), traffic("interface"))));
  }

  private static FieldSpec traffic(String name) {
    return unitTable(
        name,
        in(Quantity.DATA, "received_data", "transmitted_data"),
        in(Quantity.BANDWIDTH, "receive_throughput", "transmit_throughput"));
  }

  @SafeVarargs
  private static FieldSpec unitTable(String name, List<FieldSpec>... fields) {
    List<FieldSpec> all = new ArrayList<>();
    for (List<FieldSpec> some : fields) {
      all.addAll(some);
    }
    return FieldSpec.table(name, "units of " + name, ConfigSpec.of(all));
  }

  private static List<FieldSpec> in(Quantity quantity, String... names) {
    List<FieldSpec> fields = new ArrayList<>();
    for (String name : names) {
      fields.add(FieldSpec.string(name, "unit of " + name).withAllowed(quantity.unitNames()));
    }
    return fields;
  }
}
