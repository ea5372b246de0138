package io.fairlead.interceptors.redaction;

import static io.fairlead.interceptors.redaction.RedactionFields.ACTION;
import static io.fairlead.interceptors.redaction.RedactionFields.BUILTIN;
import static io.fairlead.interceptors.redaction.RedactionFields.CUSTOM_MARKS;
import static io.fairlead.interceptors.redaction.RedactionFields.DETECTOR;
import static io.fairlead.interceptors.redaction.RedactionFields.ENABLED;
import static io.fairlead.interceptors.redaction.RedactionFields.INPUT;
import static io.fairlead.interceptors.redaction.RedactionFields.LOCAL;
import static io.fairlead.interceptors.redaction.RedactionFields.MARK;
import static io.fairlead.interceptors.redaction.RedactionFields.MASK_CHAR;
import static io.fairlead.interceptors.redaction.RedactionFields.MODE;
import static io.fairlead.interceptors.redaction.RedactionFields.MODE_BUILTIN;
import static io.fairlead.interceptors.redaction.RedactionFields.MODE_LOCAL;
import static io.fairlead.interceptors.redaction.RedactionFields.OUTPUT;
import static io.fairlead.interceptors.redaction.RedactionFields.PATTERN;
import static io.fairlead.interceptors.redaction.RedactionFields.POLICY;
import static io.fairlead.interceptors.redaction.RedactionFields.POLICY_WORDS;
import static io.fairlead.interceptors.redaction.RedactionFields.PRESET;
import static io.fairlead.interceptors.redaction.RedactionFields.PRIORITY;
import static io.fairlead.interceptors.redaction.RedactionFields.PROFILES;
import static io.fairlead.interceptors.redaction.RedactionFields.TARGET_PATHS;
import static io.fairlead.interceptors.redaction.RedactionFields.TARGET_PATH_GLOBS;
import static io.fairlead.interceptors.redaction.RedactionFields.TOOL_INPUT;
import static io.fairlead.interceptors.redaction.RedactionFields.TOOL_OUTPUT;
import static io.fairlead.interceptors.redaction.RedactionFields.UNMASKED_PREFIX;
import static io.fairlead.interceptors.redaction.RedactionFields.UNMASKED_SUFFIX;
import static io.fairlead.interceptors.redaction.RedactionFields.VERSION;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.fairlead.spi.ValidationContext;
import io.fairlead.spi.config.ConfigNode;
import io.fairlead.spi.config.ConfigView;
import io.fairlead.spi.diagnostic.Level;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a spec cannot say about kind {@code pii_redaction}; NeMo Relay's rules in its order. */
final class RedactionRules {

  private static final List<String> SINGLE_POLICY =
      List.of(MODE, INPUT, OUTPUT, MARK, TOOL_INPUT, TOOL_OUTPUT, PRIORITY, BUILTIN, LOCAL);

  private static final List<String> NOT_WITH_PRESET =
      List.of(
          ACTION,
          DETECTOR,
          PATTERN,
          TARGET_PATHS,
          TARGET_PATH_GLOBS,
          MASK_CHAR,
          UNMASKED_PREFIX,
          UNMASKED_SUFFIX);

  private final ValidationContext context;

  RedactionRules(ValidationContext context) {
    this.context = context;
  }

  void check(ConfigView config) {
    policyWords(config.table(POLICY));
    if (config.has(PROFILES)) {
      profiles(config);
      version(config);
      return;
    }
    version(config);
    if (!config.bool(INPUT)
        && !config.bool(OUTPUT)
        && !config.bool(MARK)
        && !config.bool(TOOL_INPUT)
        && !config.bool(TOOL_OUTPUT)) {
      unsupported(INPUT, config.node(INPUT), "at least one kind of payload must be covered", null);
    }
    policy(config, "");
  }

  /** Relay cannot read a document in which one of these is another word. */
  private void policyWords(ConfigView policy) {
    for (String field : List.of("unknown_component", "unknown_field", "unsupported_value")) {
      String word = policy.stringOrNull(field);
      if (word != null && !POLICY_WORDS.contains(word)) {
        context.report(
            Level.ERROR,
            "pii_redaction.invalid_plugin_config",
            POLICY + "." + field,
            policy.node(field),
            "field '" + POLICY + "." + field + "' must be one of 'ignore', 'warn', 'error'",
            null);
      }
    }
  }

  private void version(ConfigView config) {
    long version = config.integer(VERSION);
    if (version != 1) {
      context.unsupportedVersion(
          config.node(VERSION), "PII redaction config version " + version + " is unsupported");
    }
  }

  private void profiles(ConfigView config) {
    for (String field : SINGLE_POLICY) {
      if (config.has(field)) {
        unsupported(
            field, config.node(field), "'" + field + "' cannot be combined with profiles", null);
      }
    }
    List<ConfigView> profiles = config.tables(PROFILES);
    if (profiles.stream().noneMatch(profile -> profile.bool(ENABLED))) {
      unsupported(
          PROFILES,
          config.node(PROFILES),
          "there must be at least one enabled profile",
          "remove the component if nothing is to be redacted");
      return;
    }
    for (int i = 0; i < profiles.size(); i++) {
      policy(profiles.get(i), PROFILES + "[" + i + "].");
    }
  }

  private void policy(ConfigView policy, String prefix) {
    String mode = policy.stringOrNull(MODE);
    ConfigView builtin = policy.tableOrNull(BUILTIN);
    if (MODE_BUILTIN.equals(mode) && builtin == null && !policy.has(BUILTIN)) {
      unsupported(prefix + BUILTIN, policy.table(), "mode 'builtin' needs a 'builtin' table", null);
    } else if (!MODE_BUILTIN.equals(mode) && policy.has(BUILTIN)) {
      unsupported(
          prefix + BUILTIN, policy.node(BUILTIN), "'builtin' is for mode 'builtin' only", null);
    }
    if (builtin != null) {
      builtin(builtin, prefix + BUILTIN + ".");
    }
    local(policy, mode, prefix);
  }

  private void local(ConfigView policy, @Nullable String mode, String prefix) {
    if (!MODE_LOCAL.equals(mode)) {
      if (policy.has(LOCAL)) {
        unsupported(
            prefix + LOCAL, policy.node(LOCAL), "'local' is for mode 'local_model' only", null);
      }
      return;
    }
    if (!prefix.isEmpty() && !policy.has(LOCAL)) {
      unsupported(prefix + LOCAL, policy.table(), "mode 'local_model' needs a 'local' table", null);
    }
    context.report(
        Level.ERROR,
        "pii_redaction.local_model_unavailable",
        prefix + MODE,
        policy.node(MODE),
        "no local model can be run: nothing would be redacted",
        "use mode = \"builtin\"");
  }

  private void builtin(ConfigView builtin, String prefix) {
    pointers(builtin, prefix, TARGET_PATHS);
    pointers(builtin, prefix, TARGET_PATH_GLOBS);
    if (builtin.has(PRESET)) {
      for (String field : NOT_WITH_PRESET) {
        if (builtin.has(field)) {
          unsupported(
              prefix + field,
              builtin.node(field),
              "'" + field + "' cannot be combined with a preset",
              null);
        }
      }
    } else {
      action(builtin, prefix);
    }
  }

  private void pointers(ConfigView builtin, String prefix, String field) {
    List<String> paths = builtin.strings(field);
    for (int i = 0; i < paths.size(); i++) {
      if (!isPointer(paths.get(i))) {
        unsupported(
            prefix + field + "[" + i + "]",
            element(builtin.node(field), i),
            "this is no JSON pointer (RFC 6901)",
            "a pointer begins with '/'; '~' is written ~0 and '/' inside a name ~1");
      }
    }
  }

  private void action(ConfigView builtin, String prefix) {
    if (builtin.has(CUSTOM_MARKS)) {
      unsupported(
          prefix + CUSTOM_MARKS,
          builtin.node(CUSTOM_MARKS),
          "'" + CUSTOM_MARKS + "' belongs to preset 'trajectory_context'",
          null);
    }
    String action = builtin.stringOrNull(ACTION);
    if ("remove".equals(builtin.string(ACTION))
        && builtin.strings(TARGET_PATHS).isEmpty()
        && builtin.strings(TARGET_PATH_GLOBS).isEmpty()) {
      unsupported(
          prefix + TARGET_PATHS,
          builtin.has(ACTION) ? builtin.node(ACTION) : builtin.table(),
          "action 'remove' needs target_paths or target_path_globs",
          "to hide every text use action = \"mask\" or \"hash\"");
    }
    boolean searches = "redact".equals(action) || "regex_replace".equals(action);
    if (searches && !builtin.has(PATTERN) && !builtin.has(DETECTOR)) {
      unsupported(
          prefix + PATTERN,
          builtin.node(ACTION),
          "action '" + action + "' needs a pattern or a detector",
          null);
    }
    if (builtin.has(PATTERN) && builtin.has(DETECTOR)) {
      unsupported(
          prefix + DETECTOR,
          builtin.node(DETECTOR),
          "a pattern and a detector exclude each other",
          null);
    }
    pattern(builtin, prefix);
    if ("mask".equals(action) && "".equals(builtin.stringOrNull(MASK_CHAR))) {
      unsupported(prefix + MASK_CHAR, builtin.node(MASK_CHAR), "the mask must not be empty", null);
    }
  }

  private void pattern(ConfigView builtin, String prefix) {
    String pattern = builtin.stringOrNull(PATTERN);
    if (pattern == null) {
      return;
    }
    try {
      Pattern.compile(pattern);
    } catch (PatternSyntaxException e) {
      unsupported(
          prefix + PATTERN,
          builtin.node(PATTERN),
          "this is no expression: " + e.getDescription(),
          "RE2 syntax: no look-around, no back references");
    }
  }

  private static boolean isPointer(String path) {
    if (path.isEmpty()) {
      return true;
    }
    for (int i = path.indexOf('~'); i >= 0; i = path.indexOf('~', i + 1)) {
      char next = i + 1 < path.length() ? path.charAt(i + 1) : ' ';
      if (next != '0' && next != '1') {
        return false;
      }
    }
    return path.startsWith("/");
  }

  private static @Nullable ConfigNode element(@Nullable ConfigNode node, int index) {
    return node instanceof ConfigNode.Array array ? array.elements().get(index) : node;
  }

  private void unsupported(
      String field, @Nullable ConfigNode at, String message, @Nullable String hint) {
    context.unsupportedValue(field, at, message, hint);
  }
}
