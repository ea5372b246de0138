package io.fairlead.core.config;

import io.fairlead.spi.diagnostic.Diagnostic;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The text of a document's file, within limits, whatever its front end. */
final class DocumentFile {

  private DocumentFile() {}

  /** Reads a file and parses its text; what cannot be read is a diagnostic. */
  static TomlDocument read(Path file, BiFunction<String, @Nullable String, TomlDocument> parser) {
    String name = file.toString();
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      // Opening a pipe would wait for a writer that may never come.
      return unreadable(name, Files.isDirectory(file) ? "is a directory" : "is no regular file");
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(TomlReader.MAX_BYTES + 1);
      if (bytes.length > TomlReader.MAX_BYTES) {
        return unreadable(name, "is larger than 1 MiB");
      }
      return parser.apply(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString(), name);
    } catch (NoSuchFileException e) {
      return TomlDocument.failed(
          Diagnostic.error(
              TomlReader.FILE_MISSING, null, "configuration file '" + name + "' does not exist"));
    } catch (CharacterCodingException e) {
      return unreadable(name, "is not UTF-8 text");
    } catch (AccessDeniedException e) {
      return unreadable(name, "may not be read by this user");
    } catch (IOException e) {
      return unreadable(name, "cannot be read: " + e.getMessage());
    }
  }

  private static TomlDocument unreadable(String name, String reason) {
    return TomlDocument.failed(
        Diagnostic.error(
            TomlReader.FILE_UNREADABLE, null, "configuration file '" + name + "' " + reason));
  }
}
