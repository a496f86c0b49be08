package dev.fovea.cli.search;

import dev.fovea.cli.terminal.TextTable;
import dev.fovea.pipeline.bar.MeasuredLatency;
import dev.fovea.pipeline.search.CandidateEvidence.EvidenceMethod;
import dev.fovea.pipeline.search.SearchRecord;
import dev.fovea.pipeline.search.SearchRecord.CandidateRow;
import dev.fovea.statistics.Interval;
import java.util.Locale;
import java.util.Optional;

/** The candidates of a search as a table: those that were judged on all images, the smallest first. */
public final class SearchCandidates {

    private static final String UNKNOWN = "–";

    private SearchCandidates() {}

    /** The table, with intervals whose lower ends hold together. */
    public static String table(SearchRecord record) {
        TextTable table = new TextTable("CANDIDATE", "ACCURACY", "MACRO-F1", "SIZE", "P50", "P99", "FRONT", "CLEARS");
        record.candidates().stream()
                .filter(row -> row.quality().method() != EvidenceMethod.SAMPLE)
                .forEach(row -> table.row(
                        row.name(),
                        interval(row.quality().accuracy()),
                        interval(row.quality().macroF1()),
                        String.format(Locale.ROOT, "%.2f MB", row.cost().bytes() / 1e6),
                        millis(row.cost().latency().map(MeasuredLatency::p50Ms)),
                        millis(row.cost().latency().map(MeasuredLatency::p99Ms)),
                        row.front() ? "*" : "",
                        clears(record, row)));
        return table.toString();
    }

    private static String clears(SearchRecord record, CandidateRow row) {
        String word = row.cleared() ? "yes" : "no";
        return record.winner().filter(row.name()::equals).isPresent() ? word + ", chosen" : word;
    }

    private static String interval(Interval interval) {
        return String.format(Locale.ROOT, "%.3f (%.3f–%.3f)", interval.value(), interval.low(), interval.high());
    }

    private static String millis(Optional<Double> millis) {
        return millis.map(value -> String.format(Locale.ROOT, "%.1f ms", value)).orElse(UNKNOWN);
    }
}
