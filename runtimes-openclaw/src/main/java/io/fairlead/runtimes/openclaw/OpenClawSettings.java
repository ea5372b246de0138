package io.fairlead.runtimes.openclaw;

import io.fairlead.spi.ComponentContext;
import io.fairlead.spi.ValidationContext;
import io.fairlead.spi.config.ConfigNode;
import io.fairlead.spi.config.ConfigSpec;
import io.fairlead.spi.config.ConfigView;
import io.fairlead.spi.config.Durations;
import io.fairlead.spi.config.FieldSpec;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the component is told.
 *
 * @param home OpenClaw's state directory
 * @param homeNamed whether a person wrote the home into a document, and so expects it to be there
 * @param configFile OpenClaw's configuration when it is not in the home, or null
 * @param profiles whether the homes of named profiles beside it are read too
 * @param backfill how far back a run that begins now reads; null: not at all
 * @param pollInterval pause between two looks
 * @param captureContent whether texts, arguments and results are delivered
 */
record OpenClawSettings(
    Path home,
    boolean homeNamed,
    @Nullable Path configFile,
    boolean profiles,
    @Nullable Duration backfill,
    Duration pollInterval,
    boolean captureContent) {

  private static final Duration EVERYTHING = Duration.ofDays(36500);
  private static final String DIRECTORY = ".openclaw";

  static final ConfigSpec SPEC =
      ConfigSpec.of(
          FieldSpec.string(
              "home",
              "OpenClaw's state directory; default $OPENCLAW_STATE_DIR, else .openclaw (or"
                  + " .openclaw-$OPENCLAW_PROFILE) in $OPENCLAW_HOME or the user's home."),
          FieldSpec.bool("profiles", "Also read the homes of named profiles beside it.")
              .withDefault(true),
          FieldSpec.string(
              "backfill",
              "How much history to read at the first start, for example \"24h\" or \"all\"; default"
                  + " none."),
          FieldSpec.duration("poll_interval", "Pause between two looks.").withDefault("2s"),
          FieldSpec.bool(
                  "capture_content",
                  "Deliver prompts, answers, tool arguments and results too; they may hold"
                      + " anything.")
              .withDefault(false));

  static OpenClawSettings of(ComponentContext context) {
    ConfigView config = context.config();
    String configFile = given(context.environment("OPENCLAW_CONFIG_PATH"));
    return new OpenClawSettings(
        home(context, config.stringOrNull("home")),
        isWritten(config.node("home")),
        configFile == null ? null : path(context, configFile),
        config.bool("profiles"),
        context.readsEverything() ? EVERYTHING : backfill(config.stringOrNull("backfill")),
        config.duration("poll_interval"),
        config.bool("capture_content"));
  }

  static void validate(ConfigView config, ValidationContext context) {
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
    String given =
        given(configured != null ? configured : context.environment("OPENCLAW_STATE_DIR"));
    if (given != null) {
      return path(context, given);
    }
    String base = given(context.environment("OPENCLAW_HOME"));
    String profile = given(context.environment("OPENCLAW_PROFILE"));
    boolean named = profile != null && !profile.equals("default");
    return (base == null ? userHome(context) : path(context, base))
        .resolve(named ? DIRECTORY + '-' + profile : DIRECTORY);
  }

  private static Path path(ComponentContext context, String text) {
    return text.startsWith("~/") ? userHome(context).resolve(text.substring(2)) : Path.of(text);
  }

  private static Path userHome(ComponentContext context) {
    String user = given(context.environment("HOME"));
    return Path.of(user != null ? user : System.getProperty("user.home", "."));
  }

  private static @Nullable String given(@Nullable String text) {
    return text == null || text.isBlank() ? null : text;
  }

  private static @Nullable Duration backfill(@Nullable String text) {
    if (text == null) {
      return null;
    }
    return text.equals("all") ? EVERYTHING : Durations.parse(text);
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
