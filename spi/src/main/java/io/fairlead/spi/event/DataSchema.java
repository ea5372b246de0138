package io.fairlead.spi.event;

/**
 * What the payload of an event conforms to (ATOF {@code data_schema}).
 *
 * @param name schema name, for example {@code nemo.relay.metric_measurements}
 * @param version schema version
 */
public record DataSchema(String name, String version) {}
