package io.fairlead.core.config;

import io.fairlead.spi.config.ConfigNode;
import io.fairlead.spi.diagnostic.Diagnostic;
import io.fairlead.spi.diagnostic.SourcePosition;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseOptions;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlVersion;

/**
 * Reads TOML 1.0 into a {@link ConfigNode.Table} that knows the place of every key and value. No
 * content and no file makes it throw: whatever is wrong is a diagnostic.
 */
public final class TomlReader {

  /** The text is not TOML 1.0, or goes beyond the limits of a document. */
  public static final String INVALID_TOML = "plugin.invalid_toml";

  /** There is no such file. */
  public static final String FILE_MISSING = "plugin.configuration_file_missing";

  /** There is something, but it cannot be read as text. */
  public static final String FILE_UNREADABLE = "plugin.configuration_file_unreadable";

  /** Most bytes a document may have. */
  static final int MAX_BYTES = 1 << 20;

  /** Deepest nesting of tables and arrays. */
  static final int MAX_DEPTH = 64;

  private static final String UNEXPECTED = "Unexpected '";

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private TomlReader() {}

  /** Reads a file; the positions name it as the path does. */
  public static TomlDocument read(Path file) {
    return DocumentFile.read(file, TomlReader::parse);
  }

  /**
   * Reads a text.
   *
   * @param fileName what positions are to name, or null
   */
  public static TomlDocument parse(String text, @Nullable String fileName) {
    String toml = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    TextLines lines = new TextLines(fileName, toml);
    List<Diagnostic> diagnostics = new ArrayList<>();
    TomlParseResult result;
    try {
      result =
          Toml.parse(
              toml,
              TomlParseOptions.sourceless()
                  .withVersion(TomlVersion.V1_0_0)
                  .withMaxNestingDepth(MAX_DEPTH));
    } catch (RuntimeException | StackOverflowError e) {
      // A parser that gives up on hostile input must not take the program with it.
      SourcePosition start = new SourcePosition(fileName, 1, 1);
      return TomlDocument.failed(invalid("the document cannot be parsed", start));
    }
    for (TomlParseError error : result.errors()) {
      diagnostics.add(invalid(message(error), lines.position(error.position())));
    }
    ConfigNode.Table table = new TomlTree(lines, diagnostics).convert(result);
    return new TomlDocument(diagnostics.isEmpty() ? table : ConfigNode.Table.EMPTY, diagnostics);
  }

  static Diagnostic invalid(String message, @Nullable SourcePosition position) {
    return Diagnostic.error(INVALID_TOML, null, message).at(position);
  }

  /**
   * The parser's words without the piece of the text they quote: it may be part of a secret whose
   * quotes are wrong.
   */
  private static String message(TomlParseError error) {
    String message = error.getMessage();
    if (message == null) {
      return "invalid TOML";
    }
    int end = message.indexOf('\'', UNEXPECTED.length());
    boolean quotesText = message.startsWith(UNEXPECTED) && end > UNEXPECTED.length() + 1;
    return quotesText ? "Unexpected text" + message.substring(end + 1) : message;
  }
}
