package io.fairlead.cli;

import io.fairlead.core.discovery.ComponentCatalog;
import io.fairlead.core.layers.ConfigFiles;
import io.fairlead.core.printout.Printed;
import io.fairlead.core.validation.ValidationReport;
import io.fairlead.spi.KernelStatus;
import io.fairlead.spi.ModelPricing;
import io.fairlead.spi.config.ConfigNode;
import io.fairlead.spi.event.Event;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The kernel as the commands see it. */
interface Kernel {

  /** The files of a machine; one that cannot be read shows when they are validated. */
  Document load(ConfigFiles places);

  /** A text; one that cannot be read shows when it is validated. */
  Document parse(String toml, String fileName);

  /** A document made by a program. */
  Document of(ConfigNode.Table table);

  /** The providers that can be used. */
  ComponentCatalog catalog(@Nullable Path pluginsDir);

  /** A report for people; ends with a line break. */
  String text(ValidationReport report);

  /** A report for programs; one line, ends with a line break. */
  String json(ValidationReport report);

  /** A configuration document. */
  interface Document {

    /** Its content as written; empty when the files cannot be read. */
    ConfigNode.Table table();

    /** The files it was read from, the weakest first; empty when a program made it. */
    List<Path> files();

    /** Its content as it may be shown, with what is set by default if asked for. */
    Printed.Table printout(LaunchSettings settings, boolean defaults);

    /** Everything there is to say about it. Creates nothing. */
    ValidationReport validate(LaunchSettings settings);

    /**
     * Starts what it asks for, all or nothing.
     *
     * @throws StartFailure with the reasons
     */
    Running start(LaunchSettings settings) throws StartFailure;
  }

  /** Components at work. */
  interface Running {

    /** Warnings of the start. */
    ValidationReport report();

    /** A fresh snapshot of the kernel's counters. */
    KernelStatus status();

    /** What is asked for prices, in this order. */
    List<ModelPricing> pricings();

    /** Hands over an event of this program. */
    void emit(Event event);

    /** Waits until every source was read to its end; only for runs that read everything. */
    Sources awaitSources() throws InterruptedException;

    /** Delivers what is pending, within a time. */
    Delivery flush(Duration timeout);

    /** Goes over to another document, all or nothing: when it cannot, nothing has changed. */
    Reload reload(Document document);

    /** Stops everything within a time; trouble is told by the diagnostics. */
    void close(Duration deadline);
  }

  /**
   * How going over to another document went.
   *
   * @param applied whether it runs now; when not, the former one goes on
   * @param changes which components were started, restarted and stopped, in words
   * @param report everything found
   */
  record Reload(boolean applied, String changes, ValidationReport report) {}

  /**
   * How reading went.
   *
   * @param openTurns turns that have begun, are not over and were therefore not sent
   * @param failures sources that could not be read, in words
   */
  record Sources(int openTurns, List<String> failures) {
    public Sources {
      failures = List.copyOf(failures);
    }
  }

  /**
   * The outcome of a flush.
   *
   * @param accepted whether the flush itself ended in time and lost nothing
   * @param lines counters since the start, by subscriber
   */
  record Delivery(boolean accepted, List<Line> lines) {

    public Delivery {
      lines = List.copyOf(lines);
    }

    /** Whether everything reached the other side. */
    boolean isComplete() {
      return accepted && lines.stream().allMatch(Line::isComplete);
    }

    /** How many events still wait, over all subscribers. */
    long pending() {
      return lines.stream().mapToLong(Line::pending).sum();
    }

    /**
     * One subscriber.
     *
     * @param name its name
     * @param delivered items accepted
     * @param failed items refused for good
     * @param dropped events lost to a bound
     * @param pending events that still wait
     */
    record Line(String name, long delivered, long failed, long dropped, long pending) {

      boolean isComplete() {
        return failed == 0 && dropped == 0 && pending == 0;
      }
    }
  }

  /** Nothing was started. */
  final class StartFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient ValidationReport report;

    StartFailure(ValidationReport report, @Nullable Throwable cause) {
      super("the components could not be started", cause);
      this.report = report;
    }

    /** The reasons. */
    ValidationReport report() {
      return report;
    }
  }
}
