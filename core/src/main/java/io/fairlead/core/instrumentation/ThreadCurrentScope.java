package io.fairlead.core.instrumentation;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Remembers the current scope per thread, and forgets it with the instrumentation. */
final class ThreadCurrentScope implements CurrentScope {

  /** A program that never leaves its scopes must not fill the memory. */
  static final int DEEPEST = 1_024;

  private final ThreadLocal<Entry> current = new ThreadLocal<>();

  /** A scope that was made current, over the one it hides. */
  private static final class Entry {

    private final @Nullable ActiveScope scope;
    private final @Nullable Entry below;
    private final int depth;

    /** Whether it was left, perhaps by a thread that cannot touch what this one remembers. */
    private volatile boolean left;

    Entry(@Nullable ActiveScope scope, @Nullable Entry below) {
      this.scope = scope;
      this.below = below;
      this.depth = below == null ? 1 : below.depth + 1;
    }
  }

  /** Also a scope that has ended: what goes on elsewhere after its end still belongs to it. */
  @Override
  public @Nullable ScopeParent parent() {
    ActiveScope scope = scope(top());
    return scope == null ? null : scope.asParent();
  }

  @Override
  public @Nullable ActiveScope get() {
    ActiveScope scope = scope(top());
    return scope == null || scope.hasEnded() ? null : scope;
  }

  @Override
  public Attachment attach(ActiveScope scope) {
    return push(scope);
  }

  @Override
  public Supplier<Attachment> capture() {
    ActiveScope scope = scope(top());
    return () -> push(scope);
  }

  private static @Nullable ActiveScope scope(@Nullable Entry entry) {
    return entry == null ? null : entry.scope;
  }

  private @Nullable Entry top() {
    Entry before = current.get();
    Entry entry = before;
    while (entry != null && entry.left) {
      entry = entry.below;
    }
    if (entry != before) {
      restore(entry);
    }
    return entry;
  }

  private Attachment push(@Nullable ActiveScope scope) {
    Entry below = top();
    if (below != null && below.depth == DEEPEST) {
      return Attachment.REFUSED;
    }
    Entry mine = new Entry(scope, below);
    current.set(mine);
    return () -> pop(mine);
  }

  private Leaving pop(Entry mine) {
    if (mine.left) {
      return Leaving.IN_ORDER;
    }
    Entry top = top();
    mine.left = true;
    for (Entry entry = top; entry != null; entry = entry.below) {
      if (entry == mine) {
        restore(mine.below);
        return mine == top ? Leaving.IN_ORDER : Leaving.BEFORE_LATER_ONES;
      }
    }
    return Leaving.ELSEWHERE;
  }

  private void restore(@Nullable Entry below) {
    if (below == null) {
      current.remove();
    } else {
      current.set(below);
    }
  }
}
