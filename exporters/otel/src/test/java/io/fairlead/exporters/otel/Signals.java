package io.fairlead.exporters.otel;

import io.fairlead.atof.AtofReader;
import io.fairlead.atof.json.JsonTree;
import io.fairlead.atof.json.NumberText;
import io.fairlead.exporters.otel.projection.SpanIdentity;
import io.fairlead.spi.event.Event;
import io.fairlead.spi.event.Json;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The recorded events of a scenario and what the peer made of them, as plain values. */
public final class Signals {

  /** As the recordings of promotion were configured. */
  public static final SpanIdentity CONFIGURED =
      new SpanIdentity(
          Resource.create(Attributes.of(AttributeKey.stringKey("deployment.environment"), "dev")),
          InstrumentationScopeInfo.create("test"));

  private Signals() {}

  public static List<Event> events(String scenario) throws IOException {
    List<Event> events = new ArrayList<>();
    AtofReader reader =
        new AtofReader(
            "relay",
            (line, message) -> {
              throw new AssertionError(scenario + ":" + line + ": " + message);
            });
    byte[] bytes = text(scenario + "/events.jsonl").getBytes(StandardCharsets.UTF_8);
    reader.readAll(new ByteArrayInputStream(bytes), events::add);
    return events;
  }

  public static @Nullable Object expected(String scenario, String file) throws IOException {
    return plain(JsonTree.sorted(new Json(text(scenario + "/" + file))));
  }

  public static String text(String path) throws IOException {
    try (InputStream in = Signals.class.getResourceAsStream("/signals/" + path)) {
      return new String(Objects.requireNonNull(in, path).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Numbers as numbers, so that their spelling does not matter. */
  public static @Nullable Object plain(@Nullable Object json) {
    if (json instanceof JsonTree.Members members) {
      Map<String, @Nullable Object> plain = new TreeMap<>();
      members.forEach((name, value) -> plain.put(name, plain(value)));
      return plain;
    }
    if (json instanceof List<?> elements) {
      List<@Nullable Object> plain = new ArrayList<>();
      elements.forEach(element -> plain.add(plain(element)));
      return plain;
    }
    if (json instanceof NumberText number) {
      Long whole = number.asLong();
      return whole != null ? whole : (Object) number.asDouble();
    }
    return json;
  }

  public static Map<String, @Nullable Object> attributes(List<KeyValue> attributes) {
    Map<String, @Nullable Object> plain = new TreeMap<>();
    attributes.forEach(one -> plain.put(one.getKey(), value(one.getValue())));
    return plain;
  }

  public static @Nullable Object value(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> Map.of("string", value.getStringValue());
      case BOOL_VALUE -> Map.of("bool", value.getBoolValue());
      case INT_VALUE -> Map.of("int", value.getIntValue());
      case DOUBLE_VALUE -> Map.of("double", value.getDoubleValue());
      case ARRAY_VALUE ->
          Map.of(
              "array", value.getArrayValue().getValuesList().stream().map(Signals::value).toList());
      case KVLIST_VALUE -> Map.of("kvlist", attributes(value.getKvlistValue().getValuesList()));
      default -> null;
    };
  }
}
