package io.fairlead.atof.bodies;

import io.fairlead.spi.event.Json;
import io.fairlead.spi.event.LlmProfile;
import io.fairlead.spi.event.ScopeCategory;
import io.fairlead.spi.event.ScopeEnd;
import io.fairlead.spi.event.ScopeStart;
import org.jspecify.annotations.Nullable;

/** The facts of a call that are still missing, from what it carries. */
final class CallFacts {

  private CallFacts() {}

  /** The facts and what the request adds to them; null when it adds nothing. */
  static @Nullable LlmProfile ofRequest(@Nullable LlmProfile known, ScopeStart start) {
    Json data = start.header().data();
    boolean silent = known == null || known.requestModel() == null;
    boolean streams = known == null || known.streaming() == null;
    ModelRequest request =
        data != null && (silent || (streams && data.text().contains("\"stream\"")))
            ? Bodies.request(data)
            : null;
    LlmProfile.Builder facts = builder(known, start.category());
    boolean added = false;
    if (request != null && silent && request.model() != null) {
      facts.requestModel(request.model());
      added = true;
    }
    if (request != null && streams && request.parameters().stream() != null) {
      facts.streaming(request.parameters().stream());
      added = true;
    }
    if (known == null || known.serverAddress() == null) {
      ServerFacts server = ServerFacts.of(start.header().metadata());
      if (server != null) {
        facts.server(server.address(), server.port());
        added = true;
      }
    }
    return added ? facts.build() : null;
  }

  /** The facts of an end, with those that only its start has. */
  static @Nullable LlmProfile merged(@Nullable LlmProfile known, @Nullable LlmProfile start) {
    if (start == null || known == null) {
      return known == null ? start : known;
    }
    LlmProfile.Builder facts = known.toBuilder();
    if (known.requestModel() == null) {
      facts.requestModel(start.requestModel());
    }
    if (known.streaming() == null) {
      facts.streaming(start.streaming());
    }
    if (known.serverAddress() == null) {
      facts.server(start.serverAddress(), start.serverPort());
    }
    LlmProfile merged = facts.build();
    return merged.equals(known) ? known : merged;
  }

  /** The facts and what the answer adds to them; null when it adds nothing. */
  static @Nullable LlmProfile ofResponse(@Nullable LlmProfile known, ScopeEnd end) {
    Json data = end.header().data();
    ModelResponse response = data == null || isComplete(known) ? null : Bodies.response(data);
    if (response == null) {
      return null;
    }
    LlmProfile before = builder(known, end.category()).build();
    LlmProfile.Builder facts = before.toBuilder();
    if (before.provider() == null) {
      facts.provider(response.provider());
    }
    if (before.responseModel() == null) {
      facts.responseModel(response.model());
    }
    if (before.responseId() == null) {
      facts.responseId(response.id());
    }
    if (before.finishReasons().isEmpty()) {
      facts.finishReasons(response.finishReasons());
    }
    if (before.usage() == null) {
      facts.usage(response.usage());
    }
    if (before.cost() == null) {
      facts.cost(response.cost());
    }
    return facts.build();
  }

  /** Whether a body could add nothing but an odd cost. */
  private static boolean isComplete(@Nullable LlmProfile known) {
    return known != null
        && known.usage() != null
        && known.responseModel() != null
        && known.responseId() != null
        && !known.finishReasons().isEmpty();
  }

  private static LlmProfile.Builder builder(@Nullable LlmProfile known, ScopeCategory category) {
    if (known != null) {
      return known.toBuilder();
    }
    LlmProfile.Builder facts = LlmProfile.builder();
    return category == ScopeCategory.EMBEDDER ? facts.operation("embeddings") : facts;
  }
}
