package dev.fovea.api.objectives;

import dev.fovea.monitoring.objectives.ObjectiveStatus;
import dev.fovea.monitoring.objectives.ObjectiveVerdict;
import dev.fovea.monitoring.objectives.ServiceLevelReport;
import dev.fovea.monitoring.objectives.history.ServiceCounts;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.Locale;
import java.util.Optional;

/** A month's service level as a page of HTML that stands alone: without scripts, for screens and for paper. */
public final class ServiceLevelPage {

    private static final String STYLE = """
            :root { color-scheme: light dark; --ground: #fff; --ink: #12181b; --soft: #5f6d73; --line: #e0e5e7;
              --sunken: #eef1f2; --good: #2a7a4b; --bad: #b3311a; --warn: #8a6100; --data: #1b6f8a; }
            @media (prefers-color-scheme: dark) { :root { --ground: #14191c; --ink: #e8edef; --soft: #8a979d;
              --line: #252d31; --sunken: #1b2225; --good: #71c792; --bad: #ff8d6f; --warn: #f6c429; --data: #5bb5d2; } }
            @media print { :root { color-scheme: light; --ground: #fff; --ink: #000; --soft: #444; --line: #bbb;
              --sunken: #eee; --good: #2a7a4b; --bad: #b3311a; --warn: #8a6100; --data: #1b6f8a; }
              * { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
            @page { margin: 16mm; }
            body { margin: 0 auto; padding: 32px 20px 48px; max-width: 860px; background: var(--ground);
              color: var(--ink); font: 14px/1.5 system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif;
              font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
            h1 { margin: 0; font-size: 24px; } h2 { margin: 0; font-size: 16px; }
            .soft { margin: 2px 0; color: var(--soft); }
            .verdict { margin: 20px 0; padding: 12px 16px; border: 1px solid var(--line); border-left-width: 4px;
              border-radius: 8px; font-size: 16px; font-weight: 600; }
            .good { border-left-color: var(--good); } .bad { border-left-color: var(--bad); }
            section { padding: 16px 0; border-top: 1px solid var(--line); }
            .row { display: flex; flex-wrap: wrap; gap: 2px 22px; align-items: baseline; }
            .row > * { margin: 0; } .MET { color: var(--good); } .MISSED { color: var(--bad); }
            .NOT_ENOUGH_DATA { color: var(--soft); } .row b { font-weight: 600; }
            .bar { height: 7px; margin: 8px 0 2px; border-radius: 4px; background: var(--sunken); overflow: hidden; }
            .bar i { display: block; height: 100%; background: var(--good); } .bar .low { background: var(--warn); }
            .bar .out { background: var(--bad); }
            figure { margin: 10px 0 0; } figcaption { font-size: 12.5px; }
            svg { display: block; width: 100%; min-width: 560px; } rect.met { fill: var(--data); }
            rect.missed { fill: var(--bad); } .target { stroke: var(--ink); stroke-dasharray: 4 4; }
            .grid { stroke: var(--line); } svg text { fill: var(--soft); font-size: 11px; text-anchor: middle; }
            svg .mark { text-anchor: end; } svg .cut { fill: var(--bad); font-size: 9px; }
            table { width: 100%; min-width: 560px; border-collapse: collapse; white-space: nowrap; }
            .wide { overflow-x: auto; padding-bottom: 6px; }
            th, td { padding: 4px 14px 4px 0; border-top: 1px solid var(--line); text-align: right; font-weight: 400; }
            thead th { border: 0; color: var(--soft); } th:first-child { text-align: left; }
            @media print { body { padding: 0; font-size: 12px; } svg, table { min-width: 0; }
              .wide { overflow: visible; } section.objective, tr { break-inside: avoid; } h2 { break-after: avoid; } }
            """;

    private static final DateTimeFormatter UNTIL =
            DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private static final double LOW = 0.25;
    private static final double PERCENT = 100;

    private ServiceLevelPage() {}

    /** The page of a month. */
    public static String of(ServiceLevelReport report) {
        String month = "%s %d"
                .formatted(
                        report.month().getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH),
                        report.month().getYear());
        StringBuilder page = new StringBuilder();
        page.append("""
                <!doctype html>
                <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
                <title>Service level of %1$s, %2$s</title><style>
                %3$s</style></head><body>
                <h1>Service level of %1$s</h1>
                <p class="soft">%2$s, until %4$s UTC</p>
                <p class="verdict %5$s">%6$s</p>
                """.formatted(
                        escaped(report.model()),
                        month,
                        STYLE,
                        UNTIL.format(report.until()),
                        tone(report),
                        escaped(report.verdict())));
        report.objectives().forEach(status -> page.append(section(status, report)));
        page.append(days(report));
        return page.append("</body></html>\n").toString();
    }

    private static String tone(ServiceLevelReport report) {
        if (report.objectives().stream().anyMatch(status -> status.verdict() == ObjectiveVerdict.MISSED)) {
            return "bad";
        }
        return report.objectives().stream().anyMatch(status -> status.verdict() == ObjectiveVerdict.MET) ? "good" : "";
    }

    private static String section(ObjectiveStatus status, ServiceLevelReport report) {
        String side = status.objective().indicator().isHigherBetter() ? "at least" : "at most";
        return """
                <section class="objective"><div class="row"><h2>%s</h2><span class="soft">%s %s</span><b class="%s">%s</b><b>%s</b></div>
                %s<p class="soft">%s</p>%s</section>
                """.formatted(
                        escaped(ObjectiveWords.name(status.objective())),
                        side,
                        ObjectiveWords.target(status.objective()),
                        status.verdict(),
                        status.verdict().words(),
                        value(status),
                        status.budgetLeft().map(ServiceLevelPage::bar).orElse(""),
                        escaped(status.statement()),
                        DaysDrawing.of(status, report.month()));
    }

    private static String value(ObjectiveStatus status) {
        return status.value()
                .map(value -> ObjectiveWords.value(status.objective(), value.value())
                        + switch (value.source()) {
                            case COUNTED -> "";
                            case KNOWN -> ", from labels";
                            case ESTIMATED -> ", estimated";
                        })
                .orElse("–");
    }

    private static String bar(double left) {
        String kind = left < 0 ? "out" : left < LOW ? "low" : "";
        double width = left < 0 ? PERCENT : Math.min(PERCENT, left * PERCENT);
        return String.format(
                Locale.ROOT,
                "<div class=\"bar\"><i class=\"%s\" style=\"width:%.1f%%\"></i></div><p class=\"soft\">Error budget: %.0f %% %s</p>%n",
                kind,
                width,
                Math.abs(left) * PERCENT,
                left < 0 ? "more than all of it is used" : "left");
    }

    private static String days(ServiceLevelReport report) {
        StringBuilder table = new StringBuilder("""
                <section><h2>Requests</h2><div class="wide"><table><thead><tr><th scope="col">Day</th><th scope="col">Answers</th>\
                <th scope="col">Failures</th><th scope="col">Rejected</th><th scope="col">Fallbacks</th><th scope="col">Latency p95</th>\
                <th scope="col">Latency p99</th></tr></thead><tbody>
                """);
        report.days().forEach(day -> table.append(row(day.date().toString(), day.counts())));
        table.append(row("All", report.counts())).append("</tbody></table></div>");
        report.costPerThousand()
                .ifPresent(cost -> table.append(String.format(
                        Locale.ROOT,
                        "<p class=\"soft\">%,.0f s of processor time and %,d remote calls; 1,000 answers cost %s %s."
                                + " A price unit is what the stated prices are in.</p>",
                        (double) report.counts().use().cpuNanos() / 1e9,
                        report.counts().use().remoteCalls(),
                        ObjectiveWords.figures(cost, 4),
                        ObjectiveWords.PRICE_UNIT)));
        return table.append("</section>\n").toString();
    }

    private static String row(String name, ServiceCounts counts) {
        return String.format(
                Locale.ROOT,
                "<tr><th scope=\"row\">%s</th><td>%,d</td><td>%,d</td><td>%,d</td><td>%,d</td><td>%s</td><td>%s</td></tr>%n",
                name,
                counts.answers(),
                Math.max(0, counts.failures()),
                counts.rejected(),
                counts.fallbacks(),
                millis(counts.latencies().quantile(0.95)),
                millis(counts.latencies().quantile(0.99)));
    }

    private static String millis(Optional<Duration> time) {
        return time.map(known -> ObjectiveWords.figures((double) known.toNanos() / 1e6, 3) + " ms")
                .orElse("–");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
