package dev.fovea.runtime.tuning;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.json.Json;
import dev.fovea.runtime.InstanceSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** A tuning as JSON, for stores and for {@code --json}. */
public final class TuningJson {

    private static final Json JSON = Json.of("tuning", ErrorCode.STORAGE_FAILED);

    /** As many as a session may have. */
    private static final int MAX_THREADS = 256;

    private static final int MAX = 1024;

    private TuningJson() {}

    /** The document. */
    private record TuningDocument(Optional<Double> p99TargetMs, MeasuredTrial chosen, List<MeasuredTrial> trials) {

        static TuningDocument of(Tuning tuning) {
            return new TuningDocument(
                    tuning.target().map(target -> target.toNanos() / 1e6),
                    MeasuredTrial.of(tuning.chosen(), tuning),
                    tuning.trials().stream()
                            .map(trial -> MeasuredTrial.of(trial, tuning))
                            .toList());
        }

        Tuning tuning() {
            return new Tuning(
                    p99TargetMs.map(millis -> Duration.ofNanos(Math.round(millis * 1e6))),
                    trials.stream().map(MeasuredTrial::trial).toList());
        }
    }

    /** A trial. */
    private record MeasuredTrial(
            int threads,
            int instances,
            int maxBatch,
            double perSecond,
            double p50Ms,
            double p99Ms,
            boolean meetsTarget) {

        /** What a session would refuse is refused here. */
        MeasuredTrial {
            require("threads", threads, MAX_THREADS);
            require("instances", instances, MAX);
            require("max_batch", maxBatch, MAX);
        }

        private static void require(String name, int value, int max) {
            if (value < 1 || value > max) {
                throw new IllegalArgumentException(
                        "%s is %d where a whole number from 1 to %d belongs".formatted(name, value, max));
            }
        }

        static MeasuredTrial of(TuningTrial trial, Tuning tuning) {
            InstanceSettings setting = trial.setting();
            return new MeasuredTrial(
                    setting.threads(),
                    setting.instances(),
                    setting.maxBatch(),
                    trial.perSecond(),
                    trial.p50Millis(),
                    trial.p99Millis(),
                    tuning.meets(trial));
        }

        TuningTrial trial() {
            return new TuningTrial(new InstanceSettings(threads, instances, maxBatch), perSecond, p50Ms, p99Ms);
        }
    }

    /** The tuning as a tree. */
    public static ObjectNode tree(Tuning tuning) {
        return JSON.tree(TuningDocument.of(tuning));
    }

    /** As a text that {@link #read} turns into an equal tuning. */
    public static String write(Tuning tuning) {
        return JSON.write(TuningDocument.of(tuning));
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws FoveaException {@code STORAGE_FAILED} for anything else: a field that is missing or no finite number
     */
    public static Tuning read(String text) {
        try {
            return JSON.read(text, TuningDocument.class).tuning();
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new FoveaException(ErrorCode.STORAGE_FAILED, String.valueOf(e.getMessage()), e);
        }
    }
}
