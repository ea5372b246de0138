package io.fairlead.runtimes.atof.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;

/**
 * A file as it is now.
 *
 * @param path where it is
 * @param id what stays when it is renamed: device and inode where there are such, else the path
 * @param size in bytes
 * @param modified for the order of files
 * @param head its first bytes
 */
record SeenFile(Path path, String id, long size, long modified, byte[] head) {

  static SeenFile of(Path path) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
    Object key = attributes.fileKey();
    return new SeenFile(
        path,
        key == null ? path.toString() : key.toString(),
        attributes.size(),
        attributes.lastModifiedTime().toMillis(),
        head(path));
  }

  private static byte[] head(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      ByteBuffer buffer = ByteBuffer.allocate(Position.HEAD);
      int read = 0;
      while (buffer.hasRemaining() && read >= 0) {
        read = channel.read(buffer);
      }
      return Arrays.copyOf(buffer.array(), buffer.position());
    }
  }

  /** Whether it is the file that was read so far, and not one written anew in its place. */
  boolean continues(Position position) {
    byte[] known = position.head();
    return size >= position.offset()
        && head.length >= known.length
        && Arrays.equals(head, 0, known.length, known, 0, known.length);
  }
}
