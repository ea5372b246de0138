package io.fairlead.resources;

import io.fairlead.resources.Machine.Detail;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the processes a document names, anew at each measurement. */
final class ProcessFinder {

  private final Machine machine;
  private final Target target;
  private final Scope scope;
  private final Detail detail;
  private ProcessFacts.@Nullable Id known;

  ProcessFinder(Machine machine, Target target, Scope scope, Detail detail) {
    this.machine = machine;
    this.target = target;
    this.scope = scope;
    this.detail = detail;
  }

  Selection find() {
    if (scope == Scope.GLOBAL) {
      List<ProcessFacts> all = machine.processes(name -> true, detail);
      return new Selection(all, all.size(), false);
    }
    if (target instanceof Target.Group group) {
      return members(group.group());
    }
    List<ProcessFacts> roots = roots();
    return roots.isEmpty() ? Selection.NOTHING : withDescendants(roots);
  }

  private List<ProcessFacts> roots() {
    if (target instanceof Target.Named named) {
      int own = machine.ownPid();
      List<ProcessFacts> found = machine.processes(named.name()::matches, detail);
      return found.stream().filter(process -> process.id().pid() != own).toList();
    }
    ProcessFacts root = null;
    if (target instanceof Target.Pid pid) {
      root = theSame(machine.process(pid.pid(), detail));
    } else if (target instanceof Target.PidFile file) {
      Long pid = SmallFiles.number(file.file());
      root =
          pid == null || pid == 0 || pid > Integer.MAX_VALUE
              ? null
              : machine.process(pid.intValue(), detail);
    } else {
      root = machine.process(machine.ownPid(), detail);
    }
    return root == null ? List.of() : List.of(root);
  }

  /** A number that another process has taken over is not what the document means. */
  private @Nullable ProcessFacts theSame(@Nullable ProcessFacts found) {
    if (found == null) {
      return null;
    }
    if (known == null) {
      known = found.id();
    }
    return known.equals(found.id()) ? found : null;
  }

  private Selection withDescendants(List<ProcessFacts> roots) {
    Map<Integer, ProcessFacts> all = new LinkedHashMap<>();
    roots.forEach(root -> all.put(root.id().pid(), root));
    int tops = all.size();
    if (scope == Scope.TREE) {
      for (ProcessFacts root : roots) {
        for (ProcessFacts below : machine.descendants(root.id().pid(), detail)) {
          all.putIfAbsent(below.id().pid(), below);
        }
      }
    }
    return new Selection(List.copyOf(all.values()), tops, false);
  }

  private Selection members(ControlGroup group) {
    if (!group.exists()) {
      return Selection.NOTHING;
    }
    List<ProcessFacts> members = new ArrayList<>();
    for (int pid : group.processes()) {
      ProcessFacts process = machine.process(pid, detail);
      if (process != null) {
        members.add(process);
      }
    }
    return new Selection(members, members.size(), false);
  }
}
