package io.fairlead.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {

  private static TextTable table() {
    TextTable table =
        TextTable.of(
            TextTable.Column.left("NAME").shrinkingTo(5),
            TextTable.Column.right("N"),
            TextTable.Column.right("EXTRA").optional(1));
    table.row(List.of("a-long-name", "1", "7"));
    table.row(List.of("b", "1,234", "8"));
    table.foot(List.of("2 rows", "1,235", "15"));
    return table;
  }

  @Test
  void alignsNumbersToTheRightAndSetsTotalsApart() {
    assertThat(table().render(80))
        .isEqualTo(
            """
            NAME             N  EXTRA
            a-long-name      1      7
            b            1,234      8
            -------------------------
            2 rows       1,235     15
            """);
  }

  @Test
  void shrinksBeforeItLeavesOut() {
    assertThat(table().render(21))
        .isEqualTo(
            """
            NAME         N  EXTRA
            a-long…      1      7
            b        1,234      8
            ---------------------
            2 rows   1,235     15
            """);
    assertThat(table().render(14).lines()).allMatch(line -> line.length() <= 14);
    assertThat(table().render(14)).doesNotContain("EXTRA");
  }

  @Test
  void namesCannotSteerATerminal() {
    TextTable table = TextTable.of(TextTable.Column.left("NAME"));
    table.row(List.of("\033[31mred\u202e\n"));
    assertThat(table.render(80)).isEqualTo("NAME\n?[31mred??\n");
  }
}
