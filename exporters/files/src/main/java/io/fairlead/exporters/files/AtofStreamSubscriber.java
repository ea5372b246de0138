package io.fairlead.exporters.files;

import io.fairlead.atof.AtofWriter;
import io.fairlead.exporters.files.http.Answer;
import io.fairlead.spi.Subscriber;
import io.fairlead.spi.event.Event;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sends each batch to a server in order. What the server took of a batch is not sent again when the
 * rest has to wait. A part refused as a whole is halved until the records at fault stand alone;
 * they are given up when the same batch had others taken. When nothing at all is taken the fault
 * may be the operator's, so everything is kept and offered again: for an hour when the server took
 * something before, else for a day.
 */
final class AtofStreamSubscriber implements Subscriber {

  /** Between attempts that isolate records in vain. */
  static final Duration PAUSE_AFTER_REFUSAL = Duration.ofSeconds(30);

  static final Duration PATIENCE = Duration.ofHours(1);
  static final Duration PATIENCE_AT_FIRST = Duration.ofDays(1);

  /** Requests of one record each take their time; a delivery shall end in good time. */
  private static final int MOST_SINGLE = 32;

  private final String name;
  private final StreamTransport transport;
  private final boolean replaceDots;
  private final InstantSource clock;
  private final AtofWriter writer = new AtofWriter();

  private @Nullable List<Event> batch;
  private final Deque<List<String>> parts = new ArrayDeque<>();
  private long delivered;
  private long rejected;
  private @Nullable String reason;
  private @Nullable Instant refusedSince;
  private boolean tookSomething;

  AtofStreamSubscriber(
      String name, StreamTransport transport, boolean replaceDots, InstantSource clock) {
    this.name = name;
    this.transport = transport;
    this.replaceDots = replaceDots;
    this.clock = clock;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Settings settings() {
    Settings usual = Settings.DEFAULT;
    int most = transport.most() == 1 ? MOST_SINGLE : Math.min(usual.maxBatch(), transport.most());
    return new Settings(most, usual.linger(), usual.pushInterval(), usual.required());
  }

  @Override
  public DeliveryResult deliver(List<Event> events) throws InterruptedException {
    if (events != batch) {
      begin(events);
    }
    long before = delivered;
    while (!parts.isEmpty()) {
      List<String> part = parts.element();
      Answer answer = transport.send(part);
      if (answer instanceof Answer.Later later) {
        refusedSince = null;
        return new DeliveryResult(
            DeliveryResult.Kind.RETRY,
            delivered - before,
            0,
            later.reason(),
            later.after(),
            Map.of());
      }
      parts.remove();
      if (answer instanceof Answer.Accepted) {
        tookSomething = true;
        delivered += part.size();
      } else if (answer instanceof Answer.Refused refused) {
        refused(part, refused.reason());
      }
    }
    batch = null;
    if (rejected > 0 && delivered == 0 && bearsRefusal()) {
      return DeliveryResult.retry("nothing was taken: " + reason, PAUSE_AFTER_REFUSAL);
    }
    refusedSince = null;
    return new DeliveryResult(
        DeliveryResult.Kind.DONE, delivered, rejected, reason, null, Map.of());
  }

  private void begin(List<Event> events) {
    batch = events;
    parts.clear();
    delivered = 0;
    rejected = 0;
    reason = null;
    List<String> lines = events.stream().map(this::line).toList();
    int most = transport.most();
    for (int from = 0; from < lines.size(); from += Math.min(most, lines.size() - from)) {
      parts.add(lines.subList(from, from + Math.min(most, lines.size() - from)));
    }
  }

  private String line(Event event) {
    String line = writer.line(event);
    return replaceDots ? DotlessNames.of(line) : line;
  }

  private void refused(List<String> part, String why) {
    int middle = part.size() / 2;
    if (middle > 0) {
      parts.push(part.subList(middle, part.size()));
      parts.push(part.subList(0, middle));
    } else {
      rejected++;
      reason = why;
    }
  }

  private boolean bearsRefusal() {
    Instant now = clock.instant();
    Instant since = refusedSince == null ? now : refusedSince;
    refusedSince = since;
    return now.isBefore(since.plus(tookSomething ? PATIENCE : PATIENCE_AT_FIRST));
  }

  @Override
  public void close() {
    transport.close();
  }
}
