package io.fairlead.core.config;

import io.fairlead.spi.config.ConfigNode;
import io.fairlead.spi.diagnostic.Level;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Replaces {@code ${env:NAME}} and {@code ${env:NAME:-default}} for validation. {@code ${file:…}}
 * stays: validation reads no files. What is planned keeps the text as written, and {@link Resolver}
 * replaces everything in one pass, so that no value is ever read as a reference.
 */
public final class Variables {

  /** A reference names something that is not there. */
  public static final String UNRESOLVED = "plugin.unresolved_variable";

  /** A reference is not well formed. */
  public static final String MALFORMED = "plugin.invalid_variable";

  private static final Set<String> SCHEMES = Set.of(Template.ENV, Template.FILE);

  private final Function<String, @Nullable String> environment;

  /** Variables of an environment. */
  public Variables(Function<String, @Nullable String> environment) {
    this.environment = environment;
  }

  /** The table as it reads with its variables replaced; what cannot be replaced is reported. */
  public ConfigNode.Table replace(ConfigNode.Table table, Reporter reporter) {
    return new TextReplacer((path, text) -> replaced(path, text, reporter)).table("", table);
  }

  /**
   * The text of a value after {@link #replace}; null when it is not known now, because a file
   * decides it or because a variable is not set, which is a finding already.
   */
  public static @Nullable String known(@Nullable ConfigNode node) {
    return node instanceof ConfigNode.Text text && !Template.isOpen(text.value())
        ? text.value()
        : null;
  }

  /** Whether a file decides what a text is. */
  public static boolean isFromFile(ConfigNode.Text text) {
    return Template.isDeferred(text.value());
  }

  private String replaced(String path, ConfigNode.Text text, Reporter reporter) {
    StringBuilder result = new StringBuilder();
    for (Template.Part part : Template.of(text.value(), SCHEMES).parts()) {
      if (part instanceof Template.Literal literal) {
        result.append(literal.text());
      } else if (part instanceof Template.Broken broken) {
        reporter.report(Level.ERROR, MALFORMED, path, text.position(), broken.reason(), null);
        return text.value();
      } else if (part instanceof Template.Reference reference) {
        String value = value(reference);
        if (value == null) {
          reporter.report(
              Level.ERROR,
              UNRESOLVED,
              path,
              text.position(),
              "environment variable '" + reference.key() + "' is not set",
              "set it, or give a default: ${env:" + reference.key() + ":-…}");
          return text.value();
        }
        result.append(value);
      }
    }
    return result.toString();
  }

  private @Nullable String value(Template.Reference reference) {
    if (!reference.scheme().equals(Template.ENV)) {
      return "${" + reference.scheme() + ":" + reference.key() + "}";
    }
    String value = environment.apply(reference.key());
    return value == null ? reference.fallback() : value;
  }
}
