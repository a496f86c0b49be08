package dev.fovea.traffic.truth;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.fault.Printable;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Truths as CSV (RFC 4180): a heading with {@code request_id} and {@code label}, in any order and among other columns,
 * and a row for each image. Labels of a classifier with several labels are separated by {@code |}. Instead of
 * {@code label}, a column {@code boxes} holds JSON.
 */
public final class ReportedTruths {

    private static final int MAX_ID = 256;

    private ReportedTruths() {}

    /**
     * Reads a file.
     *
     * @param multiLabel whether an image has any number of labels
     * @throws FoveaException {@code ARGUMENT_INVALID} with the line of the first fault
     */
    public static List<Truth> read(BufferedReader csv, boolean multiLabel, Instant received) throws IOException {
        CsvLines lines = new CsvLines(csv);
        List<String> heading = lines.next().orElseThrow(() -> invalid(1, "the file is empty"));
        int request = column(heading, "request_id");
        int label = heading.indexOf("label");
        int boxes = heading.indexOf("boxes");
        if (label < 0 && boxes < 0) {
            throw invalid(1, "there is neither a column label nor a column boxes");
        }
        List<Truth> truths = new ArrayList<>();
        for (var line = lines.next(); line.isPresent(); line = lines.next()) {
            List<String> row = line.get();
            if (row.size() != heading.size()) {
                throw invalid(lines.number(), "it has %d fields, the heading %d".formatted(row.size(), heading.size()));
            }
            String id = requireId(row.get(request), lines.number());
            TrueLabels labels = boxes >= 0 && !row.get(boxes).isEmpty()
                    ? boxes(row.get(boxes), lines.number())
                    : labels(row.get(Math.max(0, label)), multiLabel, lines.number());
            truths.add(new Truth(id, labels, TruthSource.REPORTED, received));
            if (truths.size() > Truths.MAX_AT_ONCE) {
                throw invalid(lines.number(), "there are more than %,d rows; split it".formatted(Truths.MAX_AT_ONCE));
            }
        }
        if (truths.isEmpty()) {
            throw invalid(1, "there is no row below the heading");
        }
        return truths;
    }

    private static int column(List<String> heading, String name) {
        int column = heading.indexOf(name);
        if (column < 0) {
            throw invalid(
                    1,
                    "there is no column %s; it has %s%s"
                            .formatted(
                                    name,
                                    String.join(
                                            ", ",
                                            heading.stream()
                                                    .map(Printable::brief)
                                                    .toList()),
                                    heading.size() == 1 && heading.getFirst().contains(";")
                                            ? ". Separate the columns by commas"
                                            : ""));
        }
        return column;
    }

    private static String requireId(String id, int line) {
        if (id.isBlank() || id.length() > MAX_ID || !Printable.isPlain(id)) {
            throw invalid(line, "the request id \"%s\" is no id".formatted(Printable.brief(id)));
        }
        return id.strip();
    }

    private static TrueLabels labels(String text, boolean multiLabel, int line) {
        if (multiLabel) {
            TreeSet<String> labels = new TreeSet<>();
            for (String label : text.split("\\|")) {
                if (!label.isBlank()) {
                    labels.add(label.strip());
                }
            }
            return new TrueLabels.TrueLabelSet(labels);
        }
        if (text.isBlank()) {
            throw invalid(line, "the label is empty");
        }
        return new TrueLabels.TrueLabel(text.strip());
    }

    private static TrueLabels boxes(String json, int line) {
        try {
            return TrueLabels.ofJson("{\"boxes\":%s}".formatted(json));
        } catch (FoveaException e) {
            throw invalid(line, "its boxes cannot be read: " + e.getMessage());
        }
    }

    private static FoveaException invalid(int line, String why) {
        return new FoveaException(
                ErrorCode.ARGUMENT_INVALID,
                "Line %d of the CSV: %s. Nothing was added. The columns are request_id and label."
                        .formatted(line, why));
    }
}
