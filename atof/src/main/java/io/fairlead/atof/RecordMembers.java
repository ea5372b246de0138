package io.fairlead.atof;

import io.fairlead.spi.event.Event;
import io.fairlead.spi.event.Json;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The ATOF record an event was read from: members that have no typed place in the event, and whose
 * record it was.
 */
public final class RecordMembers {

  private static final String CATEGORY_PROFILE = "category_profile";

  private RecordMembers() {}

  /** Whether an event was read from a record that another program wrote. */
  public static boolean isForeign(Event event) {
    return AsWritten.of(event.header().unknownFields()).foreign();
  }

  /**
   * The record's {@code category_profile} where it says more than the event's typed facts, else
   * null.
   */
  public static @Nullable Json categoryProfile(Event event) {
    String written = written(event, CATEGORY_PROFILE);
    return written == null || written.equals(PlainRecord.NULL) ? null : new Json(written);
  }

  /**
   * The record's {@code propagation_root_uuid} where it is not the event's trace root, else null.
   */
  public static @Nullable UUID propagationRoot(Event event) {
    String written = written(event, "propagation_root_uuid");
    return written == null || !written.startsWith("\"")
        ? null
        : Uuids.parse(written.substring(1, written.length() - 1));
  }

  private static @Nullable String written(Event event, String member) {
    return AsWritten.of(event.header().unknownFields()).members().get(member);
  }
}
