package io.fairlead.core.config;

import io.fairlead.spi.SecretProvider;
import io.fairlead.spi.config.ConfigNode;
import io.fairlead.spi.config.Secret;
import io.fairlead.spi.diagnostic.Diagnostic;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Replaces every reference of a planned configuration when it is about to be used: environment
 * variables, files and the secrets of plugins. Each text is read once, so that what a file or a
 * variable holds is never taken for a reference itself.
 *
 * <p>A relative {@code ${file:…}} lies beside the document. A file's last line end is not part of
 * its text.
 */
public final class Resolver {

  private static final int MAX_FILE_BYTES = 64 * 1024;

  private final Function<String, @Nullable String> environment;
  private final Map<String, SecretProvider> secrets;

  /**
   * A resolver.
   *
   * @param secrets plugins for further schemes; {@code env} and {@code file} are built in and
   *     cannot be replaced
   */
  public Resolver(
      Function<String, @Nullable String> environment, List<? extends SecretProvider> secrets) {
    this.environment = environment;
    this.secrets = new HashMap<>();
    for (SecretProvider provider : secrets) {
      this.secrets.put(provider.scheme(), provider);
    }
  }

  /**
   * What became of a table.
   *
   * @param table with every reference replaced that could be
   * @param diagnostics the references that could not, as errors; never a value
   */
  public record Resolution(ConfigNode.Table table, List<Diagnostic> diagnostics) {
    public Resolution {
      diagnostics = List.copyOf(diagnostics);
    }
  }

  /** Resolves the configuration of a component. May read files and call plugins. */
  public Resolution resolve(String component, ConfigNode.Table config) {
    List<Diagnostic> diagnostics = new ArrayList<>();
    ConfigNode.Table resolved =
        new TextReplacer(
                (path, text) -> {
                  try {
                    return replaced(text);
                  } catch (UnresolvedException e) {
                    diagnostics.add(
                        Diagnostic.error(Variables.UNRESOLVED, component, e.reason)
                            .atField(path)
                            .at(text.position()));
                    return text.value();
                  }
                })
            .table("", config);
    return new Resolution(resolved, diagnostics);
  }

  private String replaced(ConfigNode.Text text) throws UnresolvedException {
    StringBuilder result = new StringBuilder();
    for (Template.Part part : Template.of(text.value(), schemes()).parts()) {
      if (part instanceof Template.Literal literal) {
        result.append(literal.text());
      } else if (part instanceof Template.Broken broken) {
        throw new UnresolvedException(broken.reason());
      } else if (part instanceof Template.Reference reference) {
        result.append(value(reference, text));
      }
    }
    return result.toString();
  }

  private Set<String> schemes() {
    Set<String> schemes = new HashSet<>(secrets.keySet());
    schemes.add(Template.ENV);
    schemes.add(Template.FILE);
    return schemes;
  }

  private String value(Template.Reference reference, ConfigNode.Text text)
      throws UnresolvedException {
    return switch (reference.scheme()) {
      case Template.ENV -> variable(reference);
      case Template.FILE -> file(reference.key(), text);
      default -> secret(reference);
    };
  }

  private String variable(Template.Reference reference) throws UnresolvedException {
    String value = environment.apply(reference.key());
    if (value != null) {
      return value;
    }
    if (reference.fallback() != null) {
      return reference.fallback();
    }
    throw new UnresolvedException("environment variable '" + reference.key() + "' is not set");
  }

  private static String file(String name, ConfigNode.Text text) throws UnresolvedException {
    try (InputStream in = Files.newInputStream(beside(name, text))) {
      byte[] bytes = in.readNBytes(MAX_FILE_BYTES + 1);
      if (bytes.length > MAX_FILE_BYTES) {
        throw new UnresolvedException("file '" + name + "' is larger than 64 KiB");
      }
      String content =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return withoutLineEnd(content);
    } catch (IOException | InvalidPathException e) {
      throw new UnresolvedException("file '" + name + "' cannot be read as text");
    }
  }

  private static Path beside(String name, ConfigNode.Text text) {
    Path path = Path.of(name);
    String document = text.position() == null ? null : text.position().file();
    return document == null ? path : Path.of(document).resolveSibling(path);
  }

  private static String withoutLineEnd(String content) {
    if (content.endsWith("\r\n")) {
      return content.substring(0, content.length() - 2);
    }
    return content.endsWith("\n") ? content.substring(0, content.length() - 1) : content;
  }

  private String secret(Template.Reference reference) throws UnresolvedException {
    SecretProvider provider = secrets.get(reference.scheme());
    Secret secret;
    try {
      secret = provider == null ? null : provider.resolve(reference.key());
    } catch (Exception e) {
      // The message may hold what must not be shown.
      throw new UnresolvedException(
          "secret '" + reference.key() + "' could not be read by '" + reference.scheme() + "'");
    }
    if (secret == null) {
      throw new UnresolvedException(
          "'" + reference.scheme() + "' has no secret '" + reference.key() + "'");
    }
    return secret.reveal();
  }

  private static final class UnresolvedException extends Exception {
    private final String reason;

    UnresolvedException(String reason) {
      super(reason, null, false, false);
      this.reason = reason;
    }
  }
}
