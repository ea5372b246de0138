package io.fairlead.cli;

import io.fairlead.core.schema.DocumentSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Model.OptionSpec;

final class SchemaCommand extends Subcommand {

  private static final String OUT = "--out";

  SchemaCommand(App app) {
    super(
        app,
        "schema",
        "Write the JSON Schema of a configuration, for editors.",
        "It knows what is installed. Keys and kinds it does not know are marked, although they are"
            + " warnings by default.");
    addPluginsDir();
    add(
        OptionSpec.builder(OUT)
            .type(Path.class)
            .paramLabel("FILE")
            .description("File to write. Default: standard output.")
            .build());
  }

  @Override
  public Integer call() throws CommandFailure {
    String schema = DocumentSchema.write(app.kernel().catalog(pluginsDir()));
    Path file = value(OUT);
    if (file == null) {
      app.terminal().out().print(schema);
      return ExitCodes.OK;
    }
    try {
      Files.writeString(file, schema);
      return ExitCodes.OK;
    } catch (IOException e) {
      throw new CommandFailure("'" + file + "' cannot be written", e);
    }
  }
}
