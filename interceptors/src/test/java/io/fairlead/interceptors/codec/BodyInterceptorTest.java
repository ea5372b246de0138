package io.fairlead.interceptors.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.spi.Interceptor.Stage;
import io.fairlead.spi.event.Cost;
import io.fairlead.spi.event.EventHeader;
import io.fairlead.spi.event.Json;
import io.fairlead.spi.event.LlmProfile;
import io.fairlead.spi.event.Origin;
import io.fairlead.spi.event.Outcome;
import io.fairlead.spi.event.Profile;
import io.fairlead.spi.event.ScopeCategory;
import io.fairlead.spi.event.ScopeEnd;
import io.fairlead.spi.event.ScopeStart;
import io.fairlead.spi.event.TimeQuality;
import io.fairlead.spi.event.TokenUsage;
import io.fairlead.spi.event.ToolProfile;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BodyInterceptorTest {

  private static final String REQUEST =
      "{\"headers\":{},\"content\":{\"model\":\"gpt-4o\",\"stream\":true,"
          + "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}}";
  private static final String ANSWER =
      "{\"id\":\"r1\",\"model\":\"gpt-4o-2024\",\"choices\":[{\"finish_reason\":\"stop\","
          + "\"message\":{\"role\":\"assistant\",\"content\":\"yo\"}}],\"usage\":{"
          + "\"prompt_tokens\":10,\"completion_tokens\":2,\"cost\":0.5}}";

  private final BodyInterceptor interceptor = new BodyInterceptor();

  private static EventHeader header(@Nullable String data, @Nullable String metadata) {
    UUID id = new UUID(1, 2);
    return new EventHeader(
        id,
        null,
        id,
        5,
        "openai",
        Origin.of("test"),
        data == null ? null : new Json(data),
        metadata == null ? null : new Json(metadata),
        null,
        null);
  }

  private static ScopeEnd call(
      ScopeCategory category,
      @Nullable Profile profile,
      @Nullable String request,
      @Nullable String answer) {
    ScopeStart start = new ScopeStart(header(request, null), category, profile);
    return new ScopeEnd(header(answer, null), start, profile, Outcome.OK, TimeQuality.EXACT, false);
  }

  private LlmProfile facts(ScopeEnd end) {
    Profile profile = ((ScopeEnd) interceptor.intercept(end)).profile();
    return (LlmProfile) Objects.requireNonNull(profile);
  }

  @Test
  void runsBeforeEverythingElse() {
    assertThat(interceptor.stage()).isEqualTo(Stage.CODEC);
  }

  @Test
  void fillsInWhatIsMissing() {
    ScopeEnd end = call(ScopeCategory.LLM, LlmProfile.builder().build(), REQUEST, ANSWER);
    ScopeEnd filled = (ScopeEnd) interceptor.intercept(end);

    LlmProfile asked = LlmProfile.builder().requestModel("gpt-4o").streaming(true).build();
    assertThat(filled.start().profile()).isEqualTo(asked);
    assertThat(filled.start()).isEqualTo(interceptor.intercept(end.start()));
    assertThat(filled.profile())
        .isEqualTo(
            asked.toBuilder()
                .responseModel("gpt-4o-2024")
                .responseId("r1")
                .finishReasons(List.of("stop"))
                .usage(new TokenUsage(10, -1, -1, -1, -1, -1, -1, -1, 10, 2))
                .cost(
                    new Cost(
                        new BigDecimal("0.5"), "USD", Cost.Status.REPORTED, Cost.Source.PROVIDER))
                .build());
    assertThat(filled.header()).isEqualTo(end.header());
    assertThat(interceptor.intercept(filled)).isSameAs(filled);
  }

  @Test
  void leavesFactsAsTheyAre() {
    LlmProfile known =
        LlmProfile.builder()
            .provider("mine")
            .requestModel("asked")
            .responseModel("answered")
            .responseId("id")
            .finishReasons(List.of("length"))
            .usage(TokenUsage.totals(1, 0, 1))
            .streaming(false)
            .build();
    LlmProfile unpriced = known.toBuilder().responseId(null).build();

    ScopeEnd complete = call(ScopeCategory.LLM, known, REQUEST, ANSWER);
    assertThat(interceptor.intercept(complete)).isSameAs(complete);
    LlmProfile filled = facts(call(ScopeCategory.LLM, unpriced, REQUEST, ANSWER));
    assertThat(filled.withCost(null)).isEqualTo(known.toBuilder().responseId("r1").build());
  }

  @Test
  void passesWhatHasNoBodies() {
    for (ScopeEnd end :
        List.of(
            call(ScopeCategory.LLM, LlmProfile.builder().build(), null, null),
            call(ScopeCategory.LLM, LlmProfile.builder().build(), "\"hi\"", "[{\"role\":1}]"),
            call(ScopeCategory.LLM, null, "{\"a\":1}", "{\"error\":{}}"),
            call(ScopeCategory.TOOL, new ToolProfile("t", null, null, true), REQUEST, ANSWER),
            call(ScopeCategory.AGENT, null, REQUEST, ANSWER))) {
      assertThat(interceptor.intercept(end)).isSameAs(end);
      assertThat(interceptor.intercept(end.start())).isSameAs(end.start());
    }
  }

  @Test
  void readsEmbeddings() {
    LlmProfile facts =
        facts(
            call(
                ScopeCategory.EMBEDDER,
                null,
                "{\"model\":\"text-embedding-3-small\",\"input\":[\"a\",\"b\"]}",
                "{\"object\":\"list\",\"data\":[],\"usage\":{\"prompt_tokens\":8}}"));
    assertThat(facts.operation()).isEqualTo("embeddings");
    assertThat(facts.requestModel()).isEqualTo("text-embedding-3-small");
    assertThat(Objects.requireNonNull(facts.usage()).totalInput()).isEqualTo(8);
  }

  @Test
  void takesTheEndpointFromMetadata() {
    String metadata = "{\"server.address\":\"api.test\",\"server.port\":8443}";
    ScopeStart start =
        new ScopeStart(header(null, metadata), ScopeCategory.LLM, LlmProfile.builder().build());
    ScopeEnd end =
        new ScopeEnd(
            header(null, metadata), start, start.profile(), Outcome.OK, TimeQuality.EXACT, false);
    assertThat(facts(end).serverAddress()).isEqualTo("api.test");
    assertThat(facts(end).serverPort()).isEqualTo(8443);
  }
}
