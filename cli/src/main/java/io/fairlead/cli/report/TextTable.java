package io.fairlead.cli.report;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A table for people: aligned columns, an optional line of totals, and a width it stays within.
 *
 * <p>When it is too wide, columns that may shrink do so first; then the least important columns are
 * left out. Control characters in cells are shown as {@code ?}: names come from outside and must
 * not steer a terminal.
 */
public final class TextTable {

  private static final String GAP = "  ";

  /**
   * A column.
   *
   * @param title heading
   * @param right whether cells are aligned to the right
   * @param least width it may shrink to, or 0 when it may not
   * @param rank 0 is never left out; of the others the highest goes first
   */
  public record Column(String title, boolean right, int least, int rank) {

    /** A column of words. */
    public static Column left(String title) {
      return new Column(title, false, 0, 0);
    }

    /** A column of numbers. */
    public static Column right(String title) {
      return new Column(title, true, 0, 0);
    }

    /** The same column, which may be cut to a width. */
    public Column shrinkingTo(int width) {
      return new Column(title, right, width, rank);
    }

    /** The same column, which may be left out. */
    public Column optional(int newRank) {
      return new Column(title, right, least, newRank);
    }
  }

  private final List<Column> columns;
  private final List<List<String>> rows = new ArrayList<>();
  private Consumer<Consumer<List<String>>> moreRows = each -> {};
  private @Nullable List<String> foot;

  private TextTable(List<Column> columns) {
    this.columns = columns;
  }

  /** An empty table. */
  public static TextTable of(Column... columns) {
    return new TextTable(List.of(columns));
  }

  /** Adds a row of as many cells as there are columns. */
  public void row(List<String> cells) {
    rows.add(checked(cells));
  }

  /**
   * Sets the rows that follow those that were added.
   *
   * @param source gives the same rows whenever it is asked; they are not kept
   */
  public void rows(Consumer<Consumer<List<String>>> source) {
    moreRows = source;
  }

  private void forEachRow(Consumer<List<String>> visitor) {
    rows.forEach(visitor);
    moreRows.accept(row -> visitor.accept(checked(row)));
  }

  /** Sets the last line, which a rule separates from the rows. */
  public void foot(List<String> cells) {
    foot = checked(cells);
  }

  private List<String> checked(List<String> cells) {
    if (cells.size() != columns.size()) {
      throw new IllegalArgumentException(cells.size() + " cells for " + columns.size());
    }
    return cells.stream().map(TextTable::printable).toList();
  }

  private static String printable(String cell) {
    StringBuilder shown = new StringBuilder(cell.length());
    cell.codePoints()
        .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '?' : c)
        .forEach(shown::appendCodePoint);
    return shown.toString();
  }

  /** The table as lines, each ended by a line break. */
  public String render(int width) {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    print(width, out);
    out.flush();
    return text.toString();
  }

  /** Prints the table. */
  public void print(int width, PrintWriter out) {
    int[] widths = natural();
    fit(widths, width);
    printLine(out, columns.stream().map(Column::title).toList(), widths);
    forEachRow(row -> printLine(out, row, widths));
    if (foot != null) {
      out.print("-".repeat(total(widths)) + '\n');
      printLine(out, foot, widths);
    }
  }

  private int[] natural() {
    int[] widths = new int[columns.size()];
    widen(widths, columns.stream().map(Column::title).toList());
    forEachRow(row -> widen(widths, row));
    if (foot != null) {
      widen(widths, foot);
    }
    return widths;
  }

  private static void widen(int[] widths, List<String> cells) {
    for (int i = 0; i < widths.length; i++) {
      widths[i] = Math.max(widths[i], length(cells.get(i)));
    }
  }

  private void fit(int[] widths, int limit) {
    for (int i = 0; i < widths.length; i++) {
      int excess = total(widths) - limit;
      int least = columns.get(i).least();
      if (excess > 0 && least > 0) {
        widths[i] = Math.max(Math.min(least, widths[i]), widths[i] - excess);
      }
    }
    while (total(widths) > limit) {
      int last = leastImportant(widths);
      if (last < 0) {
        return;
      }
      widths[last] = 0;
    }
  }

  private int leastImportant(int[] widths) {
    int found = -1;
    int rank = 0;
    for (int i = 0; i < widths.length; i++) {
      if (widths[i] > 0 && columns.get(i).rank() > rank) {
        found = i;
        rank = columns.get(i).rank();
      }
    }
    return found;
  }

  private static int total(int[] widths) {
    int sum = 0;
    int shown = 0;
    for (int width : widths) {
      if (width > 0) {
        sum += width;
        shown++;
      }
    }
    return sum + GAP.length() * Math.max(0, shown - 1);
  }

  private void printLine(PrintWriter out, List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      if (widths[i] > 0) {
        if (line.length() > 0) {
          line.append(GAP);
        }
        appendCell(line, cells.get(i), widths[i], columns.get(i).right());
      }
    }
    out.print(line.toString().stripTrailing() + '\n');
  }

  private static void appendCell(StringBuilder line, String cell, int width, boolean right) {
    String shown = cut(cell, width);
    String padding = " ".repeat(width - length(shown));
    line.append(right ? padding + shown : shown + padding);
  }

  private static String cut(String cell, int width) {
    if (length(cell) <= width) {
      return cell;
    }
    return cell.substring(0, cell.offsetByCodePoints(0, width - 1)) + "…";
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
