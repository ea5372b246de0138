package io.fairlead.exporters.otel.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file of requests that only its owner can read. A request that could not be written whole is
 * taken back; one that a crash cut off is mended when the file is opened. Apart from the files of
 * lines of other exporters because protobuf has no mark between requests to begin anew at. Not
 * thread-safe.
 */
public final class RequestFile implements AutoCloseable {

  private final Path path;
  private final Format format;
  private boolean overwrite;
  private @Nullable FileChannel channel;

  /**
   * A file, not opened yet.
   *
   * @param overwrite whether opening it for the first time drops what it holds
   */
  public RequestFile(Path path, Format format, boolean overwrite) {
    this.path = path;
    this.format = format;
    this.overwrite = overwrite;
  }

  /** Opens the file, and makes it and its directories, unless it is open. */
  FileChannel open() throws IOException {
    FileChannel known = channel;
    if (known != null) {
      return known;
    }
    Path directory = path.toAbsolutePath().getParent();
    if (directory != null && !Files.isDirectory(directory)) {
      Files.createDirectories(directory);
    }
    FileChannel opened = FileChannel.open(path, options(), attributes(path.getFileSystem()));
    try {
      if (overwrite) {
        opened.truncate(0);
        overwrite = false;
      }
      format.mend(opened);
    } catch (IOException e) {
      opened.close();
      throw e;
    }
    channel = opened;
    return opened;
  }

  /** Brings a request onto the disk, whole or not at all as far as the disk lets it. */
  void append(SpanRequest request) throws IOException {
    FileChannel file = open();
    long before = file.size();
    try {
      ByteBuffer bytes = ByteBuffer.wrap(format.frame(request));
      long position = before;
      while (bytes.hasRemaining()) {
        position += file.write(bytes, position);
      }
      file.force(false);
    } catch (IOException e) {
      takeBack(file, before);
      throw e;
    }
  }

  private void takeBack(FileChannel file, long size) {
    try {
      if (file.isOpen()) {
        file.truncate(size);
      }
    } catch (IOException e) {
      // What is cut is mended when the file is opened again.
    }
    close();
  }

  @Override
  public void close() {
    FileChannel open = channel;
    channel = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        // Everything acknowledged is on the disk.
      }
    }
  }

  @Override
  public String toString() {
    return path.toString();
  }

  private static Set<OpenOption> options() {
    return Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  private static FileAttribute<?>[] attributes(FileSystem fileSystem) {
    return fileSystem.supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }
}
