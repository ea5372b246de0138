package io.fairlead.core.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.core.config.Resolver;
import io.fairlead.core.config.TomlReader;
import io.fairlead.spi.config.ConfigNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No document makes validation throw, however wrong the types in it are. */
class HostileDocumentTest {

  private static final long SEED = 4_318L;

  private final Random random = new Random(SEED);

  @Test
  void anyTypeMayStandAnywhere() {
    List<ConfigNode.Table> documents = new ArrayList<>();
    Stream.of("diagnostics", "nemo-validate")
        .flatMap(directory -> Resources.list(directory, ".toml").stream())
        .forEach(file -> documents.add(TomlReader.read(file).table()));
    DocumentValidator validator = new DocumentValidator(FakeProviders.catalog(), name -> null);
    Resolver resolver = new Resolver(name -> null, List.of());
    for (int round = 0; round < 40; round++) {
      for (ConfigNode.Table document : documents) {
        ConfigNode.Table mutated = table(document);
        assertThat(runs(validator, resolver, mutated))
            .as("seed %d, round %d: %s", SEED, round, mutated)
            .isTrue();
      }
    }
  }

  @Test
  void aDocumentMadeByAProgramNeedsNoPlaces() {
    ConfigNode.Table component =
        new ConfigNode.Table(
            Map.of("kind", new ConfigNode.Entry(null, new ConfigNode.Text("hermse", null))), null);
    ConfigNode components = new ConfigNode.Array(List.of(component), null);
    ConfigNode.Table document =
        new ConfigNode.Table(Map.of("components", new ConfigNode.Entry(null, components)), null);
    Plan plan = new DocumentValidator(FakeProviders.catalog(), name -> null).validate(document);
    assertThat(plan.report().diagnostics())
        .singleElement()
        .satisfies(d -> assertThat(d.hint()).isEqualTo("did you mean 'hermes'?"));
  }

  private static boolean runs(
      DocumentValidator validator, Resolver resolver, ConfigNode.Table document) {
    Plan plan = validator.validate(document);
    for (PlannedComponent component : plan.components()) {
      resolver.resolve(component.instance(), component.config().table());
    }
    return !ReportText.write(plan.report()).isEmpty();
  }

  private ConfigNode mutate(ConfigNode node) {
    if (random.nextInt(12) == 0) {
      return any();
    }
    if (node instanceof ConfigNode.Table table) {
      return table(table);
    }
    if (node instanceof ConfigNode.Array array) {
      List<ConfigNode> elements = new ArrayList<>();
      array.elements().forEach(element -> elements.add(mutate(element)));
      return new ConfigNode.Array(elements, array.position());
    }
    return node;
  }

  private ConfigNode.Table table(ConfigNode.Table table) {
    Map<String, ConfigNode.Entry> entries = new LinkedHashMap<>();
    table
        .entries()
        .forEach(
            (key, entry) -> {
              ConfigNode.Entry changed =
                  new ConfigNode.Entry(entry.keyPosition(), mutate(entry.value()));
              if (random.nextInt(15) > 0) {
                entries.put(key, changed);
              }
            });
    return new ConfigNode.Table(entries, table.position());
  }

  private ConfigNode any() {
    List<ConfigNode> nodes =
        List.of(
            new ConfigNode.Text("", null),
            new ConfigNode.Text("${env:", null),
            new ConfigNode.Text("${file:x}", null),
            new ConfigNode.Text("http://[", null),
            new ConfigNode.Integer(Long.MIN_VALUE, null),
            new ConfigNode.Integer(0, null),
            new ConfigNode.Decimal(new BigDecimal("1e99"), null),
            new ConfigNode.Bool(true, null),
            new ConfigNode.DateTime("1979-05-27", null),
            ConfigNode.Table.EMPTY,
            new ConfigNode.Array(List.of(), null),
            new ConfigNode.Array(List.of(ConfigNode.Table.EMPTY), null));
    return nodes.get(random.nextInt(nodes.size()));
  }
}
