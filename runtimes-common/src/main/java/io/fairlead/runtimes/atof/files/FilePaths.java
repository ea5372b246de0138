package io.fairlead.runtimes.atof.files;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.PatternSyntaxException;

/**
 * The files a list of paths means: a file, every {@code *.jsonl} of a directory, or the files of a
 * directory whose names match a pattern ({@code /var/log/agents/events-*.jsonl}).
 */
public final class FilePaths {

  private static final String IN_DIRECTORY = "*.jsonl";

  private final List<String> paths;

  /** Of paths that are valid. */
  public FilePaths(List<String> paths) {
    this.paths = paths;
  }

  /** Whether a text is a path that can be read: only its last part may be a pattern. */
  public static boolean isValid(String path) {
    int name = path.lastIndexOf('/');
    String directory = name < 0 ? "" : path.substring(0, name);
    String last = path.substring(name + 1);
    if (path.isBlank() || isPattern(directory)) {
      return false;
    }
    try {
      Path plain = Path.of(isPattern(last) ? directory : path);
      return !isPattern(last) || matcher(last) != null && plain != null;
    } catch (InvalidPathException | PatternSyntaxException e) {
      return false;
    }
  }

  /** The files there are, by name. */
  public SortedSet<Path> find() throws IOException {
    SortedSet<Path> found = new TreeSet<>();
    for (String path : paths) {
      int name = path.lastIndexOf('/');
      if (isPattern(path)) {
        Path directory = Path.of(name < 0 ? "." : path.substring(0, name + 1));
        list(directory, path.substring(name + 1), found);
      } else if (Files.isDirectory(Path.of(path))) {
        list(Path.of(path), IN_DIRECTORY, found);
      } else if (Files.isRegularFile(Path.of(path))) {
        found.add(Path.of(path).toAbsolutePath());
      }
    }
    return found;
  }

  private static boolean isPattern(String text) {
    return text.chars().anyMatch(c -> "*?[{".indexOf(c) >= 0);
  }

  private static PathMatcher matcher(String pattern) {
    return FileSystems.getDefault().getPathMatcher("glob:" + pattern);
  }

  private static void list(Path directory, String pattern, SortedSet<Path> found)
      throws IOException {
    if (!Files.isDirectory(directory)) {
      return;
    }
    PathMatcher matcher = matcher(pattern);
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(directory, file -> matcher.matches(file.getFileName()))) {
      for (Path file : files) {
        if (Files.isRegularFile(file)) {
          found.add(file.toAbsolutePath());
        }
      }
    }
  }
}
