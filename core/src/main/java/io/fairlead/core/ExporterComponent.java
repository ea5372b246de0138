package io.fairlead.core;

import io.fairlead.core.dispatch.Dispatcher;
import io.fairlead.core.lifecycle.ComponentScope;
import io.fairlead.core.log.EventLog.Beginning;
import io.fairlead.core.validation.PlannedComponent;
import io.fairlead.spi.ExporterProvider;
import io.fairlead.spi.Subscriber;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A component that delivers elsewhere: some subscribers, each with a lane of its own. */
final class ExporterComponent extends Component {

  private final Dispatcher dispatcher;
  private final Beginning beginning;
  private final List<Part> parts;
  private final List<Part> opened = new ArrayList<>();

  /** A subscriber under its name in the kernel. */
  private record Part(String name, Subscriber subscriber) {}

  ExporterComponent(
      PlannedComponent planned,
      ComponentScope scope,
      ExporterProvider provider,
      Dispatcher dispatcher,
      Beginning beginning)
      throws ComponentFault, InterruptedException {
    super(planned, scope);
    this.dispatcher = dispatcher;
    this.beginning = beginning;
    this.parts = Steps.start(scope, () -> parts(scope, provider));
  }

  private static List<Part> parts(ComponentScope scope, ExporterProvider provider)
      throws Exception {
    List<Part> parts = new ArrayList<>();
    for (Subscriber subscriber : provider.create(scope)) {
      parts.add(new Part(qualified(scope.instance(), subscriber.name()), subscriber));
    }
    return parts;
  }

  private static String qualified(String instance, String subscriber) {
    return subscriber.equals(instance) ? instance : instance + "/" + subscriber;
  }

  /** Its subscribers' names in the kernel. */
  List<String> names() {
    return parts.stream().map(Part::name).toList();
  }

  @Override
  void open() throws ComponentFault, InterruptedException {
    for (Part part : parts) {
      Steps.start(
          scope(),
          () -> {
            dispatcher.register(registration(part));
            return opened.add(part);
          });
    }
  }

  private Dispatcher.Registration registration(Part part) {
    ComponentScope scope = scope();
    return new Dispatcher.Registration(
        part.name(),
        scope.instance(),
        part.subscriber(),
        beginning,
        scope.diagnostics(),
        scope::scrub,
        scope.loader());
  }

  @Override
  void end(Remains remains, Duration time, List<String> abandoned) {
    end(remains == Remains.HANDED_OVER ? Set.copyOf(names()) : Set.of(), remains, time, abandoned);
  }

  /**
   * Ends it, and lets others go on in the place of some of its subscribers.
   *
   * @param handedOver names of those
   * @param remains what happens to the rest
   */
  void end(Set<String> handedOver, Remains remains, Duration time, List<String> abandoned) {
    for (int i = parts.size() - 1; i >= 0; i--) {
      Part part = parts.get(i);
      if (!opened.remove(part)) {
        Steps.end(scope(), "exporter", part.subscriber()::close, time, abandoned);
      } else if (handedOver.contains(part.name())) {
        dispatcher.handOver(part.name(), time, abandoned);
      } else {
        dispatcher.deregister(part.name(), time, remains == Remains.NOTHING, abandoned);
      }
    }
  }
}
