package io.fairlead.cli;

import java.io.PrintWriter;
import java.util.Locale;

/** Says how a run that ends by itself went. */
final class OnceSummary {

  private final PrintWriter err;
  private final String ofWhatWaits;

  /**
   * A summary.
   *
   * @param ofWhatWaits what becomes of what was not delivered
   */
  OnceSummary(PrintWriter err, String ofWhatWaits) {
    this.err = err;
    this.ofWhatWaits = ofWhatWaits;
  }

  void print(long events, Kernel.Sources sources, Kernel.Delivery delivery) {
    err.println("read " + count(events, "event"));
    if (sources.openTurns() > 0) {
      err.println(
          count(sources.openTurns(), "turn")
              + " still open: not sent, will be once "
              + (sources.openTurns() == 1 ? "it is" : "they are")
              + " over");
    }
    for (String failure : sources.failures()) {
      err.println("not read: " + failure);
    }
    for (Kernel.Delivery.Line line : delivery.lines()) {
      err.println(line(line));
    }
    if (delivery.pending() > 0) {
      err.println(ofWhatWaits);
    }
    err.flush();
  }

  private static String line(Kernel.Delivery.Line line) {
    StringBuilder text = new StringBuilder();
    text.append(line.name()).append(": delivered ").append(number(line.delivered()));
    append(text, line.failed(), " refused");
    append(text, line.dropped(), " lost to a bound");
    append(text, line.pending(), " still waiting");
    return text.toString();
  }

  private static void append(StringBuilder text, long number, String what) {
    if (number > 0) {
      text.append(", ").append(number(number)).append(what);
    }
  }

  private static String count(long number, String thing) {
    return number(number) + ' ' + thing + (number == 1 ? "" : "s");
  }

  private static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
