package io.fairlead.resources;

import io.fairlead.resources.Machine.Traffic;
import io.fairlead.resources.Metric.Descriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Traffic of the host's interfaces, each and all together. It belongs to no process. */
final class NetworkSampler {

  private static final String NAME = "nemo_relay.resource.network.interface_name";

  private record Counter(
      String name, Quantity quantity, String unit, String help, ToLongFunction<Traffic> value) {}

  private static final List<Counter> COUNTERS =
      List.of(
          data("received_data", "Data received", Traffic::received),
          data("transmitted_data", "Data sent", Traffic::transmitted),
          count("received_packets", "packets", "Packets received", Traffic::receivedPackets),
          count("transmitted_packets", "packets", "Packets sent", Traffic::transmittedPackets),
          count("receive_errors", "errors", "Faults of receiving", Traffic::receiveErrors),
          count("transmit_errors", "errors", "Faults of sending", Traffic::transmitErrors));

  private static final List<Counter> RATES =
      List.of(
          rate("receive_throughput", "Data received per second", Traffic::received),
          rate("transmit_throughput", "Data sent per second", Traffic::transmitted));

  private final List<String> wanted;
  private final Rates rates;
  private final Level system = new Level("system");
  private final Level single = new Level("interface");

  /**
   * A sampler.
   *
   * @param wanted the only interfaces that count; empty for all
   */
  NetworkSampler(List<String> wanted, Rates rates) {
    this.wanted = wanted;
    this.rates = rates;
  }

  void add(List<Traffic> interfaces, Measurements out) {
    List<Traffic> chosen =
        interfaces.stream()
            .filter(each -> wanted.isEmpty() || wanted.contains(each.name()))
            .toList();
    List<Double> receiving = new ArrayList<>();
    chosen.stream().reduce(Traffic::plus).ifPresent(sum -> system.counters(sum, out));
    for (Traffic each : chosen) {
      single.counters(each, out, NAME, each.name());
    }
    for (Counter counter : RATES) {
      receiving.clear();
      for (Traffic each : chosen) {
        long value = counter.value().applyAsLong(each);
        Double rate = rates.perSecond(counter.name(), each.name(), value);
        single.rate(counter, rate, out, NAME, each.name());
        if (rate != null) {
          receiving.add(rate);
        }
      }
      boolean whole = !receiving.isEmpty() && receiving.size() == chosen.size();
      double sum = receiving.stream().mapToDouble(Double::doubleValue).sum();
      system.rate(counter, whole ? (Double) sum : null, out);
    }
  }

  private static Counter data(String name, String help, ToLongFunction<Traffic> value) {
    return new Counter(name, Quantity.DATA, "bytes", help, value);
  }

  private static Counter count(
      String name, String unit, String help, ToLongFunction<Traffic> value) {
    return new Counter(name, Quantity.COUNT, unit, help, value);
  }

  private static Counter rate(String name, String help, ToLongFunction<Traffic> value) {
    return new Counter(name, Quantity.BANDWIDTH, "bytes_per_second", help, value);
  }

  /** One interface, or all of them. */
  private record Level(String name) {

    void counters(Traffic traffic, Measurements out, String... attributes) {
      for (Counter counter : COUNTERS) {
        long value = counter.value().applyAsLong(traffic);
        out.whole(descriptor(counter), Scope.GLOBAL.word(), value, attributes);
      }
    }

    void rate(Counter counter, @Nullable Double rate, Measurements out, String... attributes) {
      out.fraction(descriptor(counter), Scope.GLOBAL.word(), rate, attributes);
    }

    private Descriptor descriptor(Counter counter) {
      return Metric.network(
          name, counter.name(), counter.quantity(), counter.unit(), counter.help());
    }
  }
}
