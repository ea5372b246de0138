package io.fairlead.exporters.files.atif;

import io.fairlead.atof.json.JsonTree;
import io.fairlead.atof.json.JsonTree.Members;
import org.jspecify.annotations.Nullable;

/** Whose form the body of an answer has. */
enum Surface {
  CHAT,
  RESPONSES,
  ANTHROPIC,
  GEMINI;

  /** The one form that fits, or null. */
  static @Nullable Surface of(@Nullable Object answer) {
    Surface only = null;
    for (Surface surface : values()) {
      if (answer instanceof Members body && surface.fits(body)) {
        if (only != null) {
          return null;
        }
        only = surface;
      }
    }
    return only;
  }

  private boolean fits(Members body) {
    return switch (this) {
      case CHAT -> JsonTree.list(body, "choices") != null;
      case RESPONSES ->
          JsonTree.list(body, "output") != null || body.get("output_text") instanceof String;
      case ANTHROPIC ->
          "message".equals(body.get("type")) && JsonTree.list(body, "content") != null;
      case GEMINI -> JsonTree.list(body, "candidates") != null;
    };
  }
}
