package io.fairlead.core.pricing;

import io.fairlead.spi.config.ConfigNode;
import io.fairlead.spi.diagnostic.SourcePosition;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads JSON into the same tree as a configuration document, with the place of every key and value
 * and every number exactly as written. A null is left out, or is what the caller says it is.
 */
final class JsonTree {

  private static final JsonFactory JSON = new JsonFactory();
  private static final BigInteger MAX_LONG = BigInteger.valueOf(Long.MAX_VALUE);
  private static final BigInteger MIN_LONG = BigInteger.valueOf(Long.MIN_VALUE);

  private final JsonParser parser;
  private final @Nullable String file;
  private final @Nullable ConfigNode nullValue;

  private JsonTree(JsonParser parser, @Nullable String file, @Nullable ConfigNode nullValue) {
    this.parser = parser;
    this.file = file;
    this.nullValue = nullValue;
  }

  /** A text that is not JSON. */
  static final class MalformedException extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient @Nullable SourcePosition position;

    MalformedException(String message, @Nullable SourcePosition position) {
      super(message);
      this.position = position;
    }

    /** Where it stops being JSON, as a node for a finding. */
    ConfigNode place() {
      return new ConfigNode.Text("", position);
    }
  }

  /**
   * Reads a text that holds one JSON value.
   *
   * @param file the file's name for positions, or null
   */
  static ConfigNode parse(String json, @Nullable String file) throws MalformedException {
    return parse(json, file, null);
  }

  /**
   * Reads a text that holds one JSON value.
   *
   * @param file the file's name for positions, or null
   * @param nullValue stands for every null, or null to leave nulls out
   */
  static ConfigNode parse(String json, @Nullable String file, @Nullable ConfigNode nullValue)
      throws MalformedException {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
      JsonTree tree = new JsonTree(parser, file, nullValue);
      ConfigNode root = parser.nextToken() == null ? null : tree.value();
      if (root == null) {
        throw new MalformedException("there is nothing in it", tree.position());
      }
      if (parser.nextToken() != null) {
        throw new MalformedException("something follows its end", tree.position());
      }
      return root;
    } catch (JacksonException e) {
      throw new MalformedException(words(e, json), position(file, e.getLocation()));
    }
  }

  /** The parser's own words are about characters and bytes, and name its classes and options. */
  private static String words(JacksonException fault, String json) {
    TokenStreamLocation at = fault.getLocation();
    boolean atEnd = at != null && at.getCharOffset() >= json.stripTrailing().length();
    if (atEnd || fault instanceof UnexpectedEndOfInputException) {
      return "it ends too early";
    }
    return fault instanceof StreamConstraintsException
        ? "something in it is too long or nested too deeply"
        : "this cannot stand here";
  }

  private @Nullable ConfigNode value() throws MalformedException {
    SourcePosition position = position();
    JsonToken token = parser.currentToken();
    return switch (token) {
      case START_OBJECT -> table(position);
      case START_ARRAY -> array(position);
      case VALUE_STRING -> new ConfigNode.Text(parser.getString(), position);
      case VALUE_TRUE, VALUE_FALSE -> new ConfigNode.Bool(token == JsonToken.VALUE_TRUE, position);
      case VALUE_NUMBER_INT -> integer(parser.getBigIntegerValue(), position);
      case VALUE_NUMBER_FLOAT -> new ConfigNode.Decimal(parser.getDecimalValue(), position);
      default -> nullValue;
    };
  }

  private static ConfigNode integer(BigInteger value, SourcePosition position) {
    return value.compareTo(MAX_LONG) <= 0 && value.compareTo(MIN_LONG) >= 0
        ? new ConfigNode.Integer(value.longValue(), position)
        : new ConfigNode.Decimal(new BigDecimal(value), position);
  }

  private ConfigNode.Table table(SourcePosition position) throws MalformedException {
    Map<String, ConfigNode.Entry> entries = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String key = parser.currentName();
      SourcePosition keyPosition = position();
      parser.nextToken();
      ConfigNode value = value();
      if (value != null && entries.put(key, new ConfigNode.Entry(keyPosition, value)) != null) {
        throw new MalformedException("key '" + key + "' stands there twice", keyPosition);
      }
    }
    return new ConfigNode.Table(entries, position);
  }

  private ConfigNode.Array array(SourcePosition position) throws MalformedException {
    List<ConfigNode> elements = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      ConfigNode element = value();
      if (element != null) {
        elements.add(element);
      }
    }
    return new ConfigNode.Array(elements, position);
  }

  private SourcePosition position() {
    return position(file, parser.currentTokenLocation());
  }

  private static SourcePosition position(
      @Nullable String file, @Nullable TokenStreamLocation location) {
    return location == null
        ? new SourcePosition(file, 1, 1)
        : new SourcePosition(
            file, Math.max(1, location.getLineNr()), Math.max(1, location.getColumnNr()));
  }
}
