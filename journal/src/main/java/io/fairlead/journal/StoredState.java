package io.fairlead.journal;

import io.fairlead.spi.SourceState;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A view of one owner's rows. */
final class StoredState implements SourceState {

  private final Journal journal;
  private final JournalStore.Owner owner;
  private final String name;

  StoredState(Journal journal, JournalStore.Owner owner, String name) {
    this.journal = journal;
    this.owner = owner;
    this.name = name;
  }

  @Override
  public byte @Nullable [] get(String key) {
    return journal.query(store -> Optional.ofNullable(store.state(owner, name, key))).orElse(null);
  }

  @Override
  public void forEach(String prefix, BiConsumer<String, byte[]> visitor) {
    // Copied first: the visitor may look into the state or commit.
    Map<String, byte[]> found =
        journal.query(
            store -> {
              Map<String, byte[]> values = new TreeMap<>();
              store.states(owner, name, prefix, values::put);
              return values;
            });
    found.forEach(visitor);
  }
}
