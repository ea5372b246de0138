package io.fairlead.journal;

import io.fairlead.core.fault.Words;
import io.fairlead.core.log.LogException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A data directory while it is in use: made for its owner alone, and locked against a second
 * program. The operating system gives the lock back however the process ends.
 */
final class JournalDirectory implements AutoCloseable {

  private static final FileAttribute<?>[] NONE = {};

  private final Path database;
  private final FileChannel lockFile;

  private JournalDirectory(Path database, FileChannel lockFile) {
    this.database = database;
    this.lockFile = lockFile;
  }

  static JournalDirectory open(Path directory) throws LogException {
    try {
      Files.createDirectories(directory, permissions(directory, "rwx------"));
      FileChannel lockFile = lock(directory);
      Path database = directory.resolve("journal.db");
      create(database);
      return new JournalDirectory(database, lockFile);
    } catch (IOException e) {
      throw new LogException(
          "journal.unavailable",
          "The data directory " + directory + " cannot be used: " + Words.of(e),
          e);
    }
  }

  Path database() {
    return database;
  }

  private static FileChannel lock(Path directory) throws IOException, LogException {
    Path file = directory.resolve("journal.lock");
    create(file);
    FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
    FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      lock = null; // in use in this very process
    }
    if (lock == null) {
      channel.close();
      throw new LogException(
          "journal.locked",
          "The data directory "
              + directory
              + " is in use by another program. Give each its own data_dir.");
    }
    return channel;
  }

  private static void create(Path file) throws IOException {
    try {
      Files.createFile(file, permissions(file, "rw-------"));
    } catch (FileAlreadyExistsException e) {
      // Made by an earlier run.
    }
  }

  private static FileAttribute<?>[] permissions(Path path, String permissions) {
    if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return NONE;
    }
    return new FileAttribute<?>[] {
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
    };
  }

  @Override
  public void close() {
    try {
      lockFile.close();
    } catch (IOException e) {
      // The lock goes with the process at the latest.
    }
  }
}
