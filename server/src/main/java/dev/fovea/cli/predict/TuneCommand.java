package dev.fovea.cli.predict;

import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.cli.terminal.Terminal;
import dev.fovea.cli.terminal.TextTable;
import dev.fovea.load.StatedDuration;
import dev.fovea.pipeline.JobOutcomes;
import dev.fovea.pipeline.ModelTuning;
import dev.fovea.pipeline.request.TuneRequest;
import dev.fovea.runtime.tuning.Tuning;
import dev.fovea.runtime.tuning.TuningJson;
import dev.fovea.runtime.tuning.TuningTrial;
import dev.fovea.server.Application;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea tune}. */
@Command(
        name = "tune",
        description = {
            "Measures the best settings of a model on this machine, and stores them.",
            "Measures threads, instances and batch sizes on the whole path from the file to the prediction. The fastest setting within --p99 is stored for this machine; running servers use it at once. Tune while the machine is idle."
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
            description = "Max latency at the 99th percentile, with all cores busy (default: no limit).")
    private @Nullable String p99;

    @Option(
            names = "--budget",
            paramLabel = "TIME",
            description = "Max time of the measurement (default: ${DEFAULT-VALUE}).")
    private String budget = "40s";

    @Option(
            names = "--images",
            paramLabel = "DIR",
            description = "Images like those in production (default: the model's golden images).")
    private @Nullable Path images;

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    @Override
    public Integer call() {
        Terminal terminal = terminal();
        try (Application application = open()) {
            TuneRequest request = new TuneRequest(
                    name,
                    Optional.ofNullable(version),
                    Optional.ofNullable(p99).map(text -> millis(StatedDuration.parse("--p99", text))),
                    Optional.of(millis(StatedDuration.parse("--budget", budget)) / 1000),
                    images == null ? "" : images.toAbsolutePath().toString());
            if (application.home().isServed()) {
                terminal.note("A server uses this home; its work slows the measurement.");
            }
            ModelTuning.TuningResult result = application
                    .jobs()
                    .run(
                            request,
                            (step, fraction, remaining, detail) -> {},
                            progress -> application.tuning().run(request, (trial, number, of) -> {
                                progress.counting().at("trials", number, of);
                                terminal.note("%d of %d: %s".formatted(number, of, described(trial)));
                            }),
                            JobOutcomes::of);
            show(terminal, result);
            if (result.spread() > RESTLESS) {
                terminal.note(String.format(
                        Locale.ROOT,
                        "Two measurements of the same setting differ by a factor of %.1f: the machine was busy. Tune again when it is idle.",
                        result.spread()));
            }
            return result.meetsTarget() ? 0 : 1;
        }
    }

    private static double millis(Duration duration) {
        return duration.toNanos() / 1e6;
    }

    private void show(Terminal terminal, ModelTuning.TuningResult result) {
        Tuning tuning = result.tuning();
        if (json) {
            terminal.json(TuningJson.tree(tuning));
            return;
        }
        TextTable table = new TextTable("", "INSTANCES", "THREADS", "BATCH", "IMAGES/S", "P50", "P99", "");
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
        terminal.say(JobOutcomes.sentence(result));
    }

    private static String described(TuningTrial trial) {
        return String.format(
                Locale.ROOT,
                "%s: %.1f images/s, p99 %s",
                trial.setting(),
                trial.perSecond(),
                millis(trial.p99Millis()));
    }

    private static String millis(double value) {
        return String.format(Locale.ROOT, "%.1f ms", value);
    }
}
