package io.fairlead.testkit;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;

/** Finds threads that were not there before. */
public final class ThreadLeaks {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Set<Thread> before = live();
  private final Predicate<Thread> ignored;

  private ThreadLeaks(Predicate<Thread> ignored) {
    this.ignored = ignored;
  }

  /** Remembers the threads of this moment. */
  public static ThreadLeaks watch() {
    return watch(thread -> false);
  }

  /**
   * The same, without threads of the test itself.
   *
   * @param ignored says which those are
   */
  public static ThreadLeaks watch(Predicate<Thread> ignored) {
    return new ThreadLeaks(ignored);
  }

  /** The names of threads begun since and still alive. */
  public Set<String> names() {
    Set<String> names = new HashSet<>();
    for (Thread thread : live()) {
      if (!before.contains(thread) && !ignored.test(thread)) {
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
