package io.fairlead.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.fairlead.spi.ComponentProvider;
import io.fairlead.spi.SpiVersion;
import io.fairlead.spi.config.ConfigNode;
import io.fairlead.spi.config.ConfigSpec;
import io.fairlead.spi.config.ConfigView;
import io.fairlead.spi.config.FieldSpec;
import io.fairlead.spi.diagnostic.Diagnostic;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/**
 * What the kernel expects of every provider behind a {@code kind}. Extend the contract of the
 * provider's own type instead where there is one.
 *
 * @param <P> the service type
 */
public abstract class ComponentProviderContract<P extends ComponentProvider> {

  private static final String SNAKE_CASE = "[a-z][a-z0-9]*(_[a-z0-9]+)*";

  private static final List<ConfigNode> VALUES =
      List.of(
          new ConfigNode.Text("\u0000 garbage ${env:X}", null),
          new ConfigNode.Text("", null),
          new ConfigNode.Integer(Long.MIN_VALUE, null),
          new ConfigNode.Decimal(BigDecimal.TEN.negate(), null),
          new ConfigNode.Bool(true, null),
          new ConfigNode.DateTime("1979-05-27", null),
          new ConfigNode.Array(List.of(), null),
          new ConfigNode.Array(List.of(new ConfigNode.Bool(false, null)), null),
          new ConfigNode.Array(List.of(ConfigNode.Table.EMPTY), null),
          ConfigNode.Table.EMPTY);

  /** The service type, for example {@code ExporterProvider.class}. */
  protected abstract Class<P> serviceType();

  /** The class under test. */
  protected abstract Class<? extends P> providerType();

  /** A valid configuration that needs nothing from outside; by default an empty table. */
  protected ConfigNode.Table validConfig() {
    return ConfigNode.Table.EMPTY;
  }

  /** The provider as the kernel finds it: through {@link ServiceLoader}. */
  protected final P provider() {
    return ServiceLoader.load(serviceType(), providerType().getClassLoader()).stream()
        .filter(candidate -> candidate.type() == providerType())
        .map(ServiceLoader.Provider::get)
        .findFirst()
        .orElseThrow(
            () ->
                new AssertionError(
                    "META-INF/services/%s does not name %s"
                        .formatted(serviceType().getName(), providerType().getName())));
  }

  @Test
  void theKindIsOneConstantWord() {
    assertThat(provider().kind()).matches("[a-z][a-z0-9_]*").isEqualTo(provider().kind());
  }

  @Test
  void itSaysWhatItWasBuiltFor() {
    P provider = provider();
    assertThat(provider.spiMajor()).isEqualTo(SpiVersion.MAJOR);
    assertThat(provider.version()).isNotBlank();
    assertThat(provider.stability()).isNotNull();
  }

  @Test
  void everyFieldIsNamedDocumentedAndConsistent() {
    check("", provider().configSpec());
  }

  @Test
  void aValidConfigurationHasNoErrors() {
    assertThat(validate(validConfig())).filteredOn(Diagnostic::isError).isEmpty();
  }

  @Test
  void validateNeverThrowsWhateverTheDocumentHolds() {
    assertThatCode(() -> validate(ConfigNode.Table.EMPTY)).doesNotThrowAnyException();
    for (ConfigNode value : VALUES) {
      ConfigNode.Table table = everyField(provider().configSpec(), value);
      assertThatCode(() -> validate(table))
          .as("every field is %s", value)
          .doesNotThrowAnyException();
    }
  }

  private List<Diagnostic> validate(ConfigNode.Table table) {
    P provider = provider();
    RecordingValidation context = new RecordingValidation(provider.kind(), Map.of());
    provider.validate(ConfigView.of(provider.configSpec(), table), context);
    return context.findings();
  }

  /** A table that gives every field, nested ones too, the same value. */
  private static ConfigNode.Table everyField(ConfigSpec spec, ConfigNode value) {
    Map<String, ConfigNode.Entry> entries = new LinkedHashMap<>();
    for (FieldSpec field : spec.fields()) {
      ConfigSpec nested = field.table();
      ConfigNode given = value;
      if (nested != null && value instanceof ConfigNode.Text) {
        ConfigNode.Table inner = everyField(nested, value);
        given =
            switch (field.type()) {
              case TABLE -> inner;
              default -> new ConfigNode.Array(List.of(inner, inner), null);
            };
      }
      entries.put(field.name(), new ConfigNode.Entry(null, given));
    }
    return new ConfigNode.Table(entries, null);
  }

  private static void check(String path, ConfigSpec spec) {
    for (FieldSpec field : spec.fields()) {
      String name = path + field.name();
      assertThat(field.name()).as("name of %s", name).matches(SNAKE_CASE);
      assertThat(field.doc()).as("documentation of %s", name).isNotBlank();
      assertThat(field.required() && field.defaultValue() != null)
          .as("%s is required and yet has a default", name)
          .isFalse();
      FieldDefaults.check(name, field);
      ConfigSpec nested = field.table();
      if (nested != null) {
        check(name + ".", nested);
      }
    }
  }
}
