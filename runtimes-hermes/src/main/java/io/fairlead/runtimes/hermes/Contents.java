package io.fairlead.runtimes.hermes;

import io.fairlead.runtimes.common.turns.ChatBody;
import io.fairlead.runtimes.common.turns.ScopeDraft.Content;
import io.fairlead.runtimes.hermes.Rows.Message;
import io.fairlead.runtimes.hermes.Rows.ToolRequest;
import io.fairlead.runtimes.hermes.Turn.CallRows;
import io.fairlead.runtimes.hermes.Turn.TextRows;
import io.fairlead.runtimes.hermes.Turn.ToolRows;
import io.fairlead.spi.event.Json;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was said, fetched for the turns that are given and only when content is captured. */
final class Contents {

  /** Longest text that is passed on, in bytes of UTF-8. */
  static final int MAX_BYTES = 64 * 1024;

  private final @Nullable HermesStore store;

  /**
   * @param store where the texts are, or null when none shall be passed on
   */
  Contents(@Nullable HermesStore store) {
    this.store = store;
  }

  private record Text(String value, boolean truncated) {}

  /** The user's text and the final answer. */
  Content of(TextRows rows) throws SQLException {
    if (store == null) {
      return Content.NONE;
    }
    Text input = text(store, rows.user());
    Text output = text(store, rows.answer());
    return new Content(
        input == null ? null : Json.ofString(input.value()),
        output == null ? null : Json.ofString(output.value()),
        truncated(isCut(input), isCut(output)));
  }

  /** Arguments and result of a tool call, as JSON when they are JSON. */
  Content of(ToolRows rows) throws SQLException {
    if (store == null) {
      return Content.NONE;
    }
    Text input = null;
    if (rows.request() != Turn.NO_ROW) {
      String arguments = RowJson.arguments(store.toolCalls(rows.request()), rows.index());
      input = arguments == null ? null : cut(arguments.getBytes(StandardCharsets.UTF_8));
    }
    Text output = text(store, rows.result());
    return new Content(
        input == null ? null : RowJson.valueOrString(input.value()),
        output == null ? null : RowJson.valueOrString(output.value()),
        truncated(isCut(input), isCut(output)));
  }

  /** What a call read in addition to all before it, and its answer. */
  Content of(CallRows rows) throws SQLException {
    Message answer = rows.answer();
    if (store == null || answer == null) {
      return Content.NONE;
    }
    ChatBody body = new ChatBody();
    boolean cutInput = false;
    for (Message row : rows.heard()) {
      Text text = text(store, row.id());
      cutInput |= isCut(text);
      if (row.isTool()) {
        body.result(row.toolCallId(), json(text));
      } else {
        body.said(row.role(), json(text));
      }
    }
    Text said = text(store, answer.id());
    List<Text> arguments = arguments(store, answer);
    return new Content(
        body.request(),
        ChatBody.answer(json(said), asked(answer, arguments)),
        truncated(
            cutInput || body.isCut(), isCut(said) || arguments.stream().anyMatch(Contents::isCut)));
  }

  /** What each tool is asked with, in order. */
  private static List<Text> arguments(HermesStore store, Message answer) throws SQLException {
    List<Text> arguments = new ArrayList<>();
    byte[] requests = answer.toolRequests().isEmpty() ? null : store.toolCalls(answer.id());
    for (int i = 0; i < answer.toolRequests().size(); i++) {
      String text = RowJson.arguments(requests, i);
      arguments.add(cut((text == null ? "{}" : text).getBytes(StandardCharsets.UTF_8)));
    }
    return arguments;
  }

  private static List<ChatBody.Asked> asked(Message answer, List<Text> arguments) {
    List<ChatBody.Asked> asked = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      ToolRequest tool = answer.toolRequests().get(i);
      Json said = Json.ofString(arguments.get(i).value());
      asked.add(new ChatBody.Asked(tool.id(), tool.name(), said));
    }
    return asked;
  }

  private static @Nullable Json json(@Nullable Text text) {
    return text == null || text.value().isEmpty() ? null : Json.ofString(text.value());
  }

  private static boolean isCut(@Nullable Text text) {
    return text != null && text.truncated();
  }

  private static @Nullable Text text(HermesStore store, long row) throws SQLException {
    byte[] bytes = row == Turn.NO_ROW ? null : store.text(row, MAX_BYTES + 1);
    return bytes == null ? null : cut(bytes);
  }

  private static Text cut(byte[] bytes) {
    if (bytes.length <= MAX_BYTES) {
      return new Text(new String(bytes, StandardCharsets.UTF_8), false);
    }
    int end = MAX_BYTES;
    while (end > MAX_BYTES - 4 && (bytes[end] & 0xc0) == 0x80) {
      end--;
    }
    return new Text(new String(Arrays.copyOf(bytes, end), StandardCharsets.UTF_8), true);
  }

  private static @Nullable Json truncated(boolean in, boolean out) {
    if (!in && !out) {
      return null;
    }
    String which = in && out ? "\"input\",\"output\"" : in ? "\"input\"" : "\"output\"";
    return new Json("{\"truncated\":[" + which + "]}");
  }
}
