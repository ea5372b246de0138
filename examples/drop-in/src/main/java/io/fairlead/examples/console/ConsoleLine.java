package io.fairlead.examples.console;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import io.fairlead.spi.Subscriber;
import io.fairlead.spi.event.Event;
import io.fairlead.spi.event.LlmProfile;
import io.fairlead.spi.event.Outcome;
import io.fairlead.spi.event.ScopeEnd;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Writes the lines. An end carries its start, so nothing has to be remembered between batches. */
final class ConsoleLine implements Subscriber {

  private final Path path;

  ConsoleLine(Path path) {
    this.path = path;
  }

  @Override
  public DeliveryResult deliver(List<Event> events) {
    List<String> lines =
        events.stream()
            .filter(ScopeEnd.class::isInstance)
            .map(event -> line((ScopeEnd) event))
            .toList();
    try {
      // Not Files.write(path, lines): it refuses text that is not well-formed, and so for ever.
      Files.write(path, String.join("", lines).getBytes(StandardCharsets.UTF_8), CREATE, APPEND);
      return DeliveryResult.done(lines.size());
    } catch (IOException e) {
      return DeliveryResult.retry("cannot write " + path + ": " + e, null);
    }
  }

  private static String line(ScopeEnd end) {
    String text =
        String.format(
            Locale.ROOT,
            "%s %s %.3fs",
            end.category().wireName(),
            end.header().name(),
            end.durationNanos() / 1e9);
    if (end.profile() instanceof LlmProfile call && call.model() != null) {
      text += " " + call.model();
    }
    Outcome outcome = end.outcome();
    if (outcome.isError()) {
      text += " failed: " + outcome.errorType();
    }
    // Names come from an agent: they must not move a terminal's cursor.
    return text.replaceAll("\\p{Cntrl}", " ") + "\n";
  }
}
