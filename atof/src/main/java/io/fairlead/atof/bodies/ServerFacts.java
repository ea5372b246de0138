package io.fairlead.atof.bodies;

import io.fairlead.atof.json.JsonTree;
import io.fairlead.atof.json.NumberText;
import io.fairlead.spi.event.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The endpoint of a call, as its metadata names it.
 *
 * @param address host
 * @param port from 1 to 65535; without one the endpoint is not known
 */
record ServerFacts(String address, int port) {

  static @Nullable ServerFacts of(@Nullable Json metadata) {
    if (metadata == null || !metadata.text().contains("\"server")) {
      return null;
    }
    Map<?, ?> members = members(metadata.text());
    Object address = first(members, "server.address", "server_address");
    Object port = first(members, "server.port", "server_port");
    Long number = port instanceof NumberText given ? given.asLong() : null;
    return address instanceof String host && number != null && number > 0 && number <= 0xffff
        ? new ServerFacts(host, number.intValue())
        : null;
  }

  private static @Nullable Object first(Map<?, ?> members, String name, String other) {
    return members.containsKey(name) ? members.get(name) : members.get(other);
  }

  private static Map<?, ?> members(String json) {
    try {
      return JsonTree.parse(json) instanceof Map<?, ?> members ? members : Map.of();
    } catch (IllegalArgumentException e) {
      return Map.of();
    }
  }
}
