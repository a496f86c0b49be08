package dev.fovea.cli.predict;

import dev.fovea.cli.terminal.TextTable;
import dev.fovea.load.LoadReport;
import dev.fovea.load.RequestFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A load report as a person reads it: figures, errors, and in sentences what they mean. */
final class LoadText {

    /** Of so many requests, two are slower than the p99. */
    private static final int FEW = 200;

    private LoadText() {}

    static String of(LoadReport report, int inFlight) {
        List<String> parts = new ArrayList<>();
        parts.add(figures(report).toString());
        if (!report.errors().isEmpty()) {
            parts.add(errors(report).toString());
        }
        parts.add(String.join("\n", sentences(report, inFlight)));
        return String.join("\n\n", parts);
    }

    private static TextTable figures(LoadReport report) {
        LoadReport.LoadCounts traffic = report.traffic();
        TextTable table = new TextTable("", "REQUESTS", "PER SECOND", "P50", "P95", "P99", "P99.9", "MAX");
        table.row("offered", count(traffic.due()), rate(traffic.offeredPerSecond()), "", "", "", "", "");
        List<Object> succeeded =
                new ArrayList<>(List.of("succeeded", count(traffic.succeeded()), rate(traffic.succeededPerSecond())));
        report.latencyMs()
                .ifPresentOrElse(
                        ms -> List.of(ms.p50(), ms.p95(), ms.p99(), ms.p999(), ms.max())
                                .forEach(each -> succeeded.add(millis(each))),
                        () -> succeeded.addAll(List.of("–", "–", "–", "–", "–")));
        return table.row(succeeded.toArray());
    }

    private static TextTable errors(LoadReport report) {
        TextTable table = new TextTable("ERROR", "REQUESTS", "SHARE");
        report.errors()
                .forEach((code, requests) -> table.row(
                        code,
                        count(requests),
                        percent((double) requests / report.traffic().due())));
        return table;
    }

    private static List<String> sentences(LoadReport report, int inFlight) {
        List<String> sentences = new ArrayList<>();
        report.p99()
                .ifPresent(check -> sentences.add("p99 limit %s: %s. %s of the requests succeeded within it."
                        .formatted(millis(check.boundMs()), check.met() ? "met" : "MISSED", percent(check.within()))));
        if (report.traffic().succeeded() == 0) {
            sentences.add(
                    report.errors().containsKey(RequestFailure.CONNECTION_REFUSED.name())
                            ? "No request succeeded, and the server is down: see its log."
                            : "No request succeeded.");
        }
        if (report.traffic().notStarted() > 0) {
            sentences.add(
                    "%s requests were not sent, as %d were under way when they came due: the server is too slow for this rate, or raise --in-flight."
                            .formatted(count(report.traffic().notStarted()), inFlight));
        }
        if (report.traffic().succeeded() > 0) {
            sentences.add(generator(report.generator()));
        }
        if (report.traffic().due() < FEW) {
            sentences.add("%s requests are few for a p99: one of them decides it. Send for longer (--for), or faster."
                    .formatted(count(report.traffic().due())));
        }
        return sentences;
    }

    private static String generator(LoadReport.Punctuality own) {
        return own.limit()
                ? "The generator was the limit, not the server alone: 1 of 100 requests left %s late or later. Lower the rate, or send from a machine that the server does not share."
                        .formatted(millis(own.lateP99Ms()))
                : "The generator was not the limit: 99 of 100 requests left within %s of when they were due."
                        .formatted(millis(own.lateP99Ms()));
    }

    private static String count(long requests) {
        return String.format(Locale.ROOT, "%,d", requests);
    }

    private static String rate(double perSecond) {
        return String.format(Locale.ROOT, "%,.1f", perSecond);
    }

    private static String millis(double ms) {
        return String.format(Locale.ROOT, ms < 10 ? "%.2f ms" : "%.1f ms", ms);
    }

    /** Never rounds a miss up to a hit: 98.996 reads 98.99. */
    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f %%", Math.floor(share * 10_000) / 100);
    }
}
