package io.fairlead.interceptors.redaction;

import io.fairlead.spi.config.ConfigSpec;
import io.fairlead.spi.config.FieldSpec;
import io.fairlead.spi.config.FieldType;
import java.util.List;

/**
 * The fields of kind {@code pii_redaction}: those of NeMo Relay 0.10, version 1, and one of ours.
 */
final class RedactionFields {

  static final String VERSION = "version";
  static final String MODE = "mode";
  static final String INPUT = "input";
  static final String OUTPUT = "output";
  static final String MARK = "mark";
  static final String TOOL_INPUT = "tool_input";
  static final String TOOL_OUTPUT = "tool_output";
  static final String PRIORITY = "priority";
  static final String CODEC = "codec";
  static final String PROFILES = "profiles";
  static final String POLICY = "policy";
  static final List<String> POLICY_WORDS = List.of("ignore", "warn", "error");
  static final String BUILTIN = "builtin";
  static final String LOCAL = "local";
  static final String MOST_CHARACTERS = "max_content_characters";

  static final String ENABLED = "enabled";
  static final String PRESET = "preset";
  static final String ACTION = "action";
  static final String TARGET_PATHS = "target_paths";
  static final String TARGET_PATH_GLOBS = "target_path_globs";
  static final String PATTERN = "pattern";
  static final String DETECTOR = "detector";
  static final String REPLACEMENT = "replacement";
  static final String MASK_CHAR = "mask_char";
  static final String UNMASKED_PREFIX = "unmasked_prefix";
  static final String UNMASKED_SUFFIX = "unmasked_suffix";
  static final String CUSTOM_MARKS = "custom_mark_payload_policy";

  static final String MODE_BUILTIN = "builtin";
  static final String MODE_LOCAL = "local_model";
  static final String TRAJECTORY = "trajectory_context";
  static final String EMPTY_CUSTOM_MARKS = "redact_all_leaves";

  private static final ConfigSpec BUILTIN_SPEC =
      ConfigSpec.of(
          FieldSpec.string(PRESET, "A rule for whole conversations instead of an action.")
              .withAllowed(TRAJECTORY),
          FieldSpec.string(ACTION, "What happens to each text, or to each find in it.")
              .withAllowed("remove", "redact", "regex_replace", "hash", "mask")
              .withDefault("remove"),
          FieldSpec.of(
              TARGET_PATHS,
              FieldType.STRING_LIST,
              "JSON pointers (RFC 6901) of the values meant; empty: every text."),
          FieldSpec.of(
              TARGET_PATH_GLOBS,
              FieldType.STRING_LIST,
              "JSON pointers in which a step * is any one name or place."),
          FieldSpec.string(PATTERN, "An expression in RE2 syntax to look for."),
          FieldSpec.string(DETECTOR, "A well-known thing to look for.")
              .withAllowed(Detector.wireNames()),
          FieldSpec.string(REPLACEMENT, "What stands for a find; $1 and ${name} mean its groups.")
              .withDefault("[REDACTED]"),
          FieldSpec.string(MASK_CHAR, "What stands for each hidden character.").withDefault("*"),
          FieldSpec.integer(UNMASKED_PREFIX, "How many first characters stay.")
              .withRange(0, Integer.MAX_VALUE),
          FieldSpec.integer(UNMASKED_SUFFIX, "How many last characters stay.")
              .withRange(0, Integer.MAX_VALUE),
          FieldSpec.string(CUSTOM_MARKS, "What the preset does to payloads of custom marks.")
              .withAllowed("preserve", EMPTY_CUSTOM_MARKS)
              .withDefault("preserve"));

  private static final ConfigSpec LOCAL_SPEC =
      ConfigSpec.of(
          FieldSpec.string("backend", "Backend of the local model."),
          FieldSpec.string("model_id", "The local model."),
          FieldSpec.string("detector_profile", "What the local model looks for."),
          FieldSpec.bool("allow_network", "Whether the local model may use the network."),
          FieldSpec.integer("max_latency_ms", "How long the local model may take, milliseconds.")
              .withRange(0, Long.MAX_VALUE));

  private static final FieldSpec MODE_FIELD =
      FieldSpec.string(MODE, "Who looks: this program, or a local model.")
          .withAllowed(MODE_BUILTIN, MODE_LOCAL)
          .withDefault(MODE_BUILTIN);

  private static final FieldSpec PRIORITY_FIELD =
      FieldSpec.integer(PRIORITY, "Rules of lower priority numbers run earlier.")
          .withRange(Integer.MIN_VALUE, Integer.MAX_VALUE)
          .withDefault(100L);

  private static final FieldSpec BUILTIN_FIELD =
      FieldSpec.table(BUILTIN, "What the builtin mode does.", BUILTIN_SPEC);

  private static final FieldSpec LOCAL_FIELD =
      FieldSpec.table(LOCAL, "What the local_model mode does.", LOCAL_SPEC);

  private static final ConfigSpec PROFILE =
      ConfigSpec.of(
          FieldSpec.bool(ENABLED, "Whether the rule is applied.").withDefault(true),
          MODE_FIELD,
          PRIORITY_FIELD,
          BUILTIN_FIELD,
          LOCAL_FIELD);

  private static final ConfigSpec POLICY_SPEC =
      ConfigSpec.of(
          level("unknown_component", "warn"),
          level("unknown_field", "warn"),
          level("unsupported_value", "error"));

  static final ConfigSpec SPEC =
      ConfigSpec.of(
          FieldSpec.integer(VERSION, "Version of this table; 1.").withDefault(1L),
          MODE_FIELD,
          surface(INPUT, "requests of model calls"),
          surface(OUTPUT, "answers of model calls"),
          surface(MARK, "marks"),
          surface(TOOL_INPUT, "arguments of tool calls"),
          surface(TOOL_OUTPUT, "results of tool calls"),
          PRIORITY_FIELD,
          FieldSpec.string(
                  CODEC,
                  "The API that paths are meant for: model payloads of another one do not pass; default"
                      + " any.")
              .withAllowed(
                  "openai_chat",
                  "openai_responses",
                  "anthropic_messages",
                  "oci_genai",
                  "gemini_generate_content"),
          FieldSpec.table(POLICY, "How bad findings in this table are.", POLICY_SPEC),
          FieldSpec.tables(PROFILES, "Several rules, each for all payloads.", PROFILE),
          BUILTIN_FIELD,
          LOCAL_FIELD,
          FieldSpec.integer(
                  MOST_CHARACTERS,
                  "Longest payload; of a longer one the beginning is kept as text.")
              .withRange(1, Integer.MAX_VALUE)
              .withDefault(1_048_576L));

  private RedactionFields() {}

  private static FieldSpec surface(String name, String what) {
    return FieldSpec.bool(name, "Whether " + what + " are covered.").withDefault(true);
  }

  private static FieldSpec level(String name, String standard) {
    return FieldSpec.string(name, "Level of such findings: ignore, warn or error.")
        .withDefault(standard);
  }
}
