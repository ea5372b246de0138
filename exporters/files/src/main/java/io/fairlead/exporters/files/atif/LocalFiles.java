package io.fairlead.exporters.files.atif;

import io.fairlead.exporters.files.http.Answer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;

/** Files below a directory that only their owner can read; a reader never sees half of one. */
final class LocalFiles implements Destination {

  private final Path directory;

  LocalFiles(Path directory) {
    this.directory = directory.toAbsolutePath().normalize();
  }

  @Override
  public Answer write(UUID id, String name, byte[] document) throws InterruptedException {
    Path file = directory.resolve(name).normalize();
    Path parent = file.getParent();
    if (!file.startsWith(directory) || parent == null) {
      return new Answer.Refused("the name leads out of " + directory);
    }
    Path draft = parent.resolve("." + id + ".part");
    try {
      Files.createDirectories(parent);
      Files.deleteIfExists(draft);
      try (FileChannel channel =
          FileChannel.open(
              draft,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              ownerOnly(draft))) {
        ByteBuffer bytes = ByteBuffer.wrap(document);
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(false);
      }
      Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
      return new Answer.Accepted();
    } catch (ClosedByInterruptException e) {
      discard(draft);
      throw new InterruptedException();
    } catch (IOException e) {
      discard(draft);
      return new Answer.Later("cannot write " + file + ": " + e, null);
    }
  }

  private static void discard(Path draft) {
    try {
      Files.deleteIfExists(draft);
    } catch (IOException e) {
      // The next attempt deletes it.
    }
  }

  private static FileAttribute<?>[] ownerOnly(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  @Override
  public String field() {
    return "output_directory";
  }

  @Override
  public String failure() {
    return "atif.local_write_failed";
  }
}
