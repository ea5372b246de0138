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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AtifExporterProviderTest extends ExporterProviderContract {

  @Override
  protected Class<? extends ExporterProvider> providerType() {
    return AtifExporterProvider.class;
  }

  private static final Map<String, String> KEYS =
      Map.of("AWS_ACCESS_KEY_ID", "AKID", "AWS_SECRET_ACCESS_KEY", "s3cret");

  private List<Diagnostic> findings(Map<String, String> environment, List<Object> storages) {
    ConfigNode.Table config = Tables.table("storage", storages);
    RecordingValidation context = new RecordingValidation("atif", environment);
    provider().validate(ConfigView.of(provider().configSpec(), config), context);
    return context.findings();
  }

  @Test
  void aBucketNeedsAKeyAndAServerNeedsAnAddress() {
    List<Object> storages =
        List.of(
            Map.of("type", "s3", "bucket", "b"),
            Map.of("type", "http"),
            Map.of("type", "s3", "bucket", "b", "secret_access_key_var", "NOT_SET"));
    assertThat(findings(Map.of(), storages))
        .extracting(Diagnostic::level, Diagnostic::code, Diagnostic::field)
        .containsExactly(
            tuple(Level.WARNING, "observability.feature_disabled", "storage[0].type"),
            tuple(Level.ERROR, "atif.unsupported_value", "storage[1].endpoint"),
            tuple(Level.WARNING, "observability.feature_disabled", "storage[2].type"));
    assertThat(findings(KEYS, storages)).hasSize(2);
  }

  @Test
  void aBucketBehindPlainHttpIsRefusedUnlessAllowed() {
    Map<String, Object> plain =
        Map.of("type", "s3", "bucket", "b", "endpoint_url", "http://127.0.0.1:9000");
    assertThat(findings(KEYS, List.of(plain)))
        .extracting(Diagnostic::level, Diagnostic::code, Diagnostic::field)
        .containsExactly(tuple(Level.ERROR, "atif.unsupported_value", "storage[0].endpoint_url"));
    Map<String, Object> allowed = new HashMap<>(plain);
    allowed.put("allow_http", true);
    assertThat(findings(KEYS, List.of(allowed))).isEmpty();
    assertThat(findings(Map.of("AWS_REGION", "a b"), List.of(Map.of("type", "s3", "bucket", "b"))))
        .extracting(Diagnostic::field)
        .containsExactly("storage[0].region");
    Map<String, String> variables = new HashMap<>(KEYS);
    variables.put("AWS_ALLOW_HTTP", "true");
    assertThat(findings(variables, List.of(plain))).isEmpty();
  }
}
