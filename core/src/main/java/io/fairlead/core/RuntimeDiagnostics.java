package io.fairlead.core;

import io.fairlead.spi.diagnostic.Diagnostic;
import io.fairlead.spi.diagnostic.DiagnosticSink;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Folds findings of running components by component, code and field. Bounded: beyond the bound new
 * kinds of findings are only counted. The listener hears of a finding the 1st, 10th, 100th, … time.
 */
final class RuntimeDiagnostics implements DiagnosticSink {

  private static final int MOST_KINDS = 256;
  private static final int LONGEST_MESSAGE = 1024;
  private static final System.Logger LOG = System.getLogger("io.fairlead");

  private final Map<Key, RuntimeDiagnostic> folded = new LinkedHashMap<>();
  private final Consumer<RuntimeDiagnostic> listener;
  private long beyondBound;

  private record Key(@Nullable String component, String code, @Nullable String field) {}

  RuntimeDiagnostics(Consumer<RuntimeDiagnostic> listener) {
    this.listener = listener;
  }

  @Override
  public void report(Diagnostic diagnostic) {
    RuntimeDiagnostic now = fold(diagnostic);
    if (now != null && isPowerOfTen(now.count())) {
      try {
        listener.accept(now);
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.WARNING, "A listener of runtime diagnostics threw", e);
      }
    }
  }

  synchronized List<RuntimeDiagnostic> all() {
    List<RuntimeDiagnostic> all = new ArrayList<>(folded.values());
    if (beyondBound > 0) {
      Diagnostic summary =
          Diagnostic.warning(
              "fairlead.diagnostics_bound",
              null,
              "Further kinds of findings were counted and not kept.");
      all.add(at(summary, beyondBound));
    }
    return all;
  }

  private synchronized @Nullable RuntimeDiagnostic fold(Diagnostic diagnostic) {
    Key key = new Key(diagnostic.component(), diagnostic.code(), diagnostic.field());
    RuntimeDiagnostic before = folded.get(key);
    if (before == null && folded.size() >= MOST_KINDS) {
      beyondBound++;
      return null;
    }
    RuntimeDiagnostic now = at(diagnostic, before == null ? 1 : before.count() + 1);
    folded.put(key, now);
    return now;
  }

  private static RuntimeDiagnostic at(Diagnostic diagnostic, long count) {
    String message = diagnostic.message();
    return new RuntimeDiagnostic(
        diagnostic.level(),
        diagnostic.code(),
        diagnostic.component(),
        diagnostic.field(),
        message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE),
        diagnostic.hint(),
        count);
  }

  private static boolean isPowerOfTen(long count) {
    long rest = count;
    while (rest % 10 == 0) {
      rest /= 10;
    }
    return rest == 1;
  }
}
