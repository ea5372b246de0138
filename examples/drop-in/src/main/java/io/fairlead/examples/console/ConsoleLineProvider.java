package io.fairlead.examples.console;

import io.fairlead.spi.ComponentContext;
import io.fairlead.spi.ExporterProvider;
import io.fairlead.spi.Subscriber;
import io.fairlead.spi.config.ConfigSpec;
import io.fairlead.spi.config.FieldSpec;
import java.nio.file.Path;
import java.util.List;

/**
 * Kind {@code console_line}: one line of text per finished turn, model call and tool call.
 *
 * <pre>{@code
 * [[components]]
 * kind = "console_line"
 *
 * [components.config]
 * path = "/dev/stdout"
 * }</pre>
 */
public final class ConsoleLineProvider implements ExporterProvider {

  /** Called by the service loader. */
  public ConsoleLineProvider() {}

  @Override
  public String kind() {
    return "console_line";
  }

  @Override
  public ConfigSpec configSpec() {
    return ConfigSpec.of(
        FieldSpec.string("path", "File or device the lines are added to.").asRequired());
  }

  @Override
  public List<Subscriber> create(ComponentContext context) {
    return List.of(new ConsoleLine(Path.of(context.config().string("path"))));
  }
}
