/**
 * The command line: picocli commands over the kernel.
 *
 * <p>Commands see the kernel only as {@link io.fairlead.cli.Kernel}, the machine only as {@link
 * io.fairlead.cli.Host}, so that each can be tested without a process of its own.
 */
@NullMarked
package io.fairlead.cli;

import org.jspecify.annotations.NullMarked;
