package dev.fovea.cli.predict;

import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.cli.terminal.Terminal;
import dev.fovea.cli.terminal.TextTable;
import dev.fovea.config.Machine;
import dev.fovea.load.StatedDuration;
import dev.fovea.model.Bundle;
import dev.fovea.registry.ModelVersion;
import dev.fovea.runtime.InstanceSettings;
import dev.fovea.runtime.RuntimeSettings;
import dev.fovea.runtime.session.Engine;
import dev.fovea.runtime.tuning.Tuner;
import dev.fovea.runtime.tuning.Tuning;
import dev.fovea.runtime.tuning.TuningJson;
import dev.fovea.runtime.tuning.TuningTrial;
import dev.fovea.server.Application;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea tune}. */
@Command(
        name = "tune",
        description = {
            "Measures how a model runs best on this machine, and keeps it.",
            "Tries threads, instances and batches on the whole path from the file to the answer, takes the fastest setting that keeps the p99 asked for, and stores it for this machine. Running servers take it up. Measure while the machine is quiet."
        },
        footer = {"", "Example:  fovea tune shirts --p99 50ms"})
public final class TuneCommand extends HomeCommand {

    /** A quiet machine repeats itself within some tenths. */
    private static final double RESTLESS = 1.5;

    @Parameters(index = "0", paramLabel = "NAME", description = "The model.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String name;

    @Option(names = "--model-version", paramLabel = "N", description = "A version (default: the one in production).")
    private @Nullable Integer version;

    @Option(
            names = "--p99",
            paramLabel = "TIME",
            description =
                    "Answers should take no longer than this, 99 of 100 times, with all cores busy (default: no limit).")
    private @Nullable String p99;

    @Option(names = "--budget", paramLabel = "TIME", description = "How long to measure (default: ${DEFAULT-VALUE}).")
    private String budget = "40s";

    @Option(
            names = "--images",
            paramLabel = "DIR",
            description = "Images like those that will be asked (default: the model's golden images).")
    private @Nullable Path images;

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    @Override
    public Integer call() {
        Terminal terminal = terminal();
        try (Application application = open()) {
            ModelVersion chosen = application.registry().active(name, Optional.ofNullable(version));
            Bundle bundle = Bundle.read(application.home().bundles().path(chosen.bundleId()));
            Engine engine = application.engine();
            if (application.home().isServed()) {
                terminal.note("A server works on this home; what it does meanwhile slows what is measured here.");
            }
            Map<InstanceSettings, List<TuningTrial>> repeats = new HashMap<>();
            Tuner tuner = new Tuner(engine, RuntimeSettings.forThisMachine(), application.workers());
            Tuning tuning = tuner.tune(
                    new Tuner.Order(
                            bundle, files(bundle), target(), StatedDuration.parse("--budget", budget), () -> false),
                    (trial, number, of) -> {
                        repeats.computeIfAbsent(trial.setting(), setting -> new ArrayList<>())
                                .add(trial);
                        terminal.note("%d of %d: %s".formatted(number, of, described(trial)));
                    });
            application.home().tunings().save(bundle.id(), Machine.identity(engine), tuning);
            show(terminal, chosen, tuning);
            double apart = apart(repeats.values());
            if (apart > RESTLESS) {
                terminal.note(String.format(
                        Locale.ROOT,
                        "The same setting was measured %.1f times as fast once as the other time: the machine was busy with other things. Tune again when it is quiet.",
                        apart));
            }
            return tuning.meets(tuning.chosen()) ? 0 : 1;
        }
    }

    /** How many times as fast one setting was at its best as at its worst, for the setting where that is most. */
    private static double apart(Collection<List<TuningTrial>> repeats) {
        return repeats.stream()
                .map(trials ->
                        trials.stream().mapToDouble(TuningTrial::perSecond).summaryStatistics())
                .mapToDouble(rates -> rates.getMax() / Math.max(rates.getMin(), Double.MIN_NORMAL))
                .max()
                .orElse(1);
    }

    private Optional<Duration> target() {
        return Optional.ofNullable(p99).map(text -> StatedDuration.parse("--p99", text));
    }

    private List<byte[]> files(Bundle bundle) {
        if (bundle.manifest().contract().isEmpty()) {
            return List.of();
        }
        return images != null
                ? LoadImages.of(images)
                : bundle.manifest().golden().stream().map(bundle::goldenImage).toList();
    }

    private void show(Terminal terminal, ModelVersion tuned, Tuning tuning) {
        if (json) {
            terminal.json(TuningJson.tree(tuning));
            return;
        }
        TextTable table = new TextTable("", "INSTANCES", "THREADS", "BATCH", "ANSWERS/S", "P50", "P99", "");
        for (TuningTrial trial : tuning.trials()) {
            table.row(
                    trial.equals(tuning.chosen()) ? "→" : "",
                    Integer.toString(trial.setting().instances()),
                    Integer.toString(trial.setting().threads()),
                    Integer.toString(trial.setting().maxBatch()),
                    String.format(Locale.ROOT, "%.1f", trial.perSecond()),
                    millis(trial.p50Millis()),
                    millis(trial.p99Millis()),
                    tuning.meets(trial) ? "" : "over the p99");
        }
        terminal.say(table.toString());
        terminal.say(
                "%s now runs as %s on this machine%s."
                        .formatted(
                                tuned.id(),
                                tuning.chosen().setting(),
                                tuning.meets(tuning.chosen())
                                        ? ""
                                        : ", which misses the p99 asked for; no setting keeps it with all cores busy. At less load it may hold (fovea load tells); else allow more, or take a smaller model"));
    }

    private static String described(TuningTrial trial) {
        return String.format(
                Locale.ROOT,
                "%s: %.1f answers/s, p99 %s",
                trial.setting(),
                trial.perSecond(),
                millis(trial.p99Millis()));
    }

    private static String millis(double value) {
        return String.format(Locale.ROOT, "%.1f ms", value);
    }
}
