package io.fairlead.atof;

import io.fairlead.spi.event.CustomProfile;
import io.fairlead.spi.event.LlmProfile;
import io.fairlead.spi.event.Outcome;
import io.fairlead.spi.event.Profile;
import io.fairlead.spi.event.ScopeCategory;
import io.fairlead.spi.event.ToolProfile;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The typed facts a record of another program says by itself, outside of its payload. Payloads are
 * left to a codec.
 */
final class PlainFacts {

  private static final JsonObject NOTHING = new JsonObject(Map.of());

  private PlainFacts() {}

  /** The object of a JSON text; an empty one when the text is another value. */
  static JsonObject object(String json) {
    return json.startsWith("{") ? JsonScan.object(json.getBytes(StandardCharsets.UTF_8)) : NOTHING;
  }

  /** The text of a member, or null when it is absent or no string. */
  static @Nullable String text(JsonObject in, String name) {
    return in.members().get(name) instanceof String text ? text : null;
  }

  static @Nullable Profile profile(
      @Nullable ScopeCategory category,
      String name,
      boolean ended,
      JsonObject categoryProfile,
      JsonObject metadata) {
    if (category == null) {
      return null;
    }
    return switch (category) {
      case LLM ->
          LlmProfile.builder()
              .provider(text(metadata, "provider"))
              .requestModel(text(categoryProfile, "model_name"))
              .build();
      case TOOL -> new ToolProfile(name, text(categoryProfile, "tool_call_id"), null, ended);
      case CUSTOM -> {
        String subtype = text(categoryProfile, "subtype");
        yield subtype == null ? null : new CustomProfile(subtype);
      }
      default -> null;
    };
  }

  /** The peer's rule: only {@code otel.status_code} decides, and only its three words. */
  static Outcome outcome(JsonObject metadata) {
    String status = text(metadata, "otel.status_code");
    if ("OK".equals(status)) {
      return Outcome.OK;
    }
    if ("ERROR".equals(status)) {
      String type = text(metadata, "error.type");
      return Outcome.error(
          type == null ? Outcome.OTHER : type, text(metadata, "otel.status_description"));
    }
    return Outcome.UNSET;
  }
}
