package dev.fovea.traffic.truth;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Rows of a CSV file by RFC 4180; blank lines are passed over, as is a byte order mark. */
final class CsvLines {

    private static final int MAX_LENGTH = 1 << 20;

    private final BufferedReader reader;
    private int number;

    CsvLines(BufferedReader reader) {
        this.reader = reader;
    }

    /** The last line of the newest row, from 1. */
    int number() {
        return number;
    }

    /** The next row; empty at the end. */
    Optional<List<String>> next() throws IOException {
        String line = reader.readLine();
        while (line != null) {
            number++;
            if (number == 1 && line.startsWith("\uFEFF")) {
                line = line.substring(1);
            }
            if (!line.isBlank()) {
                return Optional.of(fields(line));
            }
            line = reader.readLine();
        }
        return Optional.empty();
    }

    private List<String> fields(String first) throws IOException {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        String line = first;
        int at = 0;
        while (true) {
            if (at == line.length()) {
                String more = quoted && field.length() < MAX_LENGTH ? reader.readLine() : null;
                if (more == null) {
                    fields.add(field.toString());
                    return fields;
                }
                number++;
                field.append('\n');
                line = more;
                at = 0;
                continue;
            }
            char c = line.charAt(at++);
            if (quoted && c == '"' && at < line.length() && line.charAt(at) == '"') {
                field.append(c);
                at++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
    }
}
