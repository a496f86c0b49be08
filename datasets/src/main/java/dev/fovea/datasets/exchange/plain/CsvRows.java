package dev.fovea.datasets.exchange.plain;

import dev.fovea.datasets.exchange.reading.ByteOrderMark;
import dev.fovea.datasets.exchange.reading.FindingCounter;
import dev.fovea.datasets.formats.CsvFields;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Tables of RFC 4180, or the same with semicolons or tabs, read row by row; a quoted field may go over several lines.
 */
final class CsvRows {

    private final Path file;
    private final List<String> titles;
    private final List<String> head;
    private final char separator;

    private CsvRows(Path file, List<String> names, char separator) {
        this.file = file;
        this.titles = names.stream().map(String::strip).toList();
        this.head = titles.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
        this.separator = separator;
    }

    /** A table with its first row; {@code DATASET_INVALID} when the file is not text in UTF-8. */
    static CsvRows of(Path file) {
        List<CsvRows> opened = new ArrayList<>();
        read(file, ',', true, (line, row) -> {
            String first = row.size() == 1 ? row.getFirst() : String.join(",", row);
            char separator = first.indexOf('\t') >= 0 ? '\t' : row.size() == 1 && first.indexOf(';') >= 0 ? ';' : ',';
            List<String> names = separator == ',' ? row : List.of(first.split(String.valueOf(separator), -1));
            opened.add(new CsvRows(file, names, separator));
        });
        return opened.isEmpty() ? new CsvRows(file, List.of(), ',') : opened.getFirst();
    }

    /** The first row as it is written, of a table that may have no head. */
    static Optional<List<String>> first(Path file) {
        List<List<String>> rows = new ArrayList<>();
        read(file, ',', true, (line, row) -> rows.add(row));
        return rows.stream().findFirst();
    }

    Path file() {
        return file;
    }

    /** The names of the columns in lower case. */
    List<String> head() {
        return head;
    }

    /** The names of the columns as they are written. */
    List<String> titles() {
        return titles;
    }

    /** The first column of one of several names; −1 when there is none. */
    int column(Set<String> names) {
        return IntStream.range(0, head.size())
                .filter(i -> names.contains(head.get(i)))
                .findFirst()
                .orElse(-1);
    }

    int column(String... names) {
        return column(Set.of(names));
    }

    /** A field; empty where the row is too short or the column is not there. */
    static String cell(List<String> row, int column) {
        return column >= 0 && column < row.size() ? row.get(column) : "";
    }

    /** Each row below the head with the line that it begins in. */
    void forEach(FindingCounter findings, BiConsumer<Integer, List<String>> use) {
        ByteOrderMark.report(file, findings);
        boolean[] isHead = {true};
        read(file, separator, false, (line, row) -> {
            if (!isHead[0]) {
                use.accept(line, row);
            }
            isHead[0] = false;
        });
    }

    private static void read(Path file, char separator, boolean one, BiConsumer<Integer, List<String>> use) {
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            String line = reader.readLine();
            int number = 1;
            if (line != null && line.startsWith("\uFEFF")) {
                line = line.substring(1);
            }
            while (line != null) {
                int start = number;
                StringBuilder text = new StringBuilder(line);
                while (isOpen(text)) {
                    String more = reader.readLine();
                    if (more == null) {
                        throw new FoveaException(
                                ErrorCode.DATASET_INVALID,
                                "Line %d of %s: a quote is not closed. Close it. Nothing was imported."
                                        .formatted(start, file));
                    }
                    text.append('\n').append(more);
                    number++;
                }
                if (!text.toString().isBlank()) {
                    use.accept(start, CsvFields.of(text, separator));
                    if (one) {
                        return;
                    }
                }
                line = reader.readLine();
                number++;
            }
        } catch (IOException e) {
            throw new FoveaException(
                    ErrorCode.DATASET_INVALID,
                    "%s cannot be read as text. Check its permissions and that it is UTF-8.".formatted(file),
                    e);
        }
    }

    private static boolean isOpen(CharSequence text) {
        return text.chars().filter(c -> c == '"').count() % 2 == 1;
    }

    /** A row as text, fields quoted where they need it. */
    static String text(List<String> fields) {
        return fields.stream()
                        .map(field -> field.matches("(?s).*[\",;\t\r\n].*|^\\s.*|.*\\s$")
                                ? '"' + field.replace("\"", "\"\"") + '"'
                                : field)
                        .collect(Collectors.joining(","))
                + "\n";
    }
}
