package io.fairlead.resources;

import io.fairlead.resources.Machine.Detail;
import io.fairlead.resources.Machine.MemoryFacts;
import io.fairlead.spi.event.Json;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes one measurement after another. Keeps the counters of the last one for rates. */
final class Sampler {

  private static final Path HOST_PRESSURE = Path.of("/proc/pressure");
  private static final String CPU = "cpu";
  private static final String READ = "read";
  private static final String WRITTEN = "written";
  private static final double MICROS = 1e6;

  private final Machine machine;
  private final ResourceSettings settings;
  private final ProcessFinder finder;
  private final NetworkSampler network;
  private final Rates rates = new Rates();

  Sampler(Machine machine, ResourceSettings settings) {
    this.machine = machine;
    this.settings = settings;
    Detail detail =
        new Detail(
            settings.memory() && settings.scope() != Scope.GLOBAL,
            settings.process(),
            settings.processIo() && group() == null);
    this.finder = new ProcessFinder(machine, settings.target(), settings.scope(), detail);
    this.network = new NetworkSampler(settings.interfaces(), rates);
  }

  /**
   * One measurement.
   *
   * @param data what the mark holds
   * @param missing whether what the document names was not there
   */
  record Sample(Json data, boolean missing) {}

  /** Measures at a moment, milliseconds since the epoch. */
  Sample sample(long millis) {
    rates.begin(millis);
    Selection selection = finder.find();
    Measurements out =
        new Measurements(settings.scope().word(), machine.operatingSystem(), settings.units());
    out.whole(Metric.SAMPLES, 1L);
    if (settings.cpu()) {
      cpu(selection, out);
    }
    if (settings.memory()) {
      memory(selection, out);
    }
    if (settings.process()) {
      processes(selection, out);
    }
    if (settings.processIo() && !selection.missing()) {
      disk(selection, out);
    }
    settings.filesystems().forEach(path -> filesystem(path, out));
    if (settings.network()) {
      network.add(machine.interfaces(), out);
    }
    coverage(selection, out);
    return new Sample(out.json(), selection.missing());
  }

  private @Nullable ControlGroup group() {
    return settings.target() instanceof Target.Group target ? target.group() : null;
  }

  private void cpu(Selection selection, Measurements out) {
    ControlGroup group = group();
    if (group != null) {
      new GroupSampler(group, rates).cpu(out);
      return;
    }
    List<ProcessFacts> processes = selection.processes();
    out.whole(Metric.CPU_USER, sum(processes, ProcessFacts::userMicros));
    out.whole(Metric.CPU_SYSTEM, sum(processes, ProcessFacts::systemMicros));
    out.whole(Metric.CPU_TOTAL, sum(processes, ProcessFacts::cpuMicros));
    Double rate = rates.perSecond(CPU, processes, ProcessFacts::cpuMicros);
    out.fraction(Metric.CPU_RATE, rate == null ? null : (Double) (rate / MICROS));
    if (settings.scope() == Scope.GLOBAL) {
      Pressure pressure = Pressure.read(HOST_PRESSURE.resolve(CPU));
      out.whole(Metric.CPU_SOME, pressure.someMicros());
      out.whole(Metric.CPU_FULL, pressure.fullMicros());
    }
  }

  private void memory(Selection selection, Measurements out) {
    MemoryFacts host = machine.memory();
    out.whole(Metric.SYSTEM_USED, host.total() - host.available());
    out.whole(Metric.SYSTEM_TOTAL, host.total());
    out.whole(Metric.SYSTEM_AVAILABLE, host.available());
    if (settings.scope() == Scope.GLOBAL) {
      Pressure pressure = Pressure.read(HOST_PRESSURE.resolve("memory"));
      out.whole(Metric.MEMORY_SOME, pressure.someMicros());
      out.whole(Metric.MEMORY_FULL, pressure.fullMicros());
      return;
    }
    List<ProcessFacts> processes = selection.processes();
    out.whole(Metric.RESIDENT, sum(processes, ProcessFacts::resident));
    out.whole(Metric.PRIVATE, sum(processes, ProcessFacts::privateBytes));
    out.whole(Metric.VIRTUAL, sum(processes, ProcessFacts::virtual));
    if (settings.scope() == Scope.PROCESS && processes.size() == 1) {
      out.whole(Metric.PEAK, processes.get(0).peakResident()); // peaks are not of one moment
    }
    ControlGroup group = group();
    if (group != null) {
      new GroupSampler(group, rates).memory(out);
    }
  }

  private void processes(Selection selection, Measurements out) {
    List<ProcessFacts> processes = selection.processes();
    out.whole(Metric.ACTIVE, (long) processes.size());
    if (settings.scope() != Scope.GLOBAL && group() == null) {
      out.whole(Metric.DESCENDANTS, (long) selection.descendants());
    }
    out.whole(Metric.THREADS, sum(processes, ProcessFacts::threads));
    out.whole(Metric.OPEN_FILES, sum(processes, ProcessFacts::openFiles));
    ControlGroup group = group();
    if (group != null) {
      new GroupSampler(group, rates).processes(out);
    }
  }

  private void disk(Selection selection, Measurements out) {
    ControlGroup group = group();
    if (group != null) {
      new GroupSampler(group, rates).disk(out);
      return;
    }
    List<ProcessFacts> processes = selection.processes();
    out.whole(Metric.DISK_READ, sum(processes, ProcessFacts::bytesRead));
    out.whole(Metric.DISK_WRITTEN, sum(processes, ProcessFacts::bytesWritten));
    out.fraction(Metric.DISK_READ_RATE, rates.perSecond(READ, processes, ProcessFacts::bytesRead));
    out.fraction(
        Metric.DISK_WRITE_RATE, rates.perSecond(WRITTEN, processes, ProcessFacts::bytesWritten));
    out.whole(Metric.DISK_READS, sum(processes, ProcessFacts::readCalls));
    out.whole(Metric.DISK_WRITES, sum(processes, ProcessFacts::writeCalls));
  }

  private static void filesystem(Path path, Measurements out) {
    String[] attribute = {"nemo_relay.resource.disk.filesystem_path", path.toString()};
    try {
      FileStore store = Files.getFileStore(path);
      out.whole(Metric.FILESYSTEM_TOTAL, store.getTotalSpace(), attribute);
      out.whole(Metric.FILESYSTEM_AVAILABLE, store.getUsableSpace(), attribute);
      out.whole(Metric.FILESYSTEM_FREE, store.getUnallocatedSpace(), attribute);
    } catch (IOException e) {
      // A path that is not there has no filesystem: nothing to show, as with all that is absent.
    }
  }

  private void coverage(Selection selection, Measurements out) {
    long count = selection.processes().size();
    out.whole(Metric.VISIBLE, count);
    out.whole(Metric.SAMPLED, count);
    for (Coverage.Field field : Coverage.fields(settings)) {
      long told =
          selection.processes().stream().filter(p -> field.value().apply(p) != null).count();
      out.whole(Metric.FIELD_SAMPLED, told, "nemo_relay.resource.field", field.name());
    }
  }

  /** The sum over those that tell, or null when none does. */
  private static @Nullable Long sum(
      List<ProcessFacts> processes, Function<ProcessFacts, @Nullable Long> value) {
    Long sum = null;
    for (ProcessFacts process : processes) {
      Long one = value.apply(process);
      if (one != null) {
        sum = sum == null ? one : (Long) (sum + one);
      }
    }
    return sum;
  }
}
