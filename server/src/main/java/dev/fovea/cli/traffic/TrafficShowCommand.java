package dev.fovea.cli.traffic;

import dev.fovea.api.traffic.LoggedViews;
import dev.fovea.api.traffic.TrafficQuery;
import dev.fovea.api.traffic.TrafficViews;
import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.cli.terminal.NamedVersion;
import dev.fovea.cli.terminal.Terminal;
import dev.fovea.cli.terminal.TextTable;
import dev.fovea.server.Application;
import dev.fovea.traffic.LoggedPrediction;
import dev.fovea.traffic.TrafficFilter;
import dev.fovea.traffic.TrafficQueries;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea traffic show}. */
@Command(
        name = "show",
        description = {
            "Shows the logged predictions of a model: counts, labels, confidence and latency by version, and the measures of its images by day.",
            "A server logs predictions unless traffic.log is false."
        },
        footer = {
            "",
            "Example:  fovea traffic show shirts",
            "          fovea traffic show shirts --from 2026-11-28 --tag camera=b --newest 20"
        })
final class TrafficShowCommand extends HomeCommand {

    private static final int LABELS = 10;

    @Parameters(index = "0", paramLabel = "NAME[@VERSION]", description = "The model, or one of its versions.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String name;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "A day or a time in UTC (default: 30 days before --to).")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "TIME", description = "A day or a time in UTC (default: now).")
    private @Nullable String to;

    @Option(names = "--label", paramLabel = "LABEL", description = "Only predictions of this label.")
    private @Nullable String label;

    @Option(names = "--client", paramLabel = "NAME", description = "Only requests with the API key of this name.")
    private @Nullable String client;

    @Option(names = "--tag", paramLabel = "NAME=VALUE", description = "Only requests with this tag. Repeatable.")
    private List<String> tags = new ArrayList<>();

    @Option(names = "--newest", paramLabel = "N", description = "Also list the newest predictions.")
    private int newest;

    @Option(names = "--json", description = "Print as JSON.")
    private boolean json;

    /** What {@code --json} prints. */
    record Shown(TrafficViews.TrafficView traffic, List<LoggedViews.LoggedView> newest) {}

    @Override
    public Integer call() {
        Terminal terminal = terminal();
        try (Application application = open();
                TrafficQueries queries =
                        application.home().production().traffic().queries()) {
            NamedVersion which = NamedVersion.parse(name);
            var _ = application.registry().model(which.name());
            TrafficFilter filter = new TrafficQuery(
                            which.name(), from, to, which.version().orElse(null), label, client, tags)
                    .filter(Clock.systemUTC().instant());
            TrafficViews.TrafficView traffic = TrafficViews.of(filter, queries.tally(filter));
            List<LoggedPrediction> rows = newest > 0 ? queries.newest(filter, newest, 0) : List.of();
            if (json) {
                terminal.json(
                        new Shown(traffic, rows.stream().map(LoggedViews::of).toList()));
                return 0;
            }
            if (traffic.predictions() == 0) {
                terminal.say(
                        "No predictions of %s are logged from %s to %s.".formatted(name, traffic.from(), traffic.to()));
                return 0;
            }
            terminal.say(versions(traffic));
            terminal.say("");
            terminal.say(labels(traffic));
            terminal.say("");
            terminal.say(series(traffic));
            if (!rows.isEmpty()) {
                terminal.say("");
                terminal.say(newest(rows));
            }
            return 0;
        }
    }

    private static String versions(TrafficViews.TrafficView traffic) {
        TextTable table = new TextTable("VERSION", "PREDICTIONS", "CACHED", "ESCALATED", "CONFIDENCE", "P50", "P99");
        traffic.versions()
                .forEach(each -> table.row(
                        each.version().map(String::valueOf).orElse("none"),
                        each.predictions(),
                        each.cached(),
                        each.escalated(),
                        each.confidence()
                                .map(confidence -> number(confidence.mean()))
                                .orElse("–"),
                        number(each.latencyMs().p50()) + " ms",
                        number(each.latencyMs().p99()) + " ms"));
        return table.toString();
    }

    private static String labels(TrafficViews.TrafficView traffic) {
        TextTable table = new TextTable("VERSION", "LABEL", "COUNT", "MEAN SCORE");
        traffic.versions()
                .forEach(version -> version.labels().stream()
                        .limit(LABELS)
                        .forEach(each -> table.row(
                                version.version().map(String::valueOf).orElse("none"),
                                each.label(),
                                each.count(),
                                number(each.meanScore()))));
        return table.toString();
    }

    private static String series(TrafficViews.TrafficView traffic) {
        TextTable table = new TextTable("FROM", "VERSION", "PREDICTIONS", "CONFIDENCE", "BRIGHTNESS", "SHARPNESS");
        traffic.series()
                .forEach(point -> table.row(
                        point.time(),
                        point.version().map(String::valueOf).orElse("none"),
                        point.predictions(),
                        point.meanConfidence().map(TrafficShowCommand::number).orElse("–"),
                        mean(point.measures(), "brightness"),
                        mean(point.measures(), "sharpness")));
        return table.toString();
    }

    private static String mean(Map<String, TrafficViews.MeasureView> measures, String name) {
        TrafficViews.MeasureView measure = measures.get(name);
        return measure == null ? "–" : number(measure.mean());
    }

    private static String newest(List<LoggedPrediction> rows) {
        TextTable table = new TextTable("TIME", "REQUEST", "VERSION", "LABEL", "SCORE", "TAGS");
        rows.forEach(row -> table.row(
                row.time(),
                row.request().id(),
                row.version().version(),
                row.output().best().map(best -> best.label()).orElse("–"),
                row.output().best().map(best -> number(best.score())).orElse("–"),
                row.request().tags()));
        return table.toString();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
