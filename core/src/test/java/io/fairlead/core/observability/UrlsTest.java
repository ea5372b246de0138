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
    "http://127.1:4318, http://<loopback>:4318/v1/traces",
    "http://0x7f000001/x, http://<loopback>:80/x",
    "http://[0:0::0:1]/x, http://<loopback>:80/x",
    "http://[::ffff:127.0.0.1]/x, http://[::ffff:127.0.0.1]:80/x",
    "http://localhost.localdomain/x, http://localhost.localdomain:80/x",
    "http://c/a/../b/./d, http://c:80/b/d",
    "http://c/a b, http://c:80/a%20b",
    "http:c\\x, http://c:80/x",
    "http://bücher.example/x, http://xn--bcher-kva.example:80/x",
    "not a url, not a url",
  })
  void equalPlacesAreEqual(String endpoint, String destination) {
    assertThat(Urls.destination(endpoint, true)).isEqualTo(destination);
  }

  @Test
  void aPathOfTracesTurnsIntoTheSignals() {
    assertThat(Urls.destination("http://c", true, "/v1/logs")).isEqualTo("http://c:80/v1/logs");
    assertThat(Urls.destination("http://c/p/v1/traces", true, "/v1/logs"))
        .isEqualTo("http://c:80/p/v1/logs");
    assertThat(Urls.destination("http://c/", true, "/v1/logs")).isEqualTo("http://c:80/");
    assertThat(Urls.destination("http://c", false, "/v1/logs")).isEqualTo("http://c:80/");
  }

  @Test
  void grpcHasNoImpliedPath() {
    assertThat(Urls.destination("http://localhost:4317", false))
        .isEqualTo("http://<loopback>:4317/");
  }

  @ParameterizedTest
  @CsvSource({
    "ftp://a",
    "http://",
    "a:1",
    "http://a b",
    "http://a_b:port",
    "http://a:65536",
    "http://256.1.1.1",
    "http://1.2.3.4.5",
    "http://[::1",
    "http://[g::1]",
    "http://[]",
    "http://]:1",
    "http://a%20b/",
  })
  void refusesWhatIsNoWebAddress(String text) {
    assertThat(Urls.parse(text, Urls.HTTP)).isNull();
  }
}
