package io.fairlead.core.instrumentation;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Remembers the current scope per thread, and forgets it with the instrumentation. */
final class ThreadCurrentScope implements CurrentScope {

  private final ThreadLocal<Entry> current = new ThreadLocal<>();
  private final Misuse misuse;

  ThreadCurrentScope(Misuse misuse) {
    this.misuse = misuse;
  }

  /** A scope that was made current, over the one it hides. */
  private static final class Entry {

    private final @Nullable ActiveScope scope;
    private final @Nullable Entry below;

    /** Whether it was left, perhaps by a thread that cannot touch what this one remembers. */
    private volatile boolean left;

    Entry(@Nullable ActiveScope scope, @Nullable Entry below) {
      this.scope = scope;
      this.below = below;
    }
  }

  /** Also a scope that has ended: what goes on elsewhere after its end still belongs to it. */
  @Override
  public @Nullable ScopeParent parent() {
    ActiveScope scope = top();
    return scope == null ? null : scope.asParent();
  }

  @Override
  public @Nullable ActiveScope get() {
    ActiveScope scope = top();
    return scope == null || scope.hasEnded() ? null : scope;
  }

  @Override
  public Activation attach(ActiveScope scope) {
    return push(scope);
  }

  @Override
  public Supplier<Activation> capture() {
    ActiveScope scope = top();
    return () -> push(scope);
  }

  private @Nullable ActiveScope top() {
    Entry before = current.get();
    Entry entry = before;
    while (entry != null && entry.left) {
      entry = entry.below;
    }
    if (entry != before) {
      restore(entry);
    }
    return entry == null ? null : entry.scope;
  }

  private Activation push(@Nullable ActiveScope scope) {
    Entry mine = new Entry(scope, current.get());
    current.set(mine);
    return () -> pop(mine);
  }

  private void pop(Entry mine) {
    if (mine.left) {
      return;
    }
    mine.left = true;
    int above = 0;
    for (Entry entry = current.get(); entry != null; entry = entry.below, above++) {
      if (entry == mine) {
        if (above > 0) {
          misuse.closedOutOfOrder(name(mine));
        }
        restore(mine.below);
        return;
      }
    }
    if (mine.scope == null || !mine.scope.hasEnded()) {
      misuse.closedElsewhere(name(mine));
    }
  }

  private void restore(@Nullable Entry below) {
    if (below == null) {
      current.remove();
    } else {
      current.set(below);
    }
  }

  private static String name(Entry entry) {
    return entry.scope == null ? "(none)" : entry.scope.name();
  }
}
