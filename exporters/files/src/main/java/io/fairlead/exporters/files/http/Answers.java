package io.fairlead.exporters.files.http;

import io.fairlead.exporters.otel.http.RetryAfter;
import java.time.InstantSource;
import java.util.Set;
import okhttp3.Response;

/** What the status of an HTTP answer means for what was sent. */
final class Answers {

  /** The content is at fault, and will be again. Everything else an operator or time can mend. */
  static final Set<Integer> REFUSALS = Set.of(400, 413, 422);

  private Answers() {}

  static Answer of(Response response, Set<Integer> refusals, InstantSource clock) {
    String reason = "HTTP " + response.code();
    if (response.isSuccessful()) {
      return new Answer.Accepted();
    }
    return refusals.contains(response.code())
        ? new Answer.Refused(reason)
        : new Answer.Later(reason, RetryAfter.ofHeader(response.header("Retry-After"), clock));
  }
}
