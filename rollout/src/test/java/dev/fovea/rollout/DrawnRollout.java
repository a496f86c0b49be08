package dev.fovea.rollout;

import dev.fovea.registry.VersionId;
import dev.fovea.rollout.evidence.TrialSums;
import dev.fovea.rollout.policy.DecisionErrors;
import dev.fovea.rollout.policy.Guard;
import dev.fovea.rollout.policy.RolloutPolicy;
import dev.fovea.rollout.policy.RolloutStep;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;

/** A rollout over drawn traffic, looked at every 50 requests; time passes with the requests. */
final class DrawnRollout {

    private static final int LOOK = 50;

    private final RandomGenerator random;
    private final BiConsumer<DrawnArm, RandomGenerator> candidate;
    private final BiConsumer<DrawnArm, RandomGenerator> production;
    private StagedRollout rollout;
    private final DrawnArm candidateArm;
    private final DrawnArm productionArm;
    private long requests;
    private long seen;

    /** Each consumer records one request of its version. */
    DrawnRollout(
            RolloutPolicy policy,
            BiConsumer<DrawnArm, RandomGenerator> candidate,
            BiConsumer<DrawnArm, RandomGenerator> production,
            RandomGenerator random) {
        this.random = random;
        this.candidate = candidate;
        this.production = production;
        this.rollout = started(policy);
        this.candidateArm = new DrawnArm(policy);
        this.productionArm = new DrawnArm(policy);
    }

    static StagedRollout started(RolloutPolicy policy) {
        return StagedRollout.started(
                "01",
                new VersionId("shirts", 2),
                1,
                policy,
                new RolloutStart(Instant.EPOCH, "ada", "", Optional.empty()));
    }

    static RolloutPolicy policy(List<Double> percents, Duration most, Guard... guards) {
        return new RolloutPolicy(
                percents.stream()
                        .map(percent -> new RolloutStep(percent, Duration.ZERO, most))
                        .toList(),
                List.of(guards),
                DecisionErrors.USUAL);
    }

    /** Runs to the end, at 100 requests a second. */
    StagedRollout run() {
        while (rollout.underWay() && rollout.percent().isPresent()) {
            turn();
        }
        return rollout;
    }

    /** One look. */
    StagedRollout turn() {
        double share = rollout.percent().orElseThrow() / 100;
        for (int i = 0; i < LOOK; i++) {
            requests++;
            if (random.nextDouble() < share) {
                seen++;
                candidate.accept(candidateArm, random);
            } else {
                production.accept(productionArm, random);
            }
        }
        rollout = rollout.looked(sums(), Duration.ofMillis(10 * LOOK));
        return rollout;
    }

    private TrialSums sums() {
        return new TrialSums(candidateArm.sums(), productionArm.sums());
    }

    /** After a restart of the server: what was stored is read back. */
    void restart() {
        rollout = RolloutJson.rollout(RolloutJson.write(rollout));
    }

    StagedRollout rollout() {
        return rollout;
    }

    long requests() {
        return requests;
    }

    long seenByCandidate() {
        return seen;
    }
}
