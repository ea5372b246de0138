package io.fairlead.core.observability;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The {@code atif} section. */
final class AtifRules {

  private static final String SESSION = "{session_id}";
  private static final String METADATA = "{metadata.";
  private static final HeaderRules HEADERS = new HeaderRules("ATIF", null, false);

  private AtifRules() {}

  static void check(Section section) {
    String template = section.text("filename_template");
    String fault = template == null ? null : templateFault(template);
    if (fault != null) {
      section.unsupported("filename_template", "ATIF filename_template " + fault);
    }
    for (Section storage : section.elements("storage")) {
      storage.oneOfStrictly(
          "type", List.of("http", "s3"), "ATIF storage type must be 'http' or 's3'");
      if ("http".equals(storage.text("type"))) {
        http(storage);
      } else if ("s3".equals(storage.text("type"))) {
        s3(storage);
      }
    }
  }

  private static void http(Section storage) {
    String endpoint = storage.text("endpoint");
    if (endpoint != null && Urls.parse(endpoint, Urls.HTTP) == null) {
      storage.unsupported(
          "endpoint", label(storage, "endpoint") + " must be a valid http:// or https:// URL");
    }
    if (storage.number("timeout_millis", 1) == 0) {
      storage.unsupported("timeout_millis", label(storage, "timeout_millis") + " must be positive");
    }
    HEADERS.check(storage);
  }

  private static void s3(Section storage) {
    storage.notBlank("bucket", label(storage, "bucket") + " must be non-empty");
    for (String key : List.of("secret_access_key_var", "session_token_var")) {
      String variable = storage.text(key);
      String fault =
          variable == null ? null : EnvironmentName.fault(variable, storage.environment());
      if (fault != null) {
        storage.unsupported(key, label(storage, key) + " " + fault);
      }
    }
  }

  private static String label(Section section, String key) {
    return "ATIF " + section.field(key);
  }

  static @Nullable String templateFault(String template) {
    if (!template.contains(SESSION)) {
      return "must contain '{session_id}'";
    }
    if (!isSafePath(template)) {
      return "must be a path-safe relative path";
    }
    for (int at = template.indexOf(METADATA); at >= 0; at = template.indexOf(METADATA, at + 1)) {
      int end = template.indexOf('}', at);
      if (end < 0) {
        return "contains an unclosed metadata placeholder";
      }
      String expression = template.substring(at + METADATA.length(), end);
      int mark = expression.indexOf(":-");
      if (!isSelector(mark < 0 ? expression : expression.substring(0, mark))) {
        return "has a metadata placeholder that is no dot-separated path of names";
      }
      if (mark >= 0 && !isSafePath(expression.substring(mark + 2))) {
        return "has a fallback that is no path-safe relative fragment";
      }
    }
    return null;
  }

  private static boolean isSafePath(String path) {
    if (path.isEmpty() || path.startsWith("/") || path.indexOf('\\') >= 0) {
      return false;
    }
    for (String part : path.split("/", -1)) {
      if (part.equals("..") || part.equals(".")) {
        return false;
      }
    }
    return true;
  }

  private static boolean isSelector(String selector) {
    for (String segment : selector.split("\\.", -1)) {
      if (segment.isEmpty()) {
        return false;
      }
      for (int i = 0; i < segment.length(); i++) {
        char c = segment.charAt(i);
        if (c > 127 || (!Character.isLetterOrDigit(c) && c != '-' && c != '_')) {
          return false;
        }
      }
    }
    return true;
  }
}
