package io.fairlead.atof.bodies;

/** The shapes of bodies that can be told apart. */
public enum BodyShape {
  /** OpenAI chat completions, and the many servers that speak it. */
  OPENAI_CHAT,
  /** OpenAI responses. */
  OPENAI_RESPONSES,
  /** OpenAI embeddings; answers only. */
  OPENAI_EMBEDDINGS,
  /** Anthropic messages. */
  ANTHROPIC_MESSAGES,
  /** Gemini {@code generateContent}. */
  GEMINI,
  /** An answer as Hermes hands it to hooks, put together from the chunks of a stream. */
  HERMES_ANSWER,
  /** A message of an assistant as OpenClaw keeps it. */
  OPENCLAW_MESSAGE
}
