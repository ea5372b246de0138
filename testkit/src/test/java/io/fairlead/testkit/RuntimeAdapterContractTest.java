package io.fairlead.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fairlead.spi.RuntimeAdapter;
import io.fairlead.spi.SourceSink;
import io.fairlead.spi.SourceState;
import io.fairlead.spi.event.Event;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The contract holds for the simplest adapter that obeys it. */
class RuntimeAdapterContractTest extends RuntimeAdapterContract {

  @Override
  protected RuntimeAdapter adapter() {
    return new OneByOne(new RandomEvents(5).trace(30));
  }

  private static final class OneByOne implements RuntimeAdapter {
    private final List<Event> source;
    private int position;

    OneByOne(List<Event> source) {
      this.source = source;
    }

    @Override
    public void start(SourceState state) {
      byte[] saved = state.get("position");
      position = saved == null ? 0 : Integer.parseInt(new String(saved, UTF_8));
    }

    @Override
    public Poll poll(SourceSink sink) throws InterruptedException {
      if (position == source.size()) {
        return Poll.idle(Duration.ofSeconds(1), 0);
      }
      String next = Integer.toString(position + 1);
      sink.commit(List.of(source.get(position)), Map.of("position", next.getBytes(UTF_8)));
      position++;
      return Poll.again(0);
    }
  }
}
