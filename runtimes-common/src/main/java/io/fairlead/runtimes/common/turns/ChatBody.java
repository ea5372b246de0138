package io.fairlead.runtimes.common.turns;

import io.fairlead.spi.event.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Captured content of a model call in the form of OpenAI's chat API, which every exporter reads:
 * what a store keeps is no longer in the form of the API the call was made with.
 */
public final class ChatBody {

  /** Most characters of a request; messages that find no room are left out. */
  static final int MAX_LENGTH = 256 * 1024;

  private final List<String> messages = new ArrayList<>();
  private int length;
  private boolean cut;

  /**
   * A tool the model asks for.
   *
   * @param arguments any JSON value; a text that is no JSON as a string
   */
  public record Asked(String id, String name, Json arguments) {}

  /**
   * Adds what somebody said.
   *
   * @param text a JSON string; without one nothing is added
   */
  public ChatBody said(String role, @Nullable Json text) {
    if (text != null) {
      StringBuilder out = new StringBuilder("{\"role\":");
      Json.appendQuoted(out, role);
      add(out.append(",\"content\":").append(text.text()).append('}').toString());
    }
    return this;
  }

  /**
   * Adds what a tool gave back.
   *
   * @param text a JSON string; without one nothing is added
   */
  public ChatBody result(@Nullable String callId, @Nullable Json text) {
    if (text != null) {
      StringBuilder out = new StringBuilder("{\"role\":\"tool\",\"tool_call_id\":");
      Json.appendQuoted(out, callId == null ? "" : callId);
      add(out.append(",\"content\":").append(text.text()).append('}').toString());
    }
    return this;
  }

  private void add(String message) {
    if (length + message.length() > MAX_LENGTH) {
      cut = true;
    } else {
      messages.add(message);
      length += message.length();
    }
  }

  /** Whether messages found no room. */
  public boolean isCut() {
    return cut;
  }

  /** The messages as the body of a request, or null when there are none. */
  public @Nullable Json request() {
    return messages.isEmpty()
        ? null
        : new Json("{\"messages\":[" + String.join(",", messages) + "]}");
  }

  /**
   * An answer: its text alone, or with the tools it asks for as the body of a response.
   *
   * @param text a JSON string, or null
   */
  public static @Nullable Json answer(@Nullable Json text, List<Asked> tools) {
    if (tools.isEmpty()) {
      return text;
    }
    StringBuilder out =
        new StringBuilder("{\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":");
    out.append(text == null ? "null" : text.text()).append(",\"tool_calls\":[");
    String separator = "";
    for (Asked tool : tools) {
      out.append(separator).append("{\"id\":");
      Json.appendQuoted(out, tool.id());
      out.append(",\"type\":\"function\",\"function\":{\"name\":");
      Json.appendQuoted(out, tool.name());
      out.append(",\"arguments\":");
      String arguments = tool.arguments().text();
      if (arguments.startsWith("\"")) {
        out.append(arguments);
      } else {
        Json.appendQuoted(out, arguments);
      }
      out.append("}}");
      separator = ",";
    }
    return new Json(out.append("]},\"finish_reason\":\"tool_calls\"}]}").toString());
  }
}
