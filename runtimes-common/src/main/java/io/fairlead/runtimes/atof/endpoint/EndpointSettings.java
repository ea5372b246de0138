package io.fairlead.runtimes.atof.endpoint;

import io.fairlead.runtimes.common.http.HttpLimits;
import io.fairlead.spi.config.Secret;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What an endpoint is told.
 *
 * @param address port 0 for any
 * @param token what a client has to show, or null
 * @param limits bounds
 * @param hookContent whether what people, models and tools said in hooks is kept
 * @param idle when a turn known from hooks is taken as over
 */
public record EndpointSettings(
    InetSocketAddress address,
    @Nullable Secret token,
    HttpLimits limits,
    boolean hookContent,
    Duration idle) {}
