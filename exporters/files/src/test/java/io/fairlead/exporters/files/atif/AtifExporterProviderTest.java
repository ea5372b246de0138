package io.fairlead.exporters.files.atif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fairlead.spi.ExporterProvider;
import io.fairlead.spi.config.ConfigNode;
import io.fairlead.spi.config.ConfigView;
import io.fairlead.spi.diagnostic.Diagnostic;
import io.fairlead.spi.diagnostic.Level;
import io.fairlead.testkit.ExporterProviderContract;
import io.fairlead.testkit.RecordingValidation;
import io.fairlead.testkit.Tables;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AtifExporterProviderTest extends ExporterProviderContract {

  @Override
  protected Class<? extends ExporterProvider> providerType() {
    return AtifExporterProvider.class;
  }

  @Test
  void aBucketIsAWarning() {
    ConfigNode.Table config =
        Tables.table("storage", List.of(Map.of("type", "s3"), Map.of("type", "http")));
    RecordingValidation context = new RecordingValidation("atif", Map.of());
    provider().validate(ConfigView.of(provider().configSpec(), config), context);
    assertThat(context.findings())
        .extracting(Diagnostic::level, Diagnostic::code, Diagnostic::field)
        .containsExactly(
            tuple(Level.WARNING, "observability.feature_disabled", "storage[0].type"),
            tuple(Level.ERROR, "atif.unsupported_value", "storage[1].endpoint"));
  }
}
