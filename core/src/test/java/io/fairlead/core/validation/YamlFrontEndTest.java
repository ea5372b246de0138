package io.fairlead.core.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.core.config.TomlDocument;
import io.fairlead.core.config.TomlReader;
import io.fairlead.core.config.YamlReader;
import io.fairlead.testkit.NodeJson;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same document has the same findings whatever it is written in. */
class YamlFrontEndTest {

  static Stream<Path> documents() {
    return Stream.of("diagnostics", "nemo-validate")
        .flatMap(directory -> Resources.list(directory, ".toml").stream());
  }

  @ParameterizedTest
  @MethodSource("documents")
  void saysOfYamlWhatItSaysOfToml(Path file) {
    TomlDocument toml = TomlReader.read(file);
    TomlDocument yaml = YamlReader.parse(NodeJson.write(toml.table()), "p.yaml");
    assertThat(yaml.diagnostics()).isEmpty();
    assertThat(findings(yaml)).containsExactlyElementsOf(findings(toml));
  }

  private static List<String> findings(TomlDocument document) {
    return new DocumentValidator(FakeProviders.catalog(), Map.of("HOME_OF_TEST", "home")::get)
        .validate(document.table()).report().diagnostics().stream()
            .map(d -> String.join(" ", d.level().wireName(), d.code(), d.component(), d.field()))
            .toList();
  }
}
