package io.fairlead.core.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** What went wrong, in one line for a person. */
public final class Words {

  private static final int LONGEST = 500;
  private static final String NOT_INITIALISED = "Could not initialize class ";

  private Words() {}

  /** Types that say nothing their message does not. */
  private static final Set<Class<?>> PLAIN =
      Set.of(
          Exception.class,
          RuntimeException.class,
          IOException.class,
          BindException.class,
          TimeoutException.class,
          IllegalStateException.class,
          IllegalArgumentException.class);

  /** What a type says whose message is only a path. */
  private static final Map<Class<?>, String> OF_FILES =
      Map.of(
          NoSuchFileException.class, "does not exist",
          AccessDeniedException.class, "may not be accessed by this user",
          FileAlreadyExistsException.class, "exists already");

  /** Words for a throwable: its message, with its type where that says more. */
  public static String of(Throwable thrown) {
    String message = firstLine(thrown.getMessage());
    Throwable cause = thrown.getCause();
    if (thrown instanceof ExceptionInInitializerError && cause != null) {
      return "its static initialiser failed: " + of(cause);
    }
    if (thrown instanceof UncheckedIOException && cause != null) {
      return of(cause);
    }
    if (thrown instanceof FileSystemException file && file.getFile() != null) {
      return ofFile(file);
    }
    if (message.startsWith(NOT_INITIALISED)) {
      String why = cause == null ? "" : ": " + firstLine(cause.getMessage());
      return "its class could not be used: " + message + why;
    }
    if (thrown instanceof NoClassDefFoundError || thrown instanceof ClassNotFoundException) {
      return "a class is missing: " + dotted(message);
    }
    if (thrown instanceof UnsupportedClassVersionError) {
      return "it was compiled for a newer Java: " + message;
    }
    if (thrown instanceof LinkageError) {
      return "its classes do not fit together: " + message;
    }
    String type = thrown.getClass().getSimpleName();
    if (message.isEmpty()) {
      return type;
    }
    return PLAIN.contains(thrown.getClass()) ? message : type + ": " + message;
  }

  private static String ofFile(FileSystemException thrown) {
    String what = OF_FILES.get(thrown.getClass());
    if (what == null) {
      what = thrown.getReason() == null ? "cannot be used" : thrown.getReason();
    }
    return thrown.getFile() + (OF_FILES.containsValue(what) ? " " : ": ") + firstLine(what);
  }

  private static String dotted(String className) {
    return className.replace('/', '.');
  }

  private static String firstLine(@Nullable String message) {
    if (message == null) {
      return "";
    }
    String line = message.strip().lines().findFirst().orElse("");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }
}
