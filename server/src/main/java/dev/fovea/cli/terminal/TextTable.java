package dev.fovea.cli.terminal;

import dev.fovea.fault.Printable;
import java.util.ArrayList;
import java.util.List;

/** Rows under headings, columns as wide as they need; numbers stand at the right. */
public final class TextTable {

    private final List<String> headings;
    private final List<List<String>> rows = new ArrayList<>();

    public TextTable(String... headings) {
        this.headings = List.of(headings);
    }

    public TextTable row(Object... cells) {
        List<String> row = new ArrayList<>();
        for (Object cell : cells) {
            row.add(Printable.word(cell.toString()));
        }
        rows.add(row);
        return this;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        append(text, headings);
        rows.forEach(row -> append(text.append('\n'), row));
        return text.toString();
    }

    private void append(StringBuilder text, List<String> row) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < headings.size(); column++) {
            int width = width(column);
            String cell = row.get(column);
            String space = " ".repeat(width - cell.length());
            line.append(isNumeric(column) ? space + cell : cell + space).append("  ");
        }
        text.append(line.toString().stripTrailing());
    }

    private int width(int column) {
        int widest = headings.get(column).length();
        for (List<String> row : rows) {
            widest = Math.max(widest, row.get(column).length());
        }
        return widest;
    }

    private boolean isNumeric(int column) {
        return !rows.isEmpty()
                && rows.stream()
                        .map(row -> row.get(column))
                        .allMatch(cell -> cell.matches("[-–+]?|[-+]?[\\d.,]+( ?(%|ms|s|kB|MB))?"));
    }
}
