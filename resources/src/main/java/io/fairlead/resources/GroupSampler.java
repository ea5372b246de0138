package io.fairlead.resources;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a control group counts itself. */
final class GroupSampler {

  private static final double MICROS = 1e6;
  private static final String CPU = "cpu";
  private static final String MEMORY = "memory";

  private final ControlGroup group;
  private final Rates rates;

  GroupSampler(ControlGroup group, Rates rates) {
    this.group = group;
    this.rates = rates;
  }

  void cpu(Measurements out) {
    Map<String, Long> counters = group.counters("cpu.stat");
    Long total = counters.get("usage_usec");
    out.whole(Metric.CPU_USER, counters.get("user_usec"));
    out.whole(Metric.CPU_SYSTEM, counters.get("system_usec"));
    out.whole(Metric.CPU_TOTAL, total);
    Double rate = rates.perSecond(CPU, group, total);
    out.fraction(Metric.CPU_RATE, rate == null ? null : (Double) (rate / MICROS));
    out.whole(Metric.CPU_THROTTLED, counters.get("throttled_usec"));
    out.fraction(Metric.CPU_LIMIT, group.processors());
    Pressure pressure = group.pressure("cpu.pressure");
    out.whole(Metric.CPU_SOME, pressure.someMicros());
    out.whole(Metric.CPU_FULL, pressure.fullMicros());
    event(CPU, "throttled", counters.get("nr_throttled"), out);
  }

  void memory(Measurements out) {
    Map<String, Long> events = group.counters("memory.events");
    out.whole(Metric.ACCOUNTED, group.number("memory.current"));
    out.whole(Metric.MEMORY_LIMIT, group.number("memory.max"));
    Pressure pressure = group.pressure("memory.pressure");
    out.whole(Metric.MEMORY_SOME, pressure.someMicros());
    out.whole(Metric.MEMORY_FULL, pressure.fullMicros());
    out.whole(Metric.OUT_OF_MEMORY, events.get("oom"));
    event(MEMORY, "high", events.get("high"), out);
    event(MEMORY, "maximum", events.get("max"), out);
    event(MEMORY, "out_of_memory", events.get("oom"), out);
    event(MEMORY, "terminated", events.get("oom_kill"), out);
  }

  void processes(Measurements out) {
    event("processes", "maximum", group.counters("pids.events").get("max"), out);
  }

  void disk(Measurements out) {
    ProcessFacts.Io io = group.io();
    if (io != null) {
      out.whole(Metric.DISK_READ, io.bytesRead());
      out.whole(Metric.DISK_WRITTEN, io.bytesWritten());
      out.fraction(Metric.DISK_READ_RATE, rates.perSecond("read", group, io.bytesRead()));
      out.fraction(Metric.DISK_WRITE_RATE, rates.perSecond("written", group, io.bytesWritten()));
      out.whole(Metric.DISK_READS, io.readCalls());
      out.whole(Metric.DISK_WRITES, io.writeCalls());
    }
  }

  private static void event(String resource, String event, @Nullable Long count, Measurements out) {
    out.whole(
        Metric.LIMIT_EVENTS,
        count,
        "nemo_relay.resource.limit.resource",
        resource,
        "nemo_relay.resource.limit.event",
        event);
  }
}
