package io.fairlead.resources;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A machine on which the test decides what runs. */
final class FakeMachine implements Machine {

  static final int OWN = 1;

  private record Running(String name, int parent, ProcessFacts facts) {}

  private final List<Running> running = new ArrayList<>();
  private final List<Traffic> interfaces = new ArrayList<>();

  FakeMachine() {
    run("java", OWN, 0, 0, 1_000_000);
  }

  /** Starts a process, or lets one go on with other counters. */
  void run(String name, int pid, int parent, long startMillis, long cpuMicros) {
    stop(pid);
    running.add(
        new Running(
            name,
            parent,
            new ProcessFacts(
                new ProcessFacts.Id(pid, startMillis),
                cpuMicros,
                0,
                4096L * 1024,
                8192L * 1024,
                3,
                null,
                null,
                7L,
                new ProcessFacts.Io(cpuMicros, 2 * cpuMicros, null, null))));
  }

  void stop(int pid) {
    running.removeIf(process -> process.facts().id().pid() == pid);
  }

  void traffic(String name, long received) {
    interfaces.removeIf(known -> known.name().equals(name));
    interfaces.add(new Traffic(name, received, 0, 0, 0, 0, 0));
  }

  @Override
  public String operatingSystem() {
    return "linux";
  }

  @Override
  public int ownPid() {
    return OWN;
  }

  @Override
  public @Nullable ProcessFacts process(int pid, Detail detail) {
    return running.stream()
        .map(Running::facts)
        .filter(facts -> facts.id().pid() == pid)
        .findFirst()
        .orElse(null);
  }

  @Override
  public List<ProcessFacts> descendants(int pid, Detail detail) {
    List<ProcessFacts> below = new ArrayList<>();
    for (Running process : running) {
      if (process.parent() == pid) {
        below.add(process.facts());
        below.addAll(descendants(process.facts().id().pid(), detail));
      }
    }
    return below;
  }

  @Override
  public List<ProcessFacts> processes(Predicate<String> name, Detail detail) {
    return running.stream().filter(p -> name.test(p.name())).map(Running::facts).toList();
  }

  @Override
  public MemoryFacts memory() {
    return new MemoryFacts(10_240_000, 4_096_000);
  }

  @Override
  public List<Traffic> interfaces() {
    return List.copyOf(interfaces);
  }
}
