package io.fairlead.exporters.files;

import java.io.ByteArrayOutputStream;
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
 * A file of lines that only its owner can read. What was appended since the last {@link #sync()}
 * can be taken back; a last line that a crash cut off is ended when the file is opened, so that
 * nothing is ever written onto it. Not thread-safe.
 */
final class LineFile {

  private static final int CHUNK = 1 << 20;

  private final Path path;
  private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
  private boolean overwrite;
  private @Nullable FileChannel channel;
  private long synced;

  /**
   * A file, not opened yet.
   *
   * @param overwrite whether opening it for the first time drops what it holds
   */
  LineFile(Path path, boolean overwrite) {
    this.path = path;
    this.overwrite = overwrite;
  }

  /** Opens the file, and makes it and its directories, unless it is open. */
  void open() throws IOException {
    if (channel != null) {
      return;
    }
    Path directory = path.toAbsolutePath().getParent();
    if (directory != null && !Files.isDirectory(directory)) {
      Files.createDirectories(directory);
    }
    FileChannel opened = FileChannel.open(path, options(), attributes(path.getFileSystem()));
    channel = opened;
    if (overwrite) {
      opened.truncate(0);
      overwrite = false;
    }
    endCutLine(opened);
    synced = opened.size();
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

  private static void endCutLine(FileChannel opened) throws IOException {
    long size = opened.size();
    opened.position(size);
    ByteBuffer last = ByteBuffer.allocate(1);
    if (size > 0 && opened.read(last, size - 1) == 1 && last.get(0) != '\n') {
      writeFully(opened, ByteBuffer.wrap(new byte[] {'\n'}));
    }
  }

  Path path() {
    return path;
  }

  /** How much is on the disk for certain. */
  long synced() {
    return synced;
  }

  /** Adds a line; it may stay in memory until {@link #sync()}. */
  void append(byte[] line) throws IOException {
    pending.writeBytes(line);
    pending.write('\n');
    if (pending.size() >= CHUNK) {
      writePending();
    }
  }

  /** Brings everything appended onto the disk. */
  void sync() throws IOException {
    writePending();
    FileChannel open = opened();
    open.force(false);
    synced = open.position();
  }

  private void writePending() throws IOException {
    byte[] bytes = pending.toByteArray();
    pending.reset();
    writeFully(opened(), ByteBuffer.wrap(bytes));
  }

  private static void writeFully(FileChannel to, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      to.write(bytes);
    }
  }

  private FileChannel opened() throws IOException {
    if (channel == null) {
      throw new IOException("the file is not open");
    }
    return channel;
  }

  /** Takes back what was appended since the last sync, as far as the disk lets it, and closes. */
  void undo() {
    if (channel != null && channel.isOpen()) {
      try {
        channel.truncate(synced);
      } catch (IOException e) {
        // The cut line is ended when the file is opened again.
      }
    }
    close();
  }

  /** Closes the file. What was not synced may be lost. Safe when called again. */
  void close() {
    pending.reset();
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        // Everything acknowledged has been synced.
      }
      channel = null;
    }
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
