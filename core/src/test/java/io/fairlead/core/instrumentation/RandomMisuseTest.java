package io.fairlead.core.instrumentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.spi.event.Event;
import io.fairlead.spi.event.EventHeader;
import io.fairlead.spi.event.ScopeEnd;
import io.fairlead.spi.event.ScopeStart;
import io.fairlead.testkit.RecordingDiagnostics;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;

/** Threads that do anything in any order throw nothing, and what they leave is in order. */
class RandomMisuseTest {

  private static final int THREADS = 4;
  private static final int STEPS = 2_000;

  @RepeatedTest(5)
  void anythingInAnyOrder() throws Exception {
    long seed = new Random().nextLong();
    EmittedEvents events = new EmittedEvents();
    RecordingDiagnostics findings = new RecordingDiagnostics();
    Instrumentation fairlead =
        Instrumentation.builder(events).diagnostics(findings).largestContent(500).build();
    Deque<ActiveScope> shared = new ConcurrentLinkedDeque<>();
    ExecutorService pool = Executors.newFixedThreadPool(2);
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<?>> programs = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        Random random = new Random(seed + i);
        programs.add(threads.submit(new RandomProgram(fairlead, random, STEPS, shared, pool)));
      }
      for (Future<?> program : programs) {
        assertThat(program).as("seed %d", seed).succeedsWithin(60, TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdownNow();
      pool.shutdown();
      assertThat(pool.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(findings.findings())
        .as("seed %d", seed)
        .isNotEmpty()
        .allSatisfy(finding -> assertThat(finding.code()).startsWith("instrumentation."));
    assertInOrder(events.all(), seed);
  }

  private static void assertInOrder(List<Event> events, long seed) {
    Map<UUID, EventHeader> starts = new HashMap<>();
    Set<UUID> ends = new HashSet<>();
    for (Event event : events) {
      EventHeader header = event.header();
      if (event instanceof ScopeStart) {
        assertThat(starts.put(header.uuid(), header)).as("seed %d", seed).isNull();
      } else if (event instanceof ScopeEnd end) {
        assertThat(ends.add(header.uuid())).as("seed %d: one end", seed).isTrue();
        assertThat(end.start().header()).isSameAs(starts.get(header.uuid()));
        assertThat(end.durationNanos()).isNotNegative();
      }
      EventHeader parent = starts.get(header.parentUuid());
      if (parent != null) {
        assertThat(header.traceRoot()).as("seed %d", seed).isEqualTo(parent.traceRoot());
      } else if (header.parentUuid() == null) {
        assertThat(header.traceRoot()).as("seed %d", seed).isEqualTo(header.uuid());
      }
    }
    assertThat(ends).as("seed %d: all were closed", seed).isEqualTo(starts.keySet());
  }
}
