package io.fairlead.core.config;

import io.fairlead.spi.diagnostic.Diagnostic;
import io.fairlead.spi.diagnostic.SourcePosition;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/**
 * Reads YAML 1.2 into the tree that {@link TomlReader} makes of TOML. Only what both can say is
 * read: one mapping of scalars, sequences and mappings. Anchors, aliases, merge keys, tags beyond
 * the core schema, repeated keys, null and a second document are refused. No content and no file
 * makes it throw: whatever is wrong is a diagnostic.
 */
public final class YamlReader {

  /** The text is not YAML 1.2, uses what is refused, or goes beyond the limits of a document. */
  public static final String INVALID_YAML = "plugin.invalid_yaml";

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  /** Where the parser's words quote the text: quoted names, characters with their number, tags. */
  private static final Pattern QUOTED =
      Pattern.compile("'[^']*[\\w$][^']*'|\\S*\\(\\S*\\)|![^ ]*|\"[^\"]*\"");

  private YamlReader() {}

  /** Reads a file; the positions name it as the path does. */
  public static TomlDocument read(Path file) {
    return DocumentFile.read(file, YamlReader::parse);
  }

  /**
   * Reads a text.
   *
   * @param fileName what positions are to name, or null
   */
  public static TomlDocument parse(String text, @Nullable String fileName) {
    String yaml = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    TextLines lines = new TextLines(fileName, yaml);
    try {
      Parse parse = new Parse(settings());
      return new TomlDocument(
          new YamlTree(lines, parse.parseString(yaml).iterator()).convert(), List.of());
    } catch (YamlTree.Refused e) {
      return failed(e.reason(), place(lines, e.mark()));
    } catch (MarkedYamlEngineException e) {
      return failed(
          "invalid YAML: " + QUOTED.matcher(e.getProblem()).replaceAll("…"),
          place(lines, e.getProblemMark().or(e::getContextMark).orElse(null)));
    } catch (RuntimeException | StackOverflowError e) {
      // A parser that gives up on hostile input must not take the program with it.
      return failed("the document cannot be parsed", new SourcePosition(fileName, 1, 1));
    }
  }

  private static LoadSettings settings() {
    return LoadSettings.builder()
        .setCodePointLimit(TomlReader.MAX_BYTES)
        .setParseComments(false)
        .build();
  }

  private static @Nullable SourcePosition place(TextLines lines, @Nullable Mark mark) {
    return mark == null ? null : lines.position(mark.getLine() + 1, mark.getColumn() + 1);
  }

  private static TomlDocument failed(String message, @Nullable SourcePosition position) {
    return TomlDocument.failed(Diagnostic.error(INVALID_YAML, null, message).at(position));
  }
}
