package io.fairlead.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.spi.SecretProvider;
import io.fairlead.spi.config.ConfigNode;
import io.fairlead.spi.config.Secret;
import io.fairlead.spi.diagnostic.Diagnostic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResolverTest {

  private static final Map<String, String> ENVIRONMENT =
      Map.of("A", "alpha", "TRICK", "${file:/etc/hostname}", "EMPTY", "");

  @TempDir Path dir;

  @Test
  void replacesVariablesFilesAndSecretsAndNothingElse() throws IOException {
    Files.writeString(dir.resolve("key.txt"), "from a file\n");
    ConfigNode.Table table =
        document(
            """
            env = "<${env:A}>"
            fallback = "${env:NONE:-x:-y}${env:EMPTY:-unused}"
            file = "Bearer ${file:key.txt}"
            vault = "${vault:k}"
            other = "${session_id} ${HOME} $A ${unknown:x} ${"
            nested = [{ a = "${env:A}${env:A}" }, 1]
            """);
    Resolver.Resolution resolution = resolver().resolve("c", table);
    assertThat(resolution.diagnostics()).isEmpty();
    ConfigNode.Table resolved = resolution.table();
    assertThat(text(resolved, "env")).isEqualTo("<alpha>");
    assertThat(text(resolved, "fallback")).isEqualTo("x:-y");
    assertThat(text(resolved, "file")).isEqualTo("Bearer from a file");
    assertThat(text(resolved, "vault")).isEqualTo("secret of k");
    assertThat(text(resolved, "other")).isEqualTo("${session_id} ${HOME} $A ${unknown:x} ${");
    assertThat(text(Nodes.tableAt(resolved, "nested", 0), "a")).isEqualTo("alphaalpha");
    assertThat(Nodes.get(resolved, "env").position()).isEqualTo(Nodes.get(table, "env").position());
  }

  @Test
  void whatAVariableHoldsIsNoReference() {
    ConfigNode.Table table = document("a = \"${env:TRICK}\"\n");
    assertThat(text(resolver().resolve("c", table).table(), "a"))
        .isEqualTo("${file:/etc/hostname}");
  }

  @Test
  void whatCannotBeResolvedIsReportedWithoutValues() throws IOException {
    Files.write(dir.resolve("large.txt"), new byte[100_000]);
    ConfigNode.Table table =
        document(
            """
            a = "${env:NONE}"
            b = ["${file:missing.txt}"]
            c = "${file:large.txt}"
            d = "${vault:none}"
            e = "${vault:throws}"
            """);
    List<Diagnostic> diagnostics = resolver().resolve("hermes", table).diagnostics();
    assertThat(diagnostics)
        .extracting(Diagnostic::field)
        .containsExactly("a", "b[0]", "c", "d", "e");
    assertThat(diagnostics)
        .allSatisfy(
            d -> {
              assertThat(d.code()).isEqualTo("plugin.unresolved_variable");
              assertThat(d.component()).isEqualTo("hermes");
              assertThat(d.position()).isNotNull();
              assertThat(d.message()).doesNotContain("hunter2");
            });
  }

  private Resolver resolver() {
    return new Resolver(ENVIRONMENT::get, List.of(new Vault()));
  }

  private ConfigNode.Table document(String text) {
    TomlDocument document = TomlReader.parse(text, dir.resolve("plugins.toml").toString());
    assertThat(document.diagnostics()).isEmpty();
    return document.table();
  }

  private static String text(ConfigNode.Table table, String key) {
    return Nodes.text(table, key);
  }

  private static final class Vault implements SecretProvider {
    @Override
    public String scheme() {
      return "vault";
    }

    @Override
    public @Nullable Secret resolve(String key) throws Exception {
      if (key.equals("throws")) {
        throw new IOException("hunter2");
      }
      return key.equals("none") ? null : Secret.of("secret of " + key);
    }
  }
}
