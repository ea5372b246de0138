package io.fairlead.runtimes.hermes;

import io.fairlead.spi.ComponentContext;
import io.fairlead.spi.ValidationContext;
import io.fairlead.spi.config.ConfigNode;
import io.fairlead.spi.config.ConfigSpec;
import io.fairlead.spi.config.ConfigView;
import io.fairlead.spi.config.Durations;
import io.fairlead.spi.config.FieldSpec;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * What the component is told.
 *
 * @param home Hermes' directory
 * @param homeNamed whether a person wrote the home into a document, and so expects it to be there
 * @param profiles whether the homes of profiles are read too
 * @param zone zone of the times in {@code agent.log}
 * @param backfill how far back a run that begins now reads; null: not at all
 * @param pollInterval pause between two looks
 * @param captureContent whether texts, arguments and results are passed on
 * @param store whether {@code state.db} is read
 * @param log whether {@code agent.log} is read
 */
record HermesSettings(
    Path home,
    boolean homeNamed,
    boolean profiles,
    ZoneId zone,
    @Nullable Duration backfill,
    Duration pollInterval,
    boolean captureContent,
    boolean store,
    boolean log) {

  private static final Duration EVERYTHING = Duration.ofDays(36500);

  private static final ConfigSpec SOURCE =
      ConfigSpec.of(FieldSpec.bool("enabled", "Whether this source is read.").withDefault(true));

  static final ConfigSpec SPEC =
      ConfigSpec.of(
          FieldSpec.string("home", "Hermes' directory; default $HERMES_HOME, else ~/.hermes."),
          FieldSpec.bool("profiles", "Also read every home under profiles/.").withDefault(true),
          FieldSpec.string(
              "zone",
              "Time zone of agent.log, whose lines have none; default the zone of this host."),
          FieldSpec.string(
              "backfill",
              "How much history to read at the first start, for example \"24h\" or \"all\"; default"
                  + " none."),
          FieldSpec.duration("poll_interval", "Pause between two looks.").withDefault("2s"),
          FieldSpec.bool(
                  "capture_content",
                  "Pass on what users, agents and tools said, up to 64 KiB each; else it is left"
                      + " out of every event.")
              .withDefault(false),
          FieldSpec.table(
              "sources",
              "What is read; everything read is joined.",
              ConfigSpec.of(
                  FieldSpec.table("store", "The store state.db, opened read-only.", SOURCE),
                  FieldSpec.table("log", "The log logs/agent.log and its rotations.", SOURCE))));

  static HermesSettings of(ComponentContext context) {
    ConfigView config = context.config();
    String zone = config.stringOrNull("zone");
    ConfigView sources = config.table("sources");
    return new HermesSettings(
        home(context, config.stringOrNull("home")),
        isWritten(config.node("home")),
        config.bool("profiles"),
        zone == null ? ZoneId.systemDefault() : ZoneId.of(zone),
        context.readsEverything() ? EVERYTHING : backfill(config.stringOrNull("backfill")),
        config.duration("poll_interval"),
        config.bool("capture_content"),
        sources.table("store").bool("enabled"),
        sources.table("log").bool("enabled"));
  }

  static void validate(ConfigView config, ValidationContext context) {
    String zone = config.stringOrNull("zone");
    if (zone != null && !isZone(zone)) {
      context.unsupportedValue(
          "zone",
          config.node("zone"),
          "zone '" + zone + "' is not known",
          "use a name such as Europe/Berlin, or UTC");
    }
    String backfill = config.stringOrNull("backfill");
    if (backfill != null && !backfill.equals("all") && Durations.parse(backfill) == null) {
      context.unsupportedValue(
          "backfill",
          config.node("backfill"),
          "backfill '" + backfill + "' is no length of time",
          "use \"all\" or a duration such as \"24h\"");
    }
    String home = config.stringOrNull("home");
    if (home != null && !isPath(home)) {
      context.unsupportedValue("home", config.node("home"), "home is no path", null);
    }
  }

  private static Path home(ComponentContext context, @Nullable String configured) {
    String given = configured != null ? configured : context.environment("HERMES_HOME");
    String user = context.environment("HOME");
    String userHome = user != null ? user : System.getProperty("user.home", ".");
    if (given == null || given.isEmpty()) {
      return Path.of(userHome, ".hermes");
    }
    return given.startsWith("~/") ? Path.of(userHome, given.substring(2)) : Path.of(given);
  }

  private static @Nullable Duration backfill(@Nullable String text) {
    if (text == null) {
      return null;
    }
    return text.equals("all") ? EVERYTHING : Durations.parse(text);
  }

  private static boolean isZone(String zone) {
    try {
      ZoneId.of(zone);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static boolean isWritten(@Nullable ConfigNode node) {
    return node != null && node.position() != null;
  }

  private static boolean isPath(String path) {
    try {
      return !Path.of(path).toString().isEmpty();
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
