package io.fairlead.spi.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Facts of one attempt of a model call. Built with {@link #builder()}.
 *
 * @param operation {@code chat}, {@code text_completion}, {@code generate_content}, {@code
 *     embeddings} (values of {@code gen_ai.operation.name})
 * @param provider who served the call, as the runtime says it ({@code openai}, {@code anthropic},
 *     {@code custom}, …), or null
 * @param requestModel the model asked for, or null
 * @param responseModel the model that answered, or null
 * @param responseId the provider's id of the answer, or null
 * @param finishReasons why each choice ended, in the convention's words ({@code stop}, {@code
 *     length}, {@code tool_call}, {@code content_filter}, {@code error}) or the provider's own;
 *     empty when not known
 * @param usage tokens, or null
 * @param cost cost, or null when it is not known
 * @param serverAddress host of the endpoint, or null
 * @param serverPort port of the endpoint, or 0; non-zero whenever the address is set
 * @param attempt 1 for the first HTTP attempt of the logical call, 2 for its first retry; 0 when
 *     not known
 * @param streaming whether the answer was streamed, or null when not known
 * @param timeToFirstChunkNanos nanoseconds from request to first chunk, or -1
 * @param counting what of this call counters may add up
 */
public record LlmProfile(
    String operation,
    @Nullable String provider,
    @Nullable String requestModel,
    @Nullable String responseModel,
    @Nullable String responseId,
    List<String> finishReasons,
    @Nullable TokenUsage usage,
    @Nullable Cost cost,
    @Nullable String serverAddress,
    int serverPort,
    int attempt,
    @Nullable Boolean streaming,
    long timeToFirstChunkNanos,
    Counting counting)
    implements Profile {

  /** What of a call counters may add up. Spans and histograms show all that is known either way. */
  public enum Counting {
    /** The call, its tokens and its cost. */
    CALL_AND_USAGE,
    /** The call only: its tokens and cost are part of a {@link UsageReported}. */
    CALL,
    /** Nothing: call, tokens and cost are part of a {@link UsageReported}. */
    NONE
  }

  public LlmProfile {
    finishReasons = List.copyOf(finishReasons);
  }

  /**
   * The model calls are added up under: the one asked for, which is the name users configure, else
   * the one that answered, else null.
   */
  public @Nullable String model() {
    return requestModel != null ? requestModel : responseModel;
  }

  /** The same facts with another cost. */
  public LlmProfile withCost(@Nullable Cost newCost) {
    return toBuilder().cost(newCost).build();
  }

  /** An empty builder: operation {@code chat}, everything else unknown, fully counted. */
  public static Builder builder() {
    return new Builder();
  }

  /** A builder holding these facts. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.operation = operation;
    builder.provider = provider;
    builder.requestModel = requestModel;
    builder.responseModel = responseModel;
    builder.responseId = responseId;
    builder.finishReasons = finishReasons;
    builder.usage = usage;
    builder.cost = cost;
    builder.serverAddress = serverAddress;
    builder.serverPort = serverPort;
    builder.attempt = attempt;
    builder.streaming = streaming;
    builder.timeToFirstChunkNanos = timeToFirstChunkNanos;
    builder.counting = counting;
    return builder;
  }

  /** Collects the facts of a call. Not thread-safe. */
  public static final class Builder {
    private String operation = "chat";
    private @Nullable String provider;
    private @Nullable String requestModel;
    private @Nullable String responseModel;
    private @Nullable String responseId;
    private List<String> finishReasons = List.of();
    private @Nullable TokenUsage usage;
    private @Nullable Cost cost;
    private @Nullable String serverAddress;
    private int serverPort;
    private int attempt;
    private @Nullable Boolean streaming;
    private long timeToFirstChunkNanos = -1;
    private Counting counting = Counting.CALL_AND_USAGE;

    private Builder() {}

    public Builder operation(String value) {
      operation = value;
      return this;
    }

    public Builder provider(@Nullable String value) {
      provider = value;
      return this;
    }

    public Builder requestModel(@Nullable String value) {
      requestModel = value;
      return this;
    }

    public Builder responseModel(@Nullable String value) {
      responseModel = value;
      return this;
    }

    public Builder responseId(@Nullable String value) {
      responseId = value;
      return this;
    }

    public Builder finishReasons(List<String> value) {
      finishReasons = value;
      return this;
    }

    public Builder usage(@Nullable TokenUsage value) {
      usage = value;
      return this;
    }

    public Builder cost(@Nullable Cost value) {
      cost = value;
      return this;
    }

    /** Host and port of the endpoint; a null host clears both. */
    public Builder server(@Nullable String address, int port) {
      serverAddress = address;
      serverPort = address == null ? 0 : port;
      return this;
    }

    public Builder attempt(int value) {
      attempt = value;
      return this;
    }

    public Builder streaming(@Nullable Boolean value) {
      streaming = value;
      return this;
    }

    public Builder timeToFirstChunkNanos(long value) {
      timeToFirstChunkNanos = value;
      return this;
    }

    public Builder counting(Counting value) {
      counting = value;
      return this;
    }

    public LlmProfile build() {
      return new LlmProfile(
          operation,
          provider,
          requestModel,
          responseModel,
          responseId,
          finishReasons,
          usage,
          cost,
          serverAddress,
          serverPort,
          attempt,
          streaming,
          timeToFirstChunkNanos,
          counting);
    }
  }
}
