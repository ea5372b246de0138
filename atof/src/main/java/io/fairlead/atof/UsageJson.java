package io.fairlead.atof;

import io.fairlead.spi.event.EventHeader;
import io.fairlead.spi.event.UsageReported;

/** What a {@link UsageReported} says beyond its header. */
final class UsageJson {

  private UsageJson() {}

  static void write(JsonText out, UsageReported report) {
    out.member("provider", report.provider())
        .member("model", report.model())
        .member("task", report.task())
        .member("calls", report.calls());
    FactsJson.usage(out, report.usage());
    FactsJson.cost(out, report.cost());
    out.member("unpriced_calls", report.unpricedCalls());
  }

  static UsageReported read(JsonObject in, EventHeader header) {
    return new UsageReported(
        header,
        in.stringOrNull("provider"),
        in.stringOrNull("model"),
        in.stringOrNull("task"),
        in.integer("calls"),
        FactsJson.usage(in),
        FactsJson.cost(in),
        in.integer("unpriced_calls"));
  }
}
