package io.fairlead.runtimes.atof;

import io.fairlead.runtimes.atof.endpoint.EndpointSettings;
import io.fairlead.runtimes.atof.files.FilePaths;
import io.fairlead.runtimes.common.http.HttpLimits;
import io.fairlead.spi.ComponentContext;
import io.fairlead.spi.ValidationContext;
import io.fairlead.spi.config.ConfigNode;
import io.fairlead.spi.config.ConfigSpec;
import io.fairlead.spi.config.ConfigView;
import io.fairlead.spi.config.Durations;
import io.fairlead.spi.config.FieldSpec;
import io.fairlead.spi.config.FieldType;
import io.fairlead.spi.diagnostic.Level;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the component is told.
 *
 * @param paths files to read; empty: none
 * @param backfill how much of what is there before the first look is given; null: nothing
 * @param pollInterval pause between two looks at the files
 * @param maxLine longest line in bytes
 * @param endpoint the endpoint, or null
 */
record AtofSettings(
    List<String> paths,
    @Nullable Duration backfill,
    Duration pollInterval,
    int maxLine,
    @Nullable EndpointSettings endpoint) {

  private static final Duration EVERYTHING = Duration.ofDays(36500);
  private static final String AUTO = "auto";

  private static final ConfigSpec FILES =
      ConfigSpec.of(
          FieldSpec.bool("enabled", "Whether this source is read.").withDefault(true),
          FieldSpec.of(
              "paths",
              FieldType.STRING_LIST,
              "Files, directories (their *.jsonl) and patterns of file names."),
          FieldSpec.integer("max_line_bytes", "A longer line is reported and skipped.")
              .withDefault(64L << 20)
              .withRange(1_024, 1L << 30));

  private static final ConfigSpec ENDPOINT =
      ConfigSpec.of(
          FieldSpec.bool("enabled", "Whether the endpoint is opened.").withDefault(true),
          FieldSpec.string("bind", "The address to listen on.").withDefault("127.0.0.1"),
          FieldSpec.of(
              "port",
              FieldType.INTEGER_OR_STRING,
              "The port; \"auto\" or 0 takes a free one and says which. Default 4040, as Relay's"
                  + " gateway."),
          FieldSpec.string(
                  "token",
                  "What a client has to send as \"Authorization: Bearer …\"; default none.")
              .asSecret(),
          FieldSpec.integer("max_body_bytes", "A longer body, or line of a stream, is refused.")
              .withDefault((long) HttpLimits.DEFAULT.bodyBytes())
              .withRange(1_024, 1L << 30),
          FieldSpec.integer("max_connections", "How many clients at once.")
              .withDefault((long) HttpLimits.DEFAULT.connections())
              .withRange(1, 1_000),
          FieldSpec.integer("max_requests_per_second", "More are refused for the moment.")
              .withDefault((long) HttpLimits.DEFAULT.perSecond())
              .withRange(1, 100_000),
          FieldSpec.duration("request_timeout", "How long a client may take to send a request.")
              .withDefault("10s"),
          FieldSpec.duration(
                  "turn_idle_timeout",
                  "A turn known from hooks in which nothing is open ends after so long without one.")
              .withDefault("30m"),
          FieldSpec.bool(
                  "capture_content",
                  "Pass on what users, models and tools said in hooks; else only names, numbers and"
                      + " token counts.")
              .withDefault(false));

  static final ConfigSpec SPEC =
      ConfigSpec.of(
          FieldSpec.string(
              "backfill",
              "How much of what the files hold at the first start to read, for example \"24h\" or"
                  + " \"all\"; default none."),
          FieldSpec.duration("poll_interval", "Pause between two looks at the files.")
              .withDefault("2s"),
          FieldSpec.table(
              "sources",
              "Where events come from.",
              ConfigSpec.of(
                  FieldSpec.table("files", "ATOF files that grow and rotate.", FILES),
                  FieldSpec.table(
                      "endpoint",
                      "An HTTP endpoint for ATOF streams and hooks; opened when the table is"
                          + " there.",
                      ENDPOINT))));

  static AtofSettings of(ComponentContext context) {
    ConfigView config = context.config();
    ConfigView files = config.table("sources").table("files");
    ConfigView endpoint = config.table("sources").tableOrNull("endpoint");
    boolean open = endpoint != null && endpoint.bool("enabled") && !context.readsEverything();
    return new AtofSettings(
        files.bool("enabled") ? files.strings("paths") : List.of(),
        context.readsEverything() ? EVERYTHING : backfill(config.stringOrNull("backfill")),
        config.duration("poll_interval"),
        (int) files.integer("max_line_bytes"),
        endpoint == null || !open ? null : endpoint(endpoint));
  }

  private static EndpointSettings endpoint(ConfigView config) {
    HttpLimits limits =
        new HttpLimits(
            (int) config.integer("max_connections"),
            (int) config.integer("max_body_bytes"),
            config.duration("request_timeout"),
            HttpLimits.DEFAULT.idle(),
            (int) config.integer("max_requests_per_second"));
    return new EndpointSettings(
        new InetSocketAddress(config.string("bind"), port(config.node("port"))),
        config.secretOrNull("token"),
        limits,
        config.bool("capture_content"),
        config.duration("turn_idle_timeout"));
  }

  private static int port(@Nullable ConfigNode port) {
    if (port instanceof ConfigNode.Integer number) {
      return (int) number.value();
    }
    return port == null ? 4040 : 0;
  }

  private static @Nullable Duration backfill(@Nullable String text) {
    if (text == null) {
      return null;
    }
    return text.equals("all") ? EVERYTHING : Durations.parse(text);
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
    ConfigView files = config.table("sources").table("files");
    ConfigView endpoint = config.table("sources").tableOrNull("endpoint");
    for (String path : files.strings("paths")) {
      if (!FilePaths.isValid(path)) {
        context.unsupportedValue(
            "sources.files.paths",
            files.node("paths"),
            "a path cannot be read as one",
            "only the last part may hold * and ?");
      }
    }
    if (endpoint != null) {
      ConfigNode port = endpoint.node("port");
      if (!isPort(port)) {
        context.unsupportedValue(
            "sources.endpoint.port", port, "the port must be 0 to 65535 or \"auto\"", null);
      }
      String bind = endpoint.string("bind");
      if (!isLoopback(bind) && endpoint.stringOrNull("token") == null) {
        context.unsupportedValue(
            "sources.endpoint.bind",
            endpoint.node("bind"),
            "an endpoint that others can reach needs a token",
            "set token, or bind to 127.0.0.1");
      }
    }
    if (endpoint == null && files.strings("paths").isEmpty()) {
      context.report(
          Level.WARNING,
          "atof.no_source",
          "sources",
          config.node("sources"),
          "neither files nor an endpoint is configured: nothing will be read",
          "set sources.files.paths or add the table sources.endpoint");
    }
  }

  private static boolean isPort(@Nullable ConfigNode port) {
    if (port instanceof ConfigNode.Integer number) {
      return number.value() >= 0 && number.value() <= 65_535;
    }
    return !(port instanceof ConfigNode.Text text) || text.value().equals(AUTO);
  }

  private static boolean isLoopback(String bind) {
    return bind.startsWith("127.") || bind.equals("::1") || bind.equals("localhost");
  }
}
