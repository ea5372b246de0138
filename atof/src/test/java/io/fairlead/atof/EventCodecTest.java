package io.fairlead.atof;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fairlead.spi.event.Event;
import io.fairlead.spi.event.EventHeader;
import io.fairlead.spi.event.Json;
import io.fairlead.spi.event.Mark;
import io.fairlead.spi.event.Origin;
import io.fairlead.testkit.RandomEvents;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventCodecTest {

  private final EventCodec codec = new EventCodec();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 20261121})
  void decodesWhatItEncoded(long seed) {
    RandomEvents events = new RandomEvents(seed);
    for (int i = 0; i < 2_000; i++) {
      Event event = events.next();
      assertThat(codec.decode(codec.encode(event))).as("%s, event %d", events, i).isEqualTo(event);
    }
  }

  @Test
  void aRandomRunHoldsEveryKindOfEvent() {
    RandomEvents events = new RandomEvents(1);
    Set<String> kinds =
        IntStream.range(0, 100)
            .mapToObj(i -> events.next().getClass().getSimpleName())
            .collect(Collectors.toSet());
    assertThat(kinds).containsExactlyInAnyOrder("ScopeStart", "ScopeEnd", "Mark", "UsageReported");
  }

  @Test
  void equalEventsGiveEqualBytesOnOneLine() {
    RandomEvents one = new RandomEvents(7);
    RandomEvents other = new RandomEvents(7);
    for (int i = 0; i < 500; i++) {
      byte[] bytes = codec.encode(one.next());
      assertThat(bytes).as("%s, event %d", one, i).isEqualTo(codec.encode(other.next()));
      assertThat(new String(bytes, UTF_8)).doesNotContain("\n", "\r");
    }
  }

  @Test
  void aPayloadThatIsNotJsonHarmsNoRecord() {
    UUID uuid = new UUID(1, 2);
    EventHeader header =
        new EventHeader(uuid, null, uuid, 5, "n", Origin.of("jvm")).withData(new Json("{\"cut o"));
    Event event = new Mark(header);
    assertThat(codec.decode(codec.encode(event))).isEqualTo(event);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{}",
        "{\"v\":1}",
        "{\"v\":2,\"event\":\"mark\"}",
        "{\"v\":1,\"event\":\"s3cret\",\"uuid\":\"s3cret\"}",
        "{\"v\":1,\"event\":s3cret"
      })
  void bytesThatAreNoRecordAreRefusedWithoutQuotingThem(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> codec.decode(text.getBytes(UTF_8)))
        .withMessageStartingWith("not an event record: ")
        .withMessageNotContaining("s3cret");
  }
}
