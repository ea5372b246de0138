package io.fairlead.core;

import io.fairlead.core.dispatch.Pauses;
import io.fairlead.core.layers.ConfigFiles;
import io.fairlead.spi.Subscriber;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How a kernel is run, as far as that is not the document's to say. Immutable.
 *
 * <p>Without a data directory unread events live in memory. With one they live in a journal there
 * and survive the end of the process.
 */
public final class KernelOptions {

  private final Builder values;

  private KernelOptions(Builder values) {
    this.values = values;
  }

  /** The environment and clock of the process, a log in memory, no further subscribers. */
  public static KernelOptions defaults() {
    return builder().build();
  }

  /** A builder that begins with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** A builder that begins with these options. */
  public Builder toBuilder() {
    return values.copy();
  }

  /** Variables by name. */
  public Function<String, @Nullable String> environment() {
    return values.environment;
  }

  /** Where configuration files are looked for: those of this machine by default. */
  public ConfigFiles configFiles() {
    ConfigFiles given = values.configFiles;
    return given == null ? ConfigFiles.standard(values.environment) : given;
  }

  /** The clock components see. */
  public InstantSource clock() {
    return values.clock;
  }

  /** Where the journal lives, or null. */
  public @Nullable Path dataDir() {
    return values.dataDir;
  }

  /** Whether there is to be a journal in any case, and the document may say where. */
  public boolean durable() {
    return values.durable;
  }

  /** Whether this run reads everything that is there and then ends. */
  public boolean readsEverything() {
    return values.readsEverything;
  }

  /** Subscribers besides those of the document, by name, in order of registration. */
  public Map<String, Subscriber> subscribers() {
    return Collections.unmodifiableMap(values.subscribers);
  }

  /** Where isolated plugins live, or null. */
  public @Nullable Path pluginsDir() {
    return values.pluginsDir;
  }

  /** What to find providers through; null: the thread's context class loader. */
  public @Nullable ClassLoader classLoader() {
    return values.classLoader;
  }

  /** Hears of findings at run time, each the 1st, 10th, 100th, … time it is made. */
  public Consumer<RuntimeDiagnostic> diagnostics() {
    return values.diagnostics;
  }

  /** Pauses between attempts to deliver, and between polls that failed. */
  public Pauses retryPauses() {
    return values.retryPauses;
  }

  /** Builds options. Not thread-safe. */
  public static final class Builder {

    private Function<String, @Nullable String> environment = System::getenv;
    private @Nullable ConfigFiles configFiles;
    private InstantSource clock = InstantSource.system();
    private @Nullable Path dataDir;
    private boolean durable;
    private boolean readsEverything;
    private Map<String, Subscriber> subscribers = new LinkedHashMap<>();
    private @Nullable Path pluginsDir;
    private @Nullable ClassLoader classLoader;
    private Consumer<RuntimeDiagnostic> diagnostics = finding -> {};
    private Pauses retryPauses = Pauses.DEFAULT;

    private Builder() {}

    private Builder copy() {
      Builder copy = new Builder();
      copy.environment = environment;
      copy.configFiles = configFiles;
      copy.clock = clock;
      copy.dataDir = dataDir;
      copy.durable = durable;
      copy.readsEverything = readsEverything;
      copy.subscribers = new LinkedHashMap<>(subscribers);
      copy.pluginsDir = pluginsDir;
      copy.classLoader = classLoader;
      copy.diagnostics = diagnostics;
      copy.retryPauses = retryPauses;
      return copy;
    }

    /** Variables by name. */
    public Builder environment(Function<String, @Nullable String> lookup) {
      environment = Objects.requireNonNull(lookup);
      return this;
    }

    /** Variables by name, and no others. */
    public Builder environment(Map<String, String> variables) {
      Map<String, String> copy = Map.copyOf(variables);
      return environment(copy::get);
    }

    /** Where configuration files are looked for. */
    public Builder configFiles(ConfigFiles places) {
      configFiles = Objects.requireNonNull(places);
      return this;
    }

    /** The clock components see. */
    public Builder clock(InstantSource source) {
      clock = Objects.requireNonNull(source);
      return this;
    }

    /** Where the journal lives; null for a log in memory. */
    public Builder dataDir(@Nullable Path directory) {
      dataDir = directory;
      return this;
    }

    /**
     * Asks for a journal in any case: where the document's {@code data_dir} says, else in {@link
     * #dataDir(Path)}.
     */
    public Builder durable(boolean journal) {
      durable = journal;
      return this;
    }

    /** Whether this run reads everything that is there and then ends. */
    public Builder readsEverything(boolean everything) {
      readsEverything = everything;
      return this;
    }

    /** Adds a subscriber; it is started before any adapter. */
    public Builder subscriber(String name, Subscriber subscriber) {
      if (subscribers.putIfAbsent(name, subscriber) != null) {
        throw new IllegalArgumentException("there is a subscriber named '" + name + "' already");
      }
      return this;
    }

    /** Where isolated plugins live. */
    public Builder pluginsDir(@Nullable Path directory) {
      pluginsDir = directory;
      return this;
    }

    /** What to find providers through. */
    public Builder classLoader(@Nullable ClassLoader loader) {
      classLoader = loader;
      return this;
    }

    /** Hears of findings at run time, on the thread that made them; must be fast. */
    public Builder diagnostics(Consumer<RuntimeDiagnostic> listener) {
      diagnostics = Objects.requireNonNull(listener);
      return this;
    }

    /** Pauses between attempts to deliver, and between polls that failed. */
    public Builder retryPauses(Pauses pauses) {
      retryPauses = Objects.requireNonNull(pauses);
      return this;
    }

    /** The options. */
    public KernelOptions build() {
      return new KernelOptions(copy());
    }
  }
}
