package io.fairlead.core.observability;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UrlsTest {

  @ParameterizedTest
  @CsvSource({
    "http://localhost:4318, http://<loopback>:4318/v1/traces",
    "HTTP://127.0.0.1:4318/v1/traces/, http://<loopback>:4318/v1/traces",
    "http://[::1]:4318/v1//traces, http://<loopback>:4318/v1/traces",
    "http://a.localhost:4318, http://<loopback>:4318/v1/traces",
    "https://Collector.example, https://collector.example:443/v1/traces",
    "http://collector/x?y=1, http://collector:80/x?y=1",
    "http://user:secret@collector:1/x, http://collector:1/x",
    "http://my_collector:4318/, http://my_collector:4318/",
    "not a url, not a url",
  })
  void equalPlacesAreEqual(String endpoint, String destination) {
    assertThat(Urls.destination(endpoint, true)).isEqualTo(destination);
  }

  @Test
  void grpcHasNoImpliedPath() {
    assertThat(Urls.destination("http://localhost:4317", false))
        .isEqualTo("http://<loopback>:4317/");
  }

  @ParameterizedTest
  @CsvSource({"ftp://a", "http://", "http:///x", "a:1", "http://a b", "http://a_b:port"})
  void refusesWhatIsNoWebAddress(String text) {
    assertThat(Urls.parse(text, Urls.HTTP)).isNull();
  }
}
