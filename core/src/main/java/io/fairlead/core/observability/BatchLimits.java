package io.fairlead.core.observability;

import io.fairlead.spi.config.ConfigNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The sizes and times of an endpoint's batches. An endpoint that breaks them is skipped. */
final class BatchLimits {

  private static final String QUEUE = "max_queue_size";
  private static final String BATCH = "max_export_batch_size";

  private static final List<String> POSITIVE =
      List.of(QUEUE, BATCH, "scheduled_delay_millis", "completed_span_context_ttl_millis");

  private BatchLimits() {}

  /** Whether an endpoint breaks any. */
  static boolean isBroken(ConfigNode.Table endpoint) {
    return !faults(endpoint).isEmpty();
  }

  /** The fields at fault. */
  static List<String> faults(Section endpoint) {
    return faults(endpoint.table());
  }

  private static List<String> faults(ConfigNode.Table endpoint) {
    List<String> faults = new ArrayList<>();
    for (String field : POSITIVE) {
      if (endpoint.get(field) instanceof ConfigNode.Integer number && number.value() == 0) {
        faults.add(field);
      }
    }
    if (endpoint.get(QUEUE) instanceof ConfigNode.Integer queue
        && endpoint.get(BATCH) instanceof ConfigNode.Integer batch
        && batch.value() > queue.value()) {
      faults.add(BATCH);
    }
    return faults;
  }

  /** The first field at fault, or null. */
  static @Nullable String fault(Section endpoint) {
    List<String> faults = faults(endpoint);
    return faults.isEmpty() ? null : faults.get(0);
  }

  static String message(Section endpoint, String field) {
    boolean zero = endpoint.number(field, 1) == 0;
    return "OpenTelemetry "
        + endpoint.field(field)
        + (zero ? " must be greater than 0" : " must be less than or equal to max_queue_size");
  }
}
