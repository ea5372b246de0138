package io.fairlead.core;

import io.fairlead.core.Component.Remains;
import io.fairlead.core.dispatch.Dispatcher;
import io.fairlead.core.log.LogException;
import io.fairlead.core.validation.PlannedComponent;
import io.fairlead.spi.InterceptorProvider;
import io.fairlead.spi.ModelPricing;
import io.fairlead.spi.diagnostic.Diagnostic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * From one line-up to another, all or nothing. What is new is made first, which opens nothing, then
 * opened beside what goes where the two do not exclude each other. What stands in the way ends,
 * interceptors change, and the rest is opened. Only then is there no way back: what goes ends for
 * good, and the new adapters begin to read.
 *
 * <p>When interceptors change, every exporter that goes ends before: it must not see events that
 * only its successor may see.
 */
final class Transition {

  private static final Duration STOP_TIME = Duration.ofSeconds(5);
  private static final Duration UNDO_TIME = Duration.ofSeconds(2);
  private static final String PORT_IN_USE = ".port_in_use";

  private final Dispatcher dispatcher;
  private final ComponentMaker maker;
  private final RuntimeDiagnostics diagnostics;
  private final Lineup former;
  private final Changes changes;
  private final boolean guarded;
  private final boolean first;

  private final List<Component> made = new ArrayList<>();
  private final List<Component> opened = new ArrayList<>();
  private final List<Component> ended = new ArrayList<>();
  private final List<String> abandoned = new ArrayList<>();
  private boolean crowded;
  private boolean chainChanged;

  Transition(
      Dispatcher dispatcher,
      ComponentMaker maker,
      RuntimeDiagnostics diagnostics,
      Lineup former,
      Changes changes,
      boolean first) {
    this.dispatcher = dispatcher;
    this.maker = maker;
    this.diagnostics = diagnostics;
    this.former = former;
    this.changes = changes;
    this.first = first;
    this.guarded =
        changes.leaving().stream().anyMatch(InterceptorComponent.class::isInstance)
            || changes.fresh().stream().anyMatch(Transition::intercepts);
  }

  private static boolean intercepts(PlannedComponent component) {
    return component.provider() instanceof InterceptorProvider;
  }

  /** Something to do once the new exporters are open and before the new adapters are. */
  interface Between {
    void run() throws ComponentFault, LogException, InterruptedException;
  }

  /** What did not end although interrupted. */
  List<String> abandoned() {
    return abandoned;
  }

  /** Makes and opens what is new. When it throws, {@link #undo} is to be called. */
  Lineup advance(List<PlannedComponent> wanted, @Nullable ModelPricing byDefault, Between between)
      throws ComponentFault, LogException, InterruptedException {
    for (PlannedComponent component : changes.fresh()) {
      made.add(maker.make(component));
    }
    openBeside(ExporterComponent.class);
    openBeside(AdapterComponent.class);
    clearTheWay();
    Lineup target = target(wanted, byDefault);
    chainChanged = true;
    change(target);
    openRest(ExporterComponent.class);
    between.run();
    openRest(AdapterComponent.class);
    return target;
  }

  private Lineup target(List<PlannedComponent> wanted, @Nullable ModelPricing byDefault) {
    List<Component> components = new ArrayList<>();
    for (PlannedComponent component : wanted) {
      Component kept = changes.kept().get(component.instance());
      components.add(kept != null ? kept : madeFor(component));
    }
    return new Lineup(components, byDefault);
  }

  private Component madeFor(PlannedComponent planned) {
    return made.stream().filter(c -> c.planned() == planned).findFirst().orElseThrow();
  }

  private void change(Lineup target) {
    if (!dispatcher.intercept(target.chain(diagnostics), STOP_TIME)) {
      diagnostics.report(
          Diagnostic.warning(
              "interceptor.busy", null, "An event is still on its way through an interceptor."));
    }
  }

  private void openBeside(Class<? extends Component> sort)
      throws ComponentFault, InterruptedException {
    for (Component component : List.copyOf(made)) {
      if (sort.isInstance(component) && !hasToWait(component)) {
        try {
          open(component);
        } catch (ComponentFault e) {
          if (changes.leaving().isEmpty() || !e.diagnostic().code().endsWith(PORT_IN_USE)) {
            throw e;
          }
          tryAgainLater(component);
        }
      }
    }
  }

  /** Perhaps one that goes has the port. */
  private void tryAgainLater(Component component) throws ComponentFault, InterruptedException {
    crowded = true;
    opened.remove(component);
    made.remove(component);
    component.end(Remains.HANDED_OVER, UNDO_TIME, abandoned);
    made.add(maker.make(component.planned()));
  }

  private boolean hasToWait(Component fresh) {
    return crowded
        || guarded
        || (fresh instanceof AdapterComponent && anExporterWaits())
        || changes.leaving().stream()
            .anyMatch(old -> Changes.exclude(old.planned(), fresh.planned()));
  }

  private boolean anExporterWaits() {
    return made.stream().anyMatch(c -> c instanceof ExporterComponent && !opened.contains(c));
  }

  private void openRest(Class<? extends Component> sort)
      throws ComponentFault, InterruptedException {
    for (Component component : List.copyOf(made)) {
      if (sort.isInstance(component) && !opened.contains(component)) {
        open(component);
      }
    }
  }

  private void open(Component component) throws ComponentFault, InterruptedException {
    opened.add(component);
    component.open();
  }

  /** Ends what what is new cannot run beside: adapters, then exporters. */
  private void clearTheWay() {
    endEarly(AdapterComponent.class);
    endEarly(ExporterComponent.class);
  }

  private void endEarly(Class<? extends Component> sort) {
    for (Component old : reversed(changes.leaving())) {
      if (sort.isInstance(old) && standsInTheWay(old)) {
        ended.add(old);
        end(old, Remains.DELIVERED);
      }
    }
  }

  private boolean standsInTheWay(Component old) {
    return crowded
        || (guarded && old instanceof ExporterComponent)
        || changes.fresh().stream().anyMatch(fresh -> Changes.exclude(old.planned(), fresh));
  }

  private void end(Component old, Remains remains) {
    if (old instanceof ExporterComponent exporter) {
      exporter.end(successors(), remains, STOP_TIME, abandoned);
    } else {
      old.end(remains, STOP_TIME, abandoned);
    }
  }

  /** Names of subscribers that are there again. */
  private Set<String> successors() {
    Set<String> names = new HashSet<>();
    for (Component component : made) {
      if (component instanceof ExporterComponent exporter) {
        names.addAll(exporter.names());
      }
    }
    return names;
  }

  /** Ends what goes, and lets what is new work. Never throws. */
  void commit() {
    endForGood(AdapterComponent.class);
    made.forEach(Component::begin);
    endForGood(ExporterComponent.class);
    forgetOthers();
    endForGood(InterceptorComponent.class);
  }

  private void endForGood(Class<? extends Component> sort) {
    for (Component old : reversed(changes.leaving())) {
      if (sort.isInstance(old) && !ended.contains(old)) {
        end(old, Remains.NOTHING);
      }
    }
  }

  /**
   * Takes down what is new, the latest first, and starts again what was ended.
   *
   * @return the line-up that is in force then
   */
  Lineup undo() {
    boolean interrupted = Thread.interrupted();
    for (Component component : reversed(opened)) {
      component.end(Remains.HANDED_OVER, UNDO_TIME, abandoned);
    }
    if (chainChanged) {
      change(former);
    }
    made.removeAll(opened);
    for (Component component : reversed(made)) {
      component.end(Remains.HANDED_OVER, UNDO_TIME, abandoned);
    }
    Lineup restored = restored();
    if (!first) { // else the places are those of an earlier run, which the next may need
      forgetOthers();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return restored;
  }

  private Lineup restored() {
    List<Component> components = new ArrayList<>(former.components());
    for (Component old : reversed(ended)) { // exporters, then adapters
      Component again = startAgain(old);
      if (again == null) {
        components.remove(old);
      } else {
        components.set(components.indexOf(old), again);
      }
    }
    return new Lineup(components, former.byDefault());
  }

  private @Nullable Component startAgain(Component old) {
    Component again = null;
    try {
      again = maker.make(old.planned());
      again.open();
      again.begin();
      return again;
    } catch (ComponentFault e) {
      diagnostics.report(
          Diagnostic.error(
              "component.restart_failed",
              old.instance(),
              "'" + old.instance() + "' did not start again: " + e.diagnostic().message()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (again != null) {
      again.end(Remains.DELIVERED, UNDO_TIME, abandoned);
    }
    return null;
  }

  private void forgetOthers() {
    try {
      dispatcher.forgetOthers();
    } catch (LogException e) {
      diagnostics.report(Diagnostic.warning(e.code(), null, String.valueOf(e.getMessage())));
    }
  }

  private static List<Component> reversed(List<Component> components) {
    List<Component> reversed = new ArrayList<>(components);
    Collections.reverse(reversed);
    return reversed;
  }
}
