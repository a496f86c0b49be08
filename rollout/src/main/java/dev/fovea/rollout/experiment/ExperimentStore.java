package dev.fovea.rollout.experiment;

import dev.fovea.rollout.evidence.Moments;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Where experiments are kept, durably and shared by servers. Every failure of the medium is {@code STORAGE_FAILED}. */
public interface ExperimentStore {

    /** After a unit's window, values are still taken in for this time: the log is a second or two behind. */
    Duration GRACE = Duration.ofSeconds(5);

    /** A unit whose value lies before its first request by no more than this counts: clocks of servers differ. */
    Duration SKEW = Duration.ofMinutes(1);

    /** Values whose unit is not found are tried again until they are this old. */
    Duration PATIENCE = Duration.ofMinutes(5);

    /**
     * A value of the figure.
     *
     * @param ofRequest whether the subject is the id of a request, else it is a key
     * @param subject a request's id or a key
     * @param happened when it came about
     */
    record FigureValue(boolean ofRequest, String subject, Instant happened, double value) {}

    /**
     * A value with the unit that it belongs to.
     *
     * @param unit empty where its request was not found
     */
    record UnitValue(FigureValue value, Optional<ExperimentUnit> unit) {}

    /** Adds a new one; {@code STATE_CONFLICT} while the model has an active one. */
    void add(Experiment experiment);

    /** Those under way, of all models. */
    List<Experiment> active();

    /** A model's, newest first. */
    List<Experiment> list(String model, int limit);

    /** Changes one in a transaction; {@code NOT_FOUND}. What was counted of one that is over is deleted. */
    Experiment change(String id, UnaryOperator<Experiment> step);

    /**
     * Stores what a server has counted of requests without a key in a stretch of time, in place of what it stored of
     * the same stretch.
     *
     * @param server a name that no other process has, also not an earlier one
     * @param started of the stretch
     */
    void count(String id, String server, Instant started, Map<Integer, ExposureCounts> counts);

    /** Stores units with a key, by version; those that are known keep their version and time. */
    void expose(String id, Instant now, Map<String, Integer> units);

    /** Values of the figure since the start that were not taken in, oldest first. */
    List<FigureValue> open(Experiment experiment, int limit);

    /**
     * Takes values in: counts them for their units, or puts on record why not. One whose unit is not known is left open
     * until it is {@link #PATIENCE} old.
     */
    void take(Experiment experiment, Collection<UnitValue> values, Instant now);

    /** What all servers have counted so far. Units settle when their window and {@link #GRACE} are over. */
    ExperimentSums sums(Experiment experiment, Instant now);

    /**
     * What is made of the values of a figure since a time, one for each request or key that has some; for planning.
     *
     * @param from the first time
     */
    Moments usual(String model, ExperimentMetric metric, Instant from);

    /** The stretches of time in which units without a key settle together. */
    static Duration stretch(ExperimentDesign design) {
        long seconds = Math.max(
                1, Math.max(design.window().toSeconds() / 60, design.longest().toSeconds() / 20_000));
        return Duration.ofSeconds(seconds);
    }
}
