package dev.fovea.evaluation.classification;

import java.util.ArrayList;
import java.util.List;

/** Rows of text in columns as wide as their widest cell: the first to the left, the others to the right. */
public final class AlignedColumns {

    private static final int MAX_PER_CELL = 32;
    private static final String GAP = "  ";

    private final int[] widths;
    private final List<List<String>> rows = new ArrayList<>();

    public AlignedColumns(String... heading) {
        this.widths = new int[heading.length];
        row(List.of(heading));
    }

    /** Adds a row of as many cells as the heading has. */
    public void row(List<String> cells) {
        List<String> shown = cells.stream().map(AlignedColumns::shown).toList();
        for (int i = 0; i < widths.length; i++) {
            widths[i] = Math.max(widths[i], length(shown.get(i)));
        }
        rows.add(shown);
    }

    /** Characters of the widest line. */
    int width() {
        int width = GAP.length() * (widths.length - 1);
        for (int column : widths) {
            width += column;
        }
        return width;
    }

    /** All rows, each ended by a newline. */
    public String render() {
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            text.append(line(row).stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private String line(List<String> row) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String padding = " ".repeat(widths[i] - length(row.get(i)));
            line.append(i == 0 ? row.get(i) + padding : GAP + padding + row.get(i));
        }
        return line.toString();
    }

    /**
     * Labels come from folder names: a control character must not reach the terminal, a long one not break the table.
     */
    private static String shown(String cell) {
        String clean = cell.replaceAll("\\p{Cntrl}", "?");
        return length(clean) <= MAX_PER_CELL
                ? clean
                : clean.substring(0, clean.offsetByCodePoints(0, MAX_PER_CELL - 1)) + "…";
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
