package io.fairlead.core.fault;

import org.jspecify.annotations.Nullable;

/** What went wrong, in one line for a person. */
public final class Words {

  private static final int LONGEST = 500;

  private Words() {}

  /** Words for a throwable: its message, with its type where that says more. */
  public static String of(Throwable thrown) {
    String message = firstLine(thrown.getMessage());
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
    return message.isEmpty() ? type : type + ": " + message;
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
