package io.fairlead.cli;

import io.fairlead.cli.report.JsonOutput;
import io.fairlead.cli.report.TextTable;
import io.fairlead.core.validation.DiagnosticCodes;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.PositionalParamSpec;
import tools.jackson.core.JsonGenerator;

final class ExplainCommand extends Subcommand {

  ExplainCommand(App app) {
    super(
        app,
        "explain",
        "Say what a diagnostic code means and what to do about it.",
        "Without a code it lists all of them.");
    add(
        PositionalParamSpec.builder()
            .index("0")
            .arity("0..1")
            .type(String.class)
            .paramLabel("CODE")
            .description("A code, such as observability.unknown_field.")
            .build());
    addFormat("");
  }

  @Override
  public Integer call() throws CommandFailure {
    DiagnosticCodes codes = DiagnosticPages.codes();
    String code = code();
    if (code == null) {
      list(codes);
    } else {
      explain(code, codes);
    }
    return ExitCodes.OK;
  }

  private @Nullable String code() {
    return spec().commandLine().getParseResult().<@Nullable String>matchedPositionalValue(0, null);
  }

  private void list(DiagnosticCodes codes) {
    if (format() == Format.json) {
      JsonOutput.write(
          app.terminal().out(),
          json -> {
            json.writeStartObject();
            json.writeArrayPropertyStart("codes");
            codes.summaries().forEach((code, summary) -> writeCode(json, code, summary));
            json.writeEndArray();
            json.writeEndObject();
          });
      return;
    }
    TextTable table = TextTable.of(TextTable.Column.left("CODE"), TextTable.Column.left("MEANING"));
    codes.summaries().forEach((code, summary) -> table.row(List.of(code, summary)));
    app.terminal().out().print(table.render(app.terminal().width()));
  }

  private static void writeCode(JsonGenerator json, String code, String summary) {
    json.writeStartObject();
    json.writeStringProperty("code", code);
    json.writeStringProperty("summary", summary);
    json.writeEndObject();
  }

  private void explain(String code, DiagnosticCodes codes) throws CommandFailure {
    String page = codes.page(code);
    if (page == null) {
      String hint = codes.hint(code);
      throw new CommandFailure(
          "there is no code '"
              + code
              + "'"
              + (hint == null ? "; `fairlead explain` lists all" : "; " + hint));
    }
    String text = DiagnosticPages.text(page);
    if (format() == Format.json) {
      JsonOutput.write(
          app.terminal().out(),
          json -> {
            json.writeStartObject();
            json.writeStringProperty("code", code);
            json.writeStringProperty("page", page);
            json.writeStringProperty("summary", codes.summary(code));
            json.writeStringProperty("text", text);
            json.writeEndObject();
          });
    } else {
      app.terminal().out().print(text);
    }
  }
}
