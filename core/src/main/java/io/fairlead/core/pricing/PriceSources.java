package io.fairlead.core.pricing;

import io.fairlead.core.config.UserHome;
import io.fairlead.spi.config.ConfigNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Opens the files prices are in. What is wrong with one becomes a fault, never a throw. */
final class PriceSources {

  /** The published tables have a few megabytes. */
  private static final int MAX_BYTES = 64 << 20;

  private final Faults faults;

  PriceSources(Faults faults) {
    this.faults = faults;
  }

  /** The formats of files. */
  enum Format {
    RELAY {
      @Override
      PriceTable read(ConfigNode root, String name, Faults faults) {
        return new CatalogReader(name, faults).read(root);
      }
    },
    LITELLM {
      @Override
      PriceTable read(ConfigNode root, String name, Faults faults) {
        return new LiteLlmReader(new Catalog(name, null), faults).read(root);
      }
    },
    GENAI_PRICES {
      @Override
      PriceTable read(ConfigNode root, String name, Faults faults) {
        return new GenaiPricesReader(new Catalog(name, null), faults).read(root);
      }
    };

    abstract PriceTable read(ConfigNode root, String name, Faults faults);
  }

  /**
   * The table of a file; null when it cannot be read.
   *
   * @param path absolute, below the home directory with {@code ~/}, or beside the document
   * @param at where the path is written
   */
  @Nullable PriceTable file(Format format, String path, @Nullable ConfigNode at) {
    Path file;
    try {
      file = resolve(path, at);
    } catch (InvalidPathException e) {
      return unusable(path, at, "has a name that cannot be");
    }
    // A pipe or a device would be waited for, or would never end.
    if (!Files.isRegularFile(file)) {
      return unusable(path, at, Files.exists(file) ? "is not a file" : "does not exist");
    }
    try (InputStream in = Files.newInputStream(file)) {
      String text = text(in);
      return text == null
          ? unusable(path, at, "is larger than 64 MiB")
          : parse(format, text, file.toString());
    } catch (CharacterCodingException e) {
      return unusable(path, at, "is not UTF-8");
    } catch (IOException e) {
      return unusable(path, at, "cannot be read");
    }
  }

  /** The table of a text; null when it is not JSON. */
  @Nullable PriceTable parse(Format format, String json, String name) {
    try {
      return format.read(JsonTree.parse(json, name), name, faults);
    } catch (JsonTree.MalformedException e) {
      faults.invalid(e.place(), "file '" + name + "' is not JSON: " + e.getMessage(), null);
      return null;
    }
  }

  /** The text of a stream, or null when it is too large. */
  static @Nullable String text(InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(MAX_BYTES + 1);
    return bytes.length > MAX_BYTES
        ? null
        : StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }

  private @Nullable PriceTable unusable(String path, @Nullable ConfigNode at, String why) {
    faults.invalid(
        at, "file '" + path + "' " + why, "a relative path lies beside the configuration document");
    return null;
  }

  private static Path resolve(String path, @Nullable ConfigNode at) {
    Path given = UserHome.expand(path, System::getenv);
    String document = at == null || at.position() == null ? null : at.position().file();
    return document == null ? given : Path.of(document).resolveSibling(given);
  }
}
