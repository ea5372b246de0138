package io.fairlead.exporters.otel;

import static io.fairlead.testkit.Tables.table;

import io.fairlead.spi.ExporterProvider;
import io.fairlead.spi.Subscriber;
import io.fairlead.spi.config.ConfigNode;
import io.fairlead.testkit.ExporterProviderContract;
import io.fairlead.testkit.SubscriberContract;
import io.fairlead.testkit.TestContext;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Headers;
import okhttp3.Protocol;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The provider and each of its subscribers keep what the kernel expects of them. */
class OpenTelemetryContractTest {

  @Nested
  class Provider extends ExporterProviderContract {

    @Override
    protected Class<? extends ExporterProvider> providerType() {
      return OpenTelemetryExporterProvider.class;
    }

    @Override
    protected ConfigNode.Table validConfig() {
      return document("http_binary", "http://127.0.0.1:1");
    }
  }

  @Nested
  class SpansOverHttp extends Receiving {
    SpansOverHttp() {
      super("http_binary", "traces[0]");
    }
  }

  @Nested
  class MetricsOverHttp extends Receiving {
    MetricsOverHttp() {
      super("http_binary", "metrics[0]");
    }
  }

  @Nested
  class SpansOverGrpc extends Receiving {
    SpansOverGrpc() {
      super("grpc", "traces[0]");
    }
  }

  @Nested
  class MetricsOverGrpc extends Receiving {
    MetricsOverGrpc() {
      super("grpc", "metrics[0]");
    }
  }

  @Nested
  class LogsOverHttp extends Receiving {
    LogsOverHttp() {
      super("http_binary", "logs[0]");
    }
  }

  @Nested
  class LogsOverGrpc extends Receiving {
    LogsOverGrpc() {
      super("grpc", "logs[0]");
    }
  }

  @Nested
  class SpansInAFile extends SubscriberContract {

    @TempDir private Path directory;

    @Override
    protected Subscriber subscriber() throws Exception {
      OpenTelemetryExporterProvider provider = new OpenTelemetryExporterProvider();
      ConfigNode.Table sink =
          table("type", "full", "output_directory", directory.toString(), "format", "proto");
      return provider.create(TestContext.of(provider, table("file_sinks", List.of(sink)))).get(0);
    }
  }

  /** A subscriber whose receiver takes everything. */
  abstract static class Receiving extends SubscriberContract {

    private final MockWebServer server = new MockWebServer();
    private final String transport;
    private final String name;

    Receiving(String transport, String name) {
      this.transport = transport;
      this.name = name;
    }

    @BeforeEach
    void listen() throws IOException {
      boolean grpc = transport.equals("grpc");
      server.setProtocols(List.of(grpc ? Protocol.H2_PRIOR_KNOWLEDGE : Protocol.HTTP_1_1));
      server.setDispatcher(
          new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
              return grpc ? taken() : new MockResponse.Builder().code(200).build();
            }
          });
      server.start(InetAddress.getLoopbackAddress(), 0);
    }

    @AfterEach
    void stop() {
      server.close();
    }

    @Override
    protected Subscriber subscriber() throws Exception {
      OpenTelemetryExporterProvider provider = new OpenTelemetryExporterProvider();
      String url = "http://127.0.0.1:" + server.getPort();
      return provider.create(TestContext.of(provider, document(transport, url))).stream()
          .filter(subscriber -> subscriber.name().equals(name))
          .findFirst()
          .orElseThrow();
    }

    @Override
    protected boolean isOfTheOtherSide(Thread thread) {
      return thread.getName().startsWith("MockWebServer");
    }

    private static MockResponse taken() {
      return new MockResponse.Builder()
          .code(200)
          .addHeader("content-type", "application/grpc")
          .body(new Buffer().writeByte(0).writeInt(0)) // an empty message
          .trailers(Headers.of("grpc-status", "0"))
          .build();
    }
  }

  private static ConfigNode.Table document(String transport, String url) {
    return table(
        "enabled",
        true,
        "endpoints",
        List.of(table("type", "full", "transport", transport, "endpoint", url)),
        "metrics",
        table("enabled", true),
        "logs",
        table("enabled", true, "minimum_severity", "trace"));
  }
}
