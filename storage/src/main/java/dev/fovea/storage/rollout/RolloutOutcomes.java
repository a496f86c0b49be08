package dev.fovea.storage.rollout;

import dev.fovea.rollout.StagedRollout;
import dev.fovea.rollout.evidence.ArmSums;
import dev.fovea.rollout.evidence.Moments;
import dev.fovea.rollout.evidence.TrialSums;
import dev.fovea.rollout.policy.Guard;
import dev.fovea.rollout.policy.GuardMetric;
import dev.fovea.rollout.policy.ValueRange;
import dev.fovea.serving.pool.RolloutChoice;
import dev.fovea.statistics.sequential.GradedCounts;
import dev.fovea.storage.sql.Transaction;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What became known of predictions later: true labels and business figures since the start of a rollout, and what the
 * candidate's shadow has compared. Only what the guards watch is read.
 */
record RolloutOutcomes(Transaction transaction, StagedRollout rollout) {

    private static final GradedCounts NONE = GradedCounts.trials(0, 0);

    /** What servers have counted, with these. */
    TrialSums added(TrialSums counted) throws SQLException {
        int candidate = rollout.candidate().version();
        return new TrialSums(
                counted.candidate().with(labelled(candidate), compared(), ranged(candidate), figures(candidate)),
                counted.production()
                        .with(
                                labelled(rollout.production()),
                                NONE,
                                ranged(rollout.production()),
                                figures(rollout.production())));
    }

    private long start() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, rollout.start().at());
    }

    /** Predictions of a version whose true labels are known. */
    private GradedCounts labelled(int version) throws SQLException {
        if (!rollout.policy().watches(GuardMetric.ACCURACY)) {
            return NONE;
        }
        long[] counts = new long[2];
        transaction.list(
                """
                SELECT is_right, count(*) AS number FROM truth_prediction
                WHERE model = ? AND version = ? AND predicted >= ? AND is_right IN (0, 1) GROUP BY is_right
                """, row -> counts[row.getInt("is_right")] = row.getLong("number"), rollout.model(), version, start());
        return new GradedCounts(counts);
    }

    /** Images that the candidate has seen in shadow, beside production. */
    private GradedCounts compared() throws SQLException {
        if (!rollout.policy().watches(GuardMetric.AGREEMENT)) {
            return NONE;
        }
        return transaction
                .first(
                        "SELECT compared, different FROM shadow WHERE model = ? AND version = ? AND different <= compared",
                        row -> GradedCounts.trials(
                                row.getLong("compared") - row.getLong("different"), row.getLong("compared")),
                        rollout.model(),
                        rollout.candidate().version())
                .orElse(NONE);
    }

    /** Business figures with a range. */
    private SortedMap<String, GradedCounts> ranged(int version) throws SQLException {
        SortedMap<String, GradedCounts> all = new TreeMap<>();
        for (Guard guard : rollout.policy().guards()) {
            if (guard.figure().isPresent() && guard.range().isPresent()) {
                all.put(
                        guard.figure().get(),
                        ranged(version, guard.figure().get(), guard.range().get()));
            }
        }
        return all;
    }

    private GradedCounts ranged(int version, String figure, ValueRange range) throws SQLException {
        long[] counts = new long[ArmSums.GRADES];
        transaction.list(
                """
                SELECT subject, happened, value FROM kpi
                WHERE model = ? AND name = ? AND version = ? AND happened >= ?
                """,
                row -> counts[
                        grade(
                                range.place(row.getDouble("value")),
                                row.getString("subject") + row.getLong("happened"))]++,
                rollout.model(),
                figure,
                version,
                start());
        return new GradedCounts(counts);
    }

    /**
     * The next grade below or above, at random but always the same for one value, so that the mean of many is exact.
     */
    private static int grade(double place, String identity) {
        double drawn = RolloutChoice.share(0, identity.getBytes(StandardCharsets.UTF_8));
        return Math.min(ArmSums.GRADES - 1, (int) (place * (ArmSums.GRADES - 1) + drawn));
    }

    /** Business figures without a range. */
    private SortedMap<String, Moments> figures(int version) throws SQLException {
        SortedMap<String, Moments> all = new TreeMap<>();
        for (Guard guard : rollout.policy().guards()) {
            if (guard.figure().isPresent() && guard.range().isEmpty()) {
                all.put(
                        guard.figure().get(),
                        transaction
                                .first(
                                        """
                                        SELECT count(*) AS number, sum(value) AS total, sum(value * value) AS squares
                                        FROM kpi WHERE model = ? AND name = ? AND version = ? AND happened >= ?
                                        """,
                                        row -> new Moments(
                                                row.getLong("number"),
                                                row.getDouble("total"),
                                                row.getDouble("squares")),
                                        rollout.model(),
                                        guard.figure().get(),
                                        version,
                                        start())
                                .orElse(Moments.NONE));
            }
        }
        return all;
    }
}
