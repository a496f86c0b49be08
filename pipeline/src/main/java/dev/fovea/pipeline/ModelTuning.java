package dev.fovea.pipeline;

import dev.fovea.model.Bundle;
import dev.fovea.pipeline.jobs.ImageFiles;
import dev.fovea.pipeline.jobs.JobTools;
import dev.fovea.pipeline.request.TuneRequest;
import dev.fovea.registry.ModelVersion;
import dev.fovea.runtime.InstanceSettings;
import dev.fovea.runtime.RuntimeSettings;
import dev.fovea.runtime.tuning.Tuner;
import dev.fovea.runtime.tuning.Tuning;
import dev.fovea.runtime.tuning.TuningTrial;
import dev.fovea.runtime.tuning.Tunings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds the best runtime setting of a version on this machine and stores it for servers. */
public final class ModelTuning {

    private static final double DEFAULT_SECONDS = 40;

    private final JobTools tools;
    private final Tunings tunings;
    private final String machine;

    /**
     * A tuning with these tools.
     *
     * @param machine stable description of this machine
     */
    public ModelTuning(JobTools tools, Tunings tunings, String machine) {
        this.tools = tools;
        this.tunings = tunings;
        this.machine = machine;
    }

    /**
     * The result of a tuning.
     *
     * @param spread largest ratio of the best to the worst throughput of one setting
     */
    public record TuningResult(ModelVersion version, Tuning tuning, double spread) {

        /** Whether the best setting meets the requested p99. */
        public boolean meetsTarget() {
            return tuning.meets(tuning.chosen());
        }
    }

    /** Measures and stores the best setting; throws the errors of {@link Tuner#tune}. */
    public TuningResult run(TuneRequest request, Tuner.TuningProgress progress) {
        ModelVersion version = tools.registry().active(request.model(), request.version());
        Bundle bundle = tools.bundles().bundle(version.bundleId());
        Map<InstanceSettings, List<TuningTrial>> repeats = new HashMap<>();
        Tuning tuning = new Tuner(tools.engine(), RuntimeSettings.forThisMachine(), tools.workers())
                .tune(
                        new Tuner.TuningGoal(
                                bundle,
                                images(bundle, request),
                                request.p99Ms().map(ModelTuning::millis),
                                millis(1000 * request.seconds().orElse(DEFAULT_SECONDS)),
                                () -> false),
                        (trial, number, of) -> {
                            repeats.computeIfAbsent(trial.setting(), setting -> new ArrayList<>())
                                    .add(trial);
                            progress.done(trial, number, of);
                        });
        tunings.save(bundle.id(), machine, tuning);
        return new TuningResult(version, tuning, spread(repeats));
    }

    private static double spread(Map<InstanceSettings, List<TuningTrial>> repeats) {
        return repeats.values().stream()
                .map(trials ->
                        trials.stream().mapToDouble(TuningTrial::perSecond).summaryStatistics())
                .mapToDouble(rates -> rates.getMax() / Math.max(rates.getMin(), Double.MIN_NORMAL))
                .max()
                .orElse(1);
    }

    private static Duration millis(double millis) {
        return Duration.ofNanos(Math.round(millis * 1e6));
    }

    private static List<byte[]> images(Bundle bundle, TuneRequest request) {
        if (bundle.manifest().contract().isEmpty()) {
            return List.of();
        }
        if (request.images().isEmpty()) {
            return bundle.manifest().golden().stream().map(bundle::goldenImage).toList();
        }
        return ImageFiles.of(Path.of(request.images()));
    }
}
