package io.fairlead.core.observability;

import io.fairlead.core.config.DocumentReader;
import io.fairlead.core.config.PlainValues;
import io.fairlead.core.config.TomlBlock;
import io.fairlead.core.config.TomlDocument;
import io.fairlead.core.config.TomlReader;
import io.fairlead.core.config.TomlScanner;
import io.fairlead.spi.config.ConfigNode;
import io.fairlead.spi.diagnostic.Diagnostic;
import io.fairlead.spi.diagnostic.SourcePosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites the {@code observability} configuration of a text for the current generation. Comments,
 * order and layout of everything that need not change stay. The same steps that convert the tree
 * change the text, and the two results are compared: a text whose shape is not understood is
 * refused, never damaged.
 *
 * @param text the new text; the old one when it is of the current generation already
 * @param from the generation it was written for
 * @param notes what a person should know
 */
public record Migration(String text, int from, List<Diagnostic> notes) {

  /** The generation texts are rewritten for. */
  public static final int TARGET = Generation.CURRENT;

  private static final String BYTE_ORDER_MARK = "\uFEFF";
  private static final Pattern NUMBER = Pattern.compile("[+0-9A-Za-z_]+");

  /** Copies what it is given. */
  public Migration {
    notes = List.copyOf(notes);
  }

  /** A text cannot be rewritten without a person; it is left as it is. */
  public static final class UnknownShape extends Exception {
    private static final long serialVersionUID = 1L;

    UnknownShape(String message) {
      super(message);
    }
  }

  /**
   * Rewrites a text.
   *
   * @param fileName what the notes name, or null
   * @param environment for defaults that depend on it
   * @throws UnknownShape when it cannot be done; the message says why
   */
  public static Migration of(
      String text, @Nullable String fileName, Function<String, @Nullable String> environment)
      throws UnknownShape {
    if (fileName != null && DocumentReader.isYaml(fileName)) {
      throw new UnknownShape("it is YAML, and only TOML can be rewritten");
    }
    String mark = text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : "";
    String plain = text.substring(mark.length());
    ConfigNode.Table document = parsed(plain, fileName);
    ConfigNode.Table config = config(document);
    ConfigNode version = config == null ? null : config.get("version");
    if (config == null || !(version instanceof ConfigNode.Integer number)) {
      return new Migration(text, TARGET, List.of());
    }
    Generation generation = Generation.of(number.value());
    if (generation == null) {
      throw new UnknownShape(line(number.position()) + "there is no generation " + number.value());
    }
    if (generation.version() == TARGET) {
      return new Migration(text, TARGET, List.of());
    }
    refuseLater(config, generation);
    List<TomlBlock> blocks = TomlScanner.blocks(withVersion(plain, number));
    List<Diagnostic> notes = replay(blocks, generation, config, environment);
    String result = TomlScanner.text(blocks);
    check(document, result, environment);
    return new Migration(mark + result, generation.version(), notes);
  }

  /** What the author's generation ignored must not come to life unasked. */
  private static void refuseLater(ConfigNode node, Generation generation) throws UnknownShape {
    if (node instanceof ConfigNode.Table table) {
      for (Map.Entry<String, ConfigNode.Entry> entry : table.entries().entrySet()) {
        if (generation.later().contains(entry.getKey())) {
          throw new UnknownShape(
              line(entry.getValue().keyPosition())
                  + "'"
                  + entry.getKey()
                  + "' has no effect in generation "
                  + generation.version()
                  + " and would have one in "
                  + TARGET
                  + "; remove it first");
        }
        refuseLater(entry.getValue().value(), generation);
      }
    } else if (node instanceof ConfigNode.Array array) {
      for (ConfigNode element : array.elements()) {
        refuseLater(element, generation);
      }
    }
  }

  private static List<Diagnostic> replay(
      List<TomlBlock> blocks,
      Generation generation,
      ConfigNode.Table config,
      Function<String, @Nullable String> environment)
      throws UnknownShape {
    if (generation.reshaped().stream().allMatch(name -> config.get(name) == null)) {
      return List.of();
    }
    SectionText text = new SectionText(blocks, component(blocks, config));
    for (String section : generation.reshaped()) {
      ConfigNode table = config.get(section);
      if (table != null && !text.hasHeaders(section)) {
        throw new UnknownShape(
            line(table.position())
                + "section '"
                + section
                + "' is not written under a header [components.config."
                + section
                + "]; write it so first");
      }
    }
    StepText steps = new StepText(text, environment);
    ConfigNode.Table current = config;
    List<Step> all = generation.stepsToCurrent();
    for (Step step : all) {
      current = step instanceof Step.Join join ? steps.dropIdle(join, current) : current;
    }
    for (Step step : all) {
      current = steps.replay(step, current);
    }
    return steps.notes();
  }

  /** The new text must mean what the old one meant, in this component and everywhere else. */
  private static void check(
      ConfigNode.Table before, String text, Function<String, @Nullable String> environment)
      throws UnknownShape {
    ConfigNode.Table after;
    try {
      after = parsed(text, null);
    } catch (UnknownShape e) {
      throw new UnknownShape("it is laid out in a way that cannot be rewritten");
    }
    if (!PlainValues.of(current(before, environment))
        .equals(PlainValues.of(current(after, environment)))) {
      throw new UnknownShape("it is laid out in a way that cannot be rewritten");
    }
  }

  private static ConfigNode.Table current(
      ConfigNode.Table document, Function<String, @Nullable String> environment) {
    List<ConfigNode> components = new ArrayList<>();
    for (ConfigNode element : Tables.elements(document, "components")) {
      components.add(
          element instanceof ConfigNode.Table component && isObservability(component)
              ? current(component, "config", environment)
              : element);
    }
    return Tables.with(document, "components", new ConfigNode.Array(components, null));
  }

  private static ConfigNode.Table current(
      ConfigNode.Table component, String key, Function<String, @Nullable String> environment) {
    ConfigNode.Table config = Tables.table(component, key);
    if (config == null) {
      return component;
    }
    Generation generation =
        config.get("version") instanceof ConfigNode.Integer number
            ? Generation.of(number.value())
            : null;
    ConfigNode.Table converted =
        (generation == null ? Generation.current() : generation).toCurrent(config, environment);
    ConfigNode version = new ConfigNode.Integer(TARGET, null);
    return Tables.with(component, key, Tables.with(converted, "version", version));
  }

  private static ConfigNode.Table parsed(String text, @Nullable String fileName)
      throws UnknownShape {
    TomlDocument document = TomlReader.parse(text, fileName);
    if (!document.diagnostics().isEmpty()) {
      throw new UnknownShape(
          line(document.diagnostics().get(0).position()) + "it is not valid TOML");
    }
    return document.table();
  }

  private static ConfigNode.@Nullable Table config(ConfigNode.Table document) throws UnknownShape {
    ConfigNode.Table found = null;
    for (ConfigNode element : Tables.elements(document, "components")) {
      if (element instanceof ConfigNode.Table component && isObservability(component)) {
        if (found != null) {
          throw new UnknownShape(
              line(component.position()) + "it has more than one component 'observability'");
        }
        found = component;
      }
    }
    return found == null ? null : Tables.table(found, "config");
  }

  private static boolean isObservability(ConfigNode.Table component) {
    return component.get("kind") instanceof ConfigNode.Text kind
        && kind.value().equals(ObservabilityComponent.KIND);
  }

  private static int component(List<TomlBlock> blocks, ConfigNode.Table config)
      throws UnknownShape {
    for (int i = 0; i < blocks.size(); i++) {
      if (SectionText.isComponent(blocks.get(i)) && isObservability(blocks.get(i))) {
        return i;
      }
    }
    throw new UnknownShape(
        line(config.position())
            + "its component is not written under a header [[components]]; write it so first");
  }

  private static boolean isObservability(TomlBlock block) throws UnknownShape {
    for (TomlBlock.Statement statement : block.statements()) {
      if (statement.isAbout("kind")) {
        return parsed(statement.text(), null).get("kind") instanceof ConfigNode.Text kind
            && kind.value().equals(ObservabilityComponent.KIND);
      }
    }
    return false;
  }

  /** The text with another number in the place of the version. */
  private static String withVersion(String text, ConfigNode.Integer version) throws UnknownShape {
    SourcePosition place = version.position();
    int at = place == null ? -1 : offset(text, place);
    Matcher matcher = NUMBER.matcher(text);
    if (at < 0 || !matcher.region(at, text.length()).lookingAt()) {
      throw new UnknownShape("its version cannot be found");
    }
    return text.substring(0, at) + TARGET + text.substring(matcher.end());
  }

  /** How a refusal begins when it has a place. */
  static String line(@Nullable SourcePosition place) {
    return place == null ? "" : "line " + place.line() + ": ";
  }

  private static int offset(String text, SourcePosition place) {
    int at = 0;
    for (int line = 1; line < place.line(); line++) {
      at = text.indexOf('\n', at) + 1;
    }
    return at + place.column() - 1;
  }
}
