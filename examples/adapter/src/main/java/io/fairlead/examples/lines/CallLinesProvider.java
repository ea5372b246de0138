package io.fairlead.examples.lines;

import io.fairlead.spi.ComponentContext;
import io.fairlead.spi.RuntimeAdapter;
import io.fairlead.spi.RuntimeAdapterProvider;
import io.fairlead.spi.config.ConfigSpec;
import io.fairlead.spi.config.FieldSpec;
import java.nio.file.Path;

/**
 * Kind {@code call_lines}: turns of one model call each, from a file that an agent adds lines to.
 *
 * <pre>{@code
 * [[components]]
 * kind = "call_lines"
 *
 * [components.config]
 * file = "/var/log/agent/calls.txt"
 * }</pre>
 */
public final class CallLinesProvider implements RuntimeAdapterProvider {

  /** Called by the service loader. */
  public CallLinesProvider() {}

  @Override
  public String kind() {
    return "call_lines";
  }

  @Override
  public ConfigSpec configSpec() {
    return ConfigSpec.of(FieldSpec.string("file", "File the agent adds to.").asRequired());
  }

  @Override
  public RuntimeAdapter create(ComponentContext context) {
    return new CallLines(Path.of(context.config().string("file")), context.diagnostics());
  }
}
