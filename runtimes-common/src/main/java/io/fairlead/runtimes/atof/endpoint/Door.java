package io.fairlead.runtimes.atof.endpoint;

import io.fairlead.runtimes.atof.hooks.HookAgent;
import io.fairlead.runtimes.atof.hooks.Hooks;
import io.fairlead.runtimes.common.http.HttpAnswer;
import io.fairlead.runtimes.common.http.HttpEndpoint;
import io.fairlead.runtimes.common.http.HttpRequest;
import io.fairlead.runtimes.common.http.LineStream;
import io.fairlead.spi.config.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks at who comes and where to, and hands over what is brought. */
final class Door implements HttpEndpoint.Handler {

  private static final String HOOKS = "/hooks/";

  private final Inbox inbox;
  private final @Nullable Secret token;

  Door(Inbox inbox, @Nullable Secret token) {
    this.inbox = inbox;
    this.token = token;
  }

  @Override
  public HttpAnswer answer(HttpRequest request) throws InterruptedException {
    HttpAnswer refusal = refusal(request);
    if (refusal != null) {
      return refusal;
    }
    if (request.path().equals("/healthz")) {
      return HttpAnswer.json(200, "{\"status\":\"ok\"}");
    }
    return request.path().startsWith(HOOKS) ? hook(request) : records(request);
  }

  @Override
  public @Nullable LineStream lines(HttpRequest head) {
    String type = head.header("content-type");
    if (type == null || !type.contains("ndjson") || refusal(head) != null || isHook(head)) {
      return null;
    }
    return new Stream();
  }

  @Override
  public @Nullable LineStream messages(HttpRequest head) {
    return refusal(head) != null || isHook(head) ? null : new Stream();
  }

  private static boolean isHook(HttpRequest request) {
    return request.path().startsWith(HOOKS);
  }

  /** Why a request is not taken, or null. */
  private @Nullable HttpAnswer refusal(HttpRequest request) {
    String path = request.path();
    boolean health = path.equals("/healthz");
    if (request.header("origin") != null) {
      return HttpAnswer.error(403, "requests of web pages are not taken");
    }
    if (!health && !path.equals("/") && !path.equals("/events") && !isHook(request)) {
      return HttpAnswer.error(404, "post events to /events and hooks to /hooks/<agent>");
    }
    boolean socket = request.asksForWebSocket() && !health && !isHook(request);
    if (!socket && !request.method().equals(health ? "GET" : "POST")) {
      return HttpAnswer.error(405, "not with this method").with("allow", health ? "GET" : "POST");
    }
    return health || isKnown(request)
        ? null
        : HttpAnswer.error(401, "the token is missing or wrong").with("www-authenticate", "Bearer");
  }

  private boolean isKnown(HttpRequest request) {
    if (token == null) {
      return true;
    }
    String shown = request.header("authorization");
    return shown != null
        && MessageDigest.isEqual(
            shown.getBytes(StandardCharsets.UTF_8),
            ("Bearer " + token.reveal()).getBytes(StandardCharsets.UTF_8));
  }

  private HttpAnswer hook(HttpRequest request) throws InterruptedException {
    HookAgent agent = HookAgent.ofWireName(request.path().substring(HOOKS.length()));
    if (agent == null) {
      return HttpAnswer.error(404, "hooks of hermes, claude-code and codex are understood");
    }
    try {
      inbox.deliver(request, List.of());
      return HttpAnswer.json(200, Hooks.answer(agent, request));
    } catch (IllegalArgumentException e) {
      return HttpAnswer.error(400, "the body is no JSON");
    }
  }

  private HttpAnswer records(HttpRequest request) throws InterruptedException {
    List<byte[]> lines = lines(request.body());
    if (lines.isEmpty()) {
      return HttpAnswer.error(400, "the body is empty");
    }
    return accepted(lines.size(), inbox.deliver(null, lines));
  }

  private static HttpAnswer accepted(int lines, int bad) {
    if (bad == lines && lines > 0) {
      return HttpAnswer.error(400, "no line of the body is an ATOF record");
    }
    return HttpAnswer.json(200, "{\"accepted\":" + (lines - bad) + ",\"rejected\":" + bad + "}");
  }

  private static List<byte[]> lines(byte[] body) {
    List<byte[]> lines = new ArrayList<>();
    String text = new String(body, StandardCharsets.ISO_8859_1);
    for (String line : text.split("\n", -1)) {
      if (!line.isBlank()) {
        lines.add(line.getBytes(StandardCharsets.ISO_8859_1));
      }
    }
    return lines;
  }

  /**
   * One long body of records, or a WebSocket's messages, each committed before the next are read.
   */
  private final class Stream implements LineStream {

    private int lines;
    private int bad;

    @Override
    public void take(List<byte[]> taken) throws InterruptedException {
      lines += taken.size();
      bad += inbox.deliver(null, taken);
    }

    @Override
    public HttpAnswer end() {
      return accepted(lines, bad);
    }
  }
}
