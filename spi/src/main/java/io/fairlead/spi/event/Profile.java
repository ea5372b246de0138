package io.fairlead.spi.event;

/** Typed facts of a scope, by its category. */
public sealed interface Profile permits AgentProfile, LlmProfile, ToolProfile, CustomProfile {}
