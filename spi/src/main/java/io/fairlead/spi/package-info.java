/**
 * The interfaces a plugin implements and the few it is handed.
 *
 * <p>A plugin is a provider found through {@link java.util.ServiceLoader}: {@link
 * io.fairlead.spi.RuntimeAdapterProvider}, {@link io.fairlead.spi.ExporterProvider}, {@link
 * io.fairlead.spi.InterceptorProvider}, {@link io.fairlead.spi.PricingProvider} or {@link
 * io.fairlead.spi.SecretProvider}. Providers have a public constructor without parameters and are
 * cheap: the kernel may make one only to read its spec.
 *
 * <p>Life of a component: {@code configSpec} and {@code validate} (any number of times, no side
 * effect), {@code create} (nothing is opened, no thread begins), {@code start}, work, {@code
 * close}. {@code close} is safe without {@code start} and when called again.
 */
@NullMarked
package io.fairlead.spi;

import org.jspecify.annotations.NullMarked;
