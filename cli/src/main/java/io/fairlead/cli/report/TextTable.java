package io.fairlead.cli.report;

import java.util.ArrayList;
import java.util.List;
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
    int[] widths = natural();
    fit(widths, width);
    StringBuilder out = new StringBuilder();
    appendLine(out, columns.stream().map(Column::title).toList(), widths);
    for (List<String> row : rows) {
      appendLine(out, row, widths);
    }
    if (foot != null) {
      out.append("-".repeat(total(widths))).append('\n');
      appendLine(out, foot, widths);
    }
    return out.toString();
  }

  private int[] natural() {
    int[] widths = new int[columns.size()];
    for (int i = 0; i < widths.length; i++) {
      widths[i] = length(columns.get(i).title());
      for (List<String> row : rows) {
        widths[i] = Math.max(widths[i], length(row.get(i)));
      }
      if (foot != null) {
        widths[i] = Math.max(widths[i], length(foot.get(i)));
      }
    }
    return widths;
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

  private void appendLine(StringBuilder out, List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      if (widths[i] > 0) {
        if (line.length() > 0) {
          line.append(GAP);
        }
        appendCell(line, cells.get(i), widths[i], columns.get(i).right());
      }
    }
    out.append(line.toString().stripTrailing()).append('\n');
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
