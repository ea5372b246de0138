package io.fairlead.core.observability;

import io.fairlead.core.config.WhiteSpace;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The {@code atif} section. */
final class AtifRules {

  private static final String SESSION = "{session_id}";
  private static final String METADATA = "{metadata.";
  private static final HeaderRules HEADERS = new HeaderRules("ATIF", null, false);

  private static final Pattern SELECTOR = Pattern.compile("[\\w-]+(\\.[\\w-]+)*");
  private static final Pattern SAFE = Pattern.compile("[\\w.~-]+");

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
    storage.required("endpoint");
    String endpoint = storage.text("endpoint");
    boolean padded = endpoint != null && WhiteSpace.isPadded(endpoint);
    if (endpoint != null && (padded || Urls.parse(endpoint, Urls.HTTP) == null)) {
      storage.unsupported(
          "endpoint", label(storage, "endpoint") + " must be a valid http:// or https:// URL");
    }
    if (storage.number("timeout_millis", 1) == 0) {
      storage.unsupported("timeout_millis", label(storage, "timeout_millis") + " must be positive");
    }
    HEADERS.check(storage);
  }

  private static void s3(Section storage) {
    storage.required("bucket");
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
    String path = template.replace(SESSION, "session").replace(METADATA, "metadata.");
    List<String> segments = List.of(path.split("/", -1));
    if (path.startsWith("/") || segments.contains("..") || segments.get(0).equals(".")) {
      return "must be a path-safe relative path";
    }
    return metadataFault(template);
  }

  private static @Nullable String metadataFault(String template) {
    for (int at = template.indexOf(METADATA); at >= 0; at = template.indexOf(METADATA, at + 1)) {
      int end = template.indexOf('}', at);
      if (end < 0) {
        return "contains an unclosed metadata placeholder";
      }
      String expression = template.substring(at + METADATA.length(), end);
      int mark = expression.indexOf(":-");
      String selector = mark < 0 ? expression : expression.substring(0, mark);
      if (!SELECTOR.matcher(selector).matches()) {
        return "metadata placeholder '{metadata."
            + selector
            + "}' must contain a dot-separated path of ASCII letters, digits, '-' or '_'";
      }
      String fallback = mark < 0 ? null : expression.substring(mark + 2);
      if (fallback != null && !isSafe(fallback)) {
        return "fallback '" + fallback + "' must be a path-safe relative fragment";
      }
    }
    return null;
  }

  private static boolean isSafe(String fallback) {
    for (String segment : fallback.split("/", -1)) {
      if (segment.equals(".") || segment.equals("..") || !SAFE.matcher(segment).matches()) {
        return false;
      }
    }
    return true;
  }
}
