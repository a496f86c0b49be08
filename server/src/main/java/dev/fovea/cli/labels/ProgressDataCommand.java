package dev.fovea.cli.labels;

import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.cli.terminal.Terminal;
import dev.fovea.cli.terminal.TextTable;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.labels.Labelling;
import dev.fovea.labels.consensus.LabelCapacity;
import dev.fovea.labels.consensus.LabellingProgress;
import dev.fovea.labels.queue.LabelNeed;
import dev.fovea.server.Application;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea data progress}. */
@Command(
        name = "progress",
        description = {
            "Says when the images are labelled: labels that people make per day against labels that the models need.",
            "A rate per day needs labels on 3 of the last 7 days."
        },
        footer = {"", "Example:  fovea data progress shirts --need 300"})
public final class ProgressDataCommand extends HomeCommand {

    @Parameters(index = "0", paramLabel = "NAME", arity = "0..1", description = "The data set (default: all).")
    private @Nullable String name;

    @Option(
            names = "--need",
            paramLabel = "N",
            description =
                    "Declare how many labels per day the models need (default: as many as the images that arrive want).")
    private @Nullable Double need;

    @Option(
            names = "--intake-share",
            paramLabel = "SHARE",
            description = "Declare which share of the images that arrive is to be labelled, 0 to 1.")
    private @Nullable Double intakeShare;

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    @Override
    public Integer call() {
        try (Application application = open()) {
            Labelling labelling = application.labelling();
            if (name == null) {
                if (need != null || intakeShare != null) {
                    throw new FoveaException(
                            ErrorCode.ARGUMENT_INVALID, "--need and --intake-share are of one data set. Name it.");
                }
                all(labelling);
            } else {
                declare(labelling, name);
                one(labelling.progress(name));
            }
            return 0;
        }
    }

    private void declare(Labelling labelling, String dataset) {
        if (need != null || intakeShare != null) {
            LabelNeed before = labelling.need(dataset);
            LabelNeed _ = labelling.need(
                    dataset,
                    new LabelNeed(
                            Optional.ofNullable(need).or(before::labelsPerDay),
                            intakeShare == null ? before.intakeShare() : intakeShare));
        }
    }

    private void all(Labelling labelling) {
        SortedMap<String, LabelCapacity> capacities = labelling.capacities();
        if (json) {
            terminal().json(new TreeMap<>(capacities));
            return;
        }
        TextTable table = new TextTable("DATA SET", "BACKLOG", "MADE PER DAY", "NEEDED PER DAY", "DONE");
        capacities.forEach((dataset, capacity) -> table.row(
                dataset,
                String.format(Locale.ROOT, "%,d", capacity.backlog()),
                capacity.rate().perDay().map(ProgressDataCommand::number).orElse("unknown"),
                number(capacity.neededPerDay()),
                capacity.backlog() == 0
                        ? "now"
                        : capacity.forecast()
                                .map(forecast -> forecast.done().toString().substring(0, 10))
                                .orElse(capacity.rate().perDay().isEmpty() ? "unknown" : "never")));
        terminal().say(table.toString());
    }

    private void one(LabellingProgress progress) {
        Terminal terminal = terminal();
        if (json) {
            terminal.json(progress);
            return;
        }
        terminal.say(progress.capacity().verdict());
        progress.prefills().verdict().ifPresent(terminal::say);
        if (progress.people().isEmpty()) {
            return;
        }
        TextTable people = new TextTable("ANNOTATOR", "LABELS", "MEDIAN TIME");
        progress.people()
                .forEach(person -> people.row(
                        person.quality().annotator(),
                        String.valueOf(person.quality().labels()),
                        seconds(person.medianMillis())));
        terminal.say(people.toString());
        TextTable classes = new TextTable("CLASS", "LABELS", "MEDIAN TIME");
        progress.classes()
                .forEach(each -> classes.row(each.name(), String.valueOf(each.labels()), seconds(each.medianMillis())));
        terminal.say(classes.toString());
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }

    private static String seconds(Optional<Long> millis) {
        return millis.map(each -> String.format(Locale.ROOT, "%.1f s", each / 1000.0))
                .orElse("unknown");
    }
}
