package io.fairlead.testkit;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** Finds threads that were not there before. */
public final class ThreadLeaks {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Set<Thread> before;

  private ThreadLeaks(Set<Thread> before) {
    this.before = before;
  }

  /** Remembers the threads of this moment. */
  public static ThreadLeaks watch() {
    return new ThreadLeaks(live());
  }

  /** The names of threads begun since and still alive. */
  public Set<String> names() {
    Set<String> names = new HashSet<>();
    for (Thread thread : live()) {
      if (!before.contains(thread)) {
        names.add(thread.getName());
      }
    }
    return names;
  }

  /** Fails when threads begun since do not end within a few seconds. */
  public void assertNone() {
    await().atMost(PATIENCE).until(this::names, Set::isEmpty);
  }

  private static Set<Thread> live() {
    Set<Thread> threads = new HashSet<>(Thread.getAllStackTraces().keySet());
    threads.removeIf(ThreadLeaks::belongsToThePlatform);
    return threads;
  }

  /** Awaitility polls on a thread of its own, and the JVM starts some when it likes. */
  private static boolean belongsToThePlatform(Thread thread) {
    ThreadGroup group = thread.getThreadGroup();
    return !thread.isAlive()
        || thread.getName().startsWith("awaitility")
        || group == null
        || "system".equals(group.getName())
        || "InnocuousThreadGroup".equals(group.getName());
  }
}
