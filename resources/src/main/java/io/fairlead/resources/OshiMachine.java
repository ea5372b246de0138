package io.fairlead.resources;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import oshi.PlatformEnum;
import oshi.SystemInfo;
import oshi.hardware.GlobalMemory;
import oshi.hardware.HardwareAbstractionLayer;
import oshi.hardware.NetworkIF;
import oshi.software.os.OSProcess;
import oshi.software.os.OperatingSystem;

/** The machine through OSHI, and through {@code /proc} where there is one. */
final class OshiMachine implements Machine {

  /** Interfaces come and go; looking for new ones costs more than reading the known ones. */
  private static final int POLLS_BETWEEN_SEARCHES = 12;

  private static final long MICROS = 1000;
  private static final LinuxProcess.Resident UNTOLD = new LinuxProcess.Resident(null, null);

  private final PlatformEnum platform = SystemInfo.getCurrentPlatform();
  private final OperatingSystem system;
  private final HardwareAbstractionLayer hardware;
  private List<NetworkIF> interfaces = List.of();
  private int polls;

  OshiMachine() {
    SystemInfo info = new SystemInfo();
    system = info.getOperatingSystem();
    hardware = info.getHardware();
  }

  @Override
  public String operatingSystem() {
    return switch (platform) {
      case LINUX -> "linux";
      case MACOS -> "macos";
      case WINDOWS -> "windows";
      default -> "unsupported";
    };
  }

  @Override
  public int ownPid() {
    return (int) ProcessHandle.current().pid();
  }

  @Override
  public @Nullable ProcessFacts process(int pid, Detail detail) {
    OSProcess process = system.getProcess(pid);
    return process == null || isGone(process) ? null : facts(process, detail);
  }

  /** The Java platform knows who belongs to whom at a fraction of the cost. */
  @Override
  public List<ProcessFacts> descendants(int pid, Detail detail) {
    return ProcessHandle.of(pid)
        .map(process -> facts(process.descendants(), detail))
        .orElse(List.of());
  }

  @Override
  public List<ProcessFacts> processes(Predicate<String> name, Detail detail) {
    if (platform == PlatformEnum.LINUX) {
      Stream<ProcessHandle> named =
          ProcessHandle.allProcesses()
              .filter(process -> fits(name, LinuxProcess.of((int) process.pid()).name()));
      return facts(named, detail);
    }
    List<ProcessFacts> facts = new ArrayList<>();
    for (OSProcess process : system.getProcesses(each -> name.test(each.getName()), null, 0)) {
      facts.add(facts(process, detail));
    }
    return facts;
  }

  private static boolean fits(Predicate<String> wanted, @Nullable String name) {
    return name != null && wanted.test(name);
  }

  @Override
  public MemoryFacts memory() {
    GlobalMemory memory = hardware.getMemory();
    return new MemoryFacts(memory.getTotal(), memory.getAvailable());
  }

  @Override
  public List<Traffic> interfaces() {
    if (polls++ % POLLS_BETWEEN_SEARCHES == 0) {
      interfaces = hardware.getNetworkIFs(true);
    } else {
      interfaces.forEach(NetworkIF::updateAttributes);
    }
    List<Traffic> traffic = new ArrayList<>();
    for (NetworkIF each : interfaces) {
      traffic.add(
          new Traffic(
              each.getName(),
              each.getBytesRecv(),
              each.getBytesSent(),
              each.getPacketsRecv(),
              each.getPacketsSent(),
              each.getInErrors(),
              each.getOutErrors()));
    }
    return traffic;
  }

  private static boolean isGone(OSProcess process) {
    return process.getState() == OSProcess.State.INVALID;
  }

  private List<ProcessFacts> facts(Stream<ProcessHandle> processes, Detail detail) {
    List<ProcessFacts> facts = new ArrayList<>();
    processes.forEach(
        process -> {
          ProcessFacts one = process((int) process.pid(), detail);
          if (one != null) {
            facts.add(one);
          }
        });
    return facts;
  }

  private ProcessFacts facts(OSProcess process, Detail detail) {
    boolean linux = platform == PlatformEnum.LINUX;
    LinuxProcess more = LinuxProcess.of(process.getProcessID());
    LinuxProcess.Resident resident = linux && detail.memory() ? more.resident() : UNTOLD;
    Long held = resident.now();
    return new ProcessFacts(
        new ProcessFacts.Id(process.getProcessID(), process.getStartTime()),
        process.getUserTime() * MICROS,
        process.getKernelTime() * MICROS,
        held == null ? process.getResidentSetSize() : held,
        process.getVirtualSize(),
        process.getThreadCount(),
        linux && detail.memory() ? more.privateBytes() : null,
        resident.peak(),
        detail.files() ? (linux ? more.openFiles() : known(process.getOpenFiles())) : null,
        detail.io() ? (linux ? more.io() : io(process)) : null);
  }

  private static ProcessFacts.@Nullable Io io(OSProcess process) {
    Long read = known(process.getBytesRead());
    Long written = known(process.getBytesWritten());
    return read == null || written == null ? null : new ProcessFacts.Io(read, written, null, null);
  }

  private static @Nullable Long known(long value) {
    return value < 0 ? null : (Long) value;
  }
}
