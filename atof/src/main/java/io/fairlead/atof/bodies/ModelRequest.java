package io.fairlead.atof.bodies;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a model was asked.
 *
 * @param shape the API it was written for
 * @param model the model asked for, or null
 * @param parameters how it wants to be answered
 * @param instructions what stands above the conversation; empty when nothing does, also where the
 *     API has them as a message
 * @param messages the conversation
 * @param tools the tools offered
 */
public record ModelRequest(
    BodyShape shape,
    @Nullable String model,
    RequestParameters parameters,
    List<Part> instructions,
    List<Message> messages,
    List<ToolDefinition> tools) {

  public ModelRequest {
    instructions = List.copyOf(instructions);
    messages = List.copyOf(messages);
    tools = List.copyOf(tools);
  }
}
