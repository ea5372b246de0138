package io.fairlead.core.printout;

import io.fairlead.spi.config.ConfigNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A part of a document as it may be shown. Holds no secret. */
public sealed interface Printed {

  /**
   * A table.
   *
   * @param entries in document order
   */
  record Table(Map<String, Printed> entries) implements Printed {
    public Table {
      entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }
  }

  /**
   * An array.
   *
   * @param elements in document order
   */
  record Items(List<Printed> elements) implements Printed {
    public Items {
      elements = List.copyOf(elements);
    }
  }

  /**
   * A single value.
   *
   * @param value what it is, secrets replaced
   * @param origin where it comes from: {@code file:line}, {@code environment NAME}, {@code default}
   *     or {@code program}
   */
  record Value(ConfigNode value, String origin) implements Printed {}
}
