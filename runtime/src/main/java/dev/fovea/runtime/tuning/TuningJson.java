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
    private record Document(Optional<Double> p99TargetMs, Measured chosen, List<Measured> trials) {

        static Document of(Tuning tuning) {
            return new Document(
                    tuning.target().map(target -> target.toNanos() / 1e6),
                    Measured.of(tuning.chosen(), tuning),
                    tuning.trials().stream()
                            .map(trial -> Measured.of(trial, tuning))
                            .toList());
        }

        Tuning tuning() {
            return new Tuning(
                    p99TargetMs.map(millis -> Duration.ofNanos(Math.round(millis * 1e6))),
                    trials.stream().map(Measured::trial).toList());
        }
    }

    /** A trial. */
    private record Measured(
            int threads,
            int instances,
            int maxBatch,
            double perSecond,
            double p50Ms,
            double p99Ms,
            boolean meetsTarget) {

        /** What a session would refuse is refused here. */
        Measured {
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

        static Measured of(TuningTrial trial, Tuning tuning) {
            InstanceSettings setting = trial.setting();
            return new Measured(
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
        return JSON.tree(Document.of(tuning));
    }

    /** As a text that {@link #read} turns into an equal tuning. */
    public static String write(Tuning tuning) {
        return JSON.write(Document.of(tuning));
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws FoveaException {@code STORAGE_FAILED} for anything else: a field that is missing or no finite number
     */
    public static Tuning read(String text) {
        try {
            return JSON.read(text, Document.class).tuning();
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new FoveaException(ErrorCode.STORAGE_FAILED, String.valueOf(e.getMessage()), e);
        }
    }
}
