package io.fairlead.runtimes.openclaw;

import io.fairlead.spi.event.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Transcript lines, each a second after the one before. */
final class Lines {

  private final List<String> lines = new ArrayList<>();
  private final int version;
  private long millis;
  private int ids;

  private Lines(int version, String start) {
    this.version = version;
    this.millis = Instant.parse(start).toEpochMilli();
  }

  /** Lines as they are in a store. */
  static Lines store(String session, String start) {
    return new Lines(4, start).header(session);
  }

  /** Lines as they were in files. */
  static Lines file(String session, String start) {
    return new Lines(3, start).header(session);
  }

  private Lines header(String session) {
    lines.add(
        "{\"type\":\"session\",\"version\":"
            + version
            + ",\"id\":\""
            + session
            + "\",\"timestamp\":\""
            + Instant.ofEpochMilli(millis)
            + "\"}");
    return this;
  }

  Lines ask(String run, String text) {
    return message(
        "\"role\":\"user\",\"content\":"
            + Json.ofString(text).text()
            + (version > 3 ? ",\"idempotencyKey\":\"" + run + ":user\"" : ""));
  }

  Lines answer(String run, String text) {
    return answered(run, "stop", "{\"type\":\"text\",\"text\":\"" + text + "\"}");
  }

  Lines useTool(String run, String call, String name, String arguments) {
    return answered(
        run,
        "toolUse",
        "{\"type\":\"toolCall\",\"id\":\""
            + call
            + "\",\"name\":\""
            + name
            + "\",\"arguments\":"
            + arguments
            + "}");
  }

  Lines answered(String run, String stopReason, String block) {
    return assistant(
        run,
        stopReason,
        block,
        "{\"input\":100,\"output\":10,\"cacheRead\":0,\"cacheWrite\":0,\"totalTokens\":110,"
            + "\"cost\":{\"total\":0.001}}");
  }

  Lines assistant(String run, String stopReason, String block, String usage) {
    return message(
        "\"role\":\"assistant\",\"content\":["
            + block
            + "],\"api\":\"openai-completions\","
            + "\"provider\":\"mock\",\"model\":\"mock-large\",\"usage\":"
            + usage
            + ",\"stopReason\":\""
            + stopReason
            + "\""
            + run(run));
  }

  Lines result(String run, String call, String name, String more) {
    return message(
        "\"role\":\"toolResult\",\"toolCallId\":\""
            + call
            + "\",\"toolName\":\""
            + name
            + "\",\"content\":[],"
            + more
            + run(run));
  }

  private String run(String run) {
    return version > 3 ? ",\"__openclaw\":{\"runId\":\"" + run + "\"}" : "";
  }

  Lines message(String members) {
    return line(
        "\"type\":\"message\",\"message\":{" + members + ",\"timestamp\":" + (millis + 900) + "}");
  }

  Lines line(String members) {
    millis += 1000;
    lines.add(
        "{"
            + members
            + ",\"id\":\""
            + version
            + "-"
            + ids++
            + "\",\"timestamp\":\""
            + Instant.ofEpochMilli(millis)
            + "\"}");
    return this;
  }

  /** Lets time pass. */
  Lines after(long seconds) {
    millis += seconds * 1000;
    return this;
  }

  List<String> all() {
    return List.copyOf(lines);
  }

  /** The lines from one on. */
  List<String> from(int index) {
    return List.copyOf(lines.subList(index, lines.size()));
  }

  long millis() {
    return millis;
  }
}
