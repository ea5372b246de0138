package io.fairlead.spi.event;

import org.jspecify.annotations.Nullable;

/**
 * Facts of a tool call.
 *
 * @param toolName name of the tool as the runtime says it
 * @param callId the id that ties the result to the model's request, or null
 * @param exitCode exit code of a command the tool ran, or null
 * @param resultKnown whether a result was seen. False: the call was made and nothing came back
 */
public record ToolProfile(
    String toolName, @Nullable String callId, @Nullable Integer exitCode, boolean resultKnown)
    implements Profile {}
