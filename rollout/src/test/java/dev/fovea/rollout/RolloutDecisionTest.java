package dev.fovea.rollout;

import static dev.fovea.rollout.policy.RolloutPolicy.guard;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.fault.FoveaException;
import dev.fovea.rollout.RolloutOutcome.Promoted;
import dev.fovea.rollout.RolloutOutcome.RolledBack;
import dev.fovea.rollout.RolloutOutcome.RolloutStopped;
import dev.fovea.rollout.RolloutOutcome.Undecided;
import dev.fovea.rollout.RolloutState.Advancing;
import dev.fovea.rollout.RolloutState.Ending;
import dev.fovea.rollout.evidence.ArmSums;
import dev.fovea.rollout.evidence.TrialSums;
import dev.fovea.rollout.policy.DecisionErrors;
import dev.fovea.rollout.policy.Guard;
import dev.fovea.rollout.policy.GuardMetric;
import dev.fovea.rollout.policy.GuardText;
import dev.fovea.rollout.policy.RolloutPolicy;
import dev.fovea.rollout.policy.RolloutStep;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RolloutDecisionTest {

    private static final Duration DAYS = Duration.ofDays(30);
    private static final List<Double> STEPS = List.of(1.0, 5.0, 25.0, 50.0, 100.0);
    private static final Guard ERRORS = guard(GuardMetric.ERRORS, 0.01);

    private static RandomGenerator random(int seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    private static BiConsumer<DrawnArm, RandomGenerator> failing(double rate) {
        return (arm, random) -> {
            if (random.nextDouble() < rate) {
                arm.failed();
            } else {
                arm.succeeded(OptionalDouble.empty(), OptionalDouble.empty());
            }
        };
    }

    /** One metric of a version: production's, an equal candidate's, and one that is clearly worse. */
    enum Scene {
        ERRORS("errors,margin=0.01", RolloutDecisionTest.failing(0.01), RolloutDecisionTest.failing(0.06)),
        ERRORS_LIMIT(
                "errors,margin=0.02,limit=0.02", RolloutDecisionTest.failing(0.015), RolloutDecisionTest.failing(0.1)),
        P99("p99,margin=0.3", latency(1), latency(1.8)),
        P99_LIMIT("p99,margin=0.3,limit=130", latency(1), latency(1.8)),
        CONFIDENCE("confidence,margin=0.03", sure(0.9), sure(0.8)),
        ACCURACY("accuracy,margin=0.05", labelled(0.9), labelled(0.75)),
        FIGURE("kpi,figure=orders,margin=0.3,range=0..10", orders(4), orders(3)),
        UNBOUNDED("kpi,figure=orders,margin=0.5", orders(4), orders(3));

        final Guard guard;
        final BiConsumer<DrawnArm, RandomGenerator> good;
        final BiConsumer<DrawnArm, RandomGenerator> bad;

        Scene(String guard, BiConsumer<DrawnArm, RandomGenerator> good, BiConsumer<DrawnArm, RandomGenerator> bad) {
            this.guard = GuardText.parse(guard);
            this.good = good;
            this.bad = bad;
        }

        /** Milliseconds with a p99 of about 126. */
        private static BiConsumer<DrawnArm, RandomGenerator> latency(double factor) {
            return (arm, random) -> arm.succeeded(
                    OptionalDouble.of(factor * 1e6 * 50 * Math.exp(0.4 * random.nextGaussian())),
                    OptionalDouble.empty());
        }

        private static BiConsumer<DrawnArm, RandomGenerator> sure(double mean) {
            return (arm, random) ->
                    arm.succeeded(OptionalDouble.empty(), OptionalDouble.of(mean - 0.1 + 0.2 * random.nextDouble()));
        }

        private static BiConsumer<DrawnArm, RandomGenerator> labelled(double accuracy) {
            return (arm, random) -> arm.labelled(random.nextDouble() < accuracy);
        }

        private static BiConsumer<DrawnArm, RandomGenerator> orders(double mean) {
            return (arm, random) -> arm.figure("orders", mean + random.nextGaussian());
        }
    }

    @ParameterizedTest
    @EnumSource(Scene.class)
    void shouldPromoteAnEqualCandidate(Scene scene) {
        DrawnRollout drawn =
                new DrawnRollout(DrawnRollout.policy(STEPS, DAYS, scene.guard), scene.good, scene.good, random(1));
        StagedRollout end = drawn.run();
        assertThat(end.state()).isEqualTo(new Ending(new Promoted(Optional.empty(), "all guards hold")));
    }

    @ParameterizedTest
    @EnumSource(Scene.class)
    void shouldRollBackAWorseCandidateEarlyAndNameTheGuard(Scene scene) {
        DrawnRollout drawn =
                new DrawnRollout(DrawnRollout.policy(STEPS, DAYS, scene.guard), scene.bad, scene.good, random(2));
        StagedRollout end = drawn.run();
        assertThat(end.state())
                .isInstanceOfSatisfying(
                        Ending.class,
                        ending -> assertThat(ending.outcome()).isInstanceOfSatisfying(RolledBack.class, back -> {
                            assertThat(back.guard()).contains(scene.guard.name());
                            assertThat(back.reason())
                                    .startsWith(scene.guard.name() + ": ")
                                    .endsWith("; at most 5 % of candidates that are not worse are rolled back");
                        }));
    }

    /** A version that fails all requests is found within a few of them, at the smallest share. */
    @Test
    void shouldRollBackACandidateThatFailsAlwaysAfterAFewRequests() {
        DrawnRollout drawn = new DrawnRollout(
                DrawnRollout.policy(STEPS, DAYS, ERRORS, guard(GuardMetric.P99, 0.3)),
                failing(1),
                failing(0.001),
                random(3));
        StagedRollout end = drawn.run();
        assertThat(end.state()).isInstanceOf(Ending.class);
        assertThat(drawn.seenByCandidate()).isLessThanOrEqualTo(8);
    }

    /** It is fine up to half of the traffic, and fails every tenth request from then on. */
    @Test
    void shouldRollBackACandidateThatTurnsBadLate() {
        long[] bad = new long[1];
        boolean[] turned = new boolean[1];
        BiConsumer<DrawnArm, RandomGenerator> turning = (arm, random) -> {
            bad[0] += turned[0] ? 1 : 0;
            failing(turned[0] ? 0.1 : 0.01).accept(arm, random);
        };
        DrawnRollout drawn = new DrawnRollout(
                DrawnRollout.policy(STEPS, DAYS, guard(GuardMetric.ERRORS, 0.002)), turning, failing(0.01), random(4));
        while (drawn.turn().state() instanceof Advancing running && running.step() < 3) {
            assertThat(drawn.requests()).isLessThan(3_000_000);
        }
        turned[0] = true;
        assertThat(drawn.run().state())
                .isInstanceOfSatisfying(
                        Ending.class, ending -> assertThat(ending.outcome()).isInstanceOf(RolledBack.class));
        assertThat(bad[0]).isLessThan(400);
    }

    @Test
    void shouldEndUndecidedAndSayWhatItWouldTake() {
        RolloutPolicy policy =
                DrawnRollout.policy(List.of(50.0, 100.0), Duration.ofSeconds(20), ERRORS, guard(GuardMetric.P99, 0.3));
        StagedRollout end = new DrawnRollout(policy, failing(0.05), failing(0.05), random(5)).run();
        assertThat(end.state())
                .isInstanceOfSatisfying(
                        Ending.class,
                        ending -> assertThat(ending.outcome()).isInstanceOfSatisfying(Undecided.class, undecided -> {
                            assertThat(undecided.reason()).contains("at 50 % there was not enough evidence within 20s");
                            assertThat(undecided.needed()).hasSize(2);
                            assertThat(undecided.needed().getFirst().images().orElseThrow())
                                    .isBetween(500L, 50_000L);
                            assertThat(undecided.needed().getLast().text())
                                    .contains("nothing was seen of the candidate");
                        }));
    }

    /** A margin that any candidate keeps at a small share is no evidence by itself. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "errors,margin=0.1",
                "errors,margin=0.1,limit=0.5",
                "p99,margin=0.3",
                "p99,margin=0.3,limit=130",
                "confidence,margin=0.1",
                "accuracy,margin=0.1",
                "agreement,margin=0.1,limit=0.9",
                "kpi,figure=orders,margin=10,range=0..10",
                "kpi,figure=orders,margin=10"
            })
    void shouldTakeNoStepWithoutImages(String guard) {
        RolloutPolicy policy = DrawnRollout.policy(List.of(0.1, 0.2, 100.0), DAYS, GuardText.parse(guard));
        StagedRollout rollout = DrawnRollout.started(policy).looked(TrialSums.NONE, Duration.ofHours(1));
        assertThat(rollout.state()).isEqualTo(new Advancing(0, Duration.ofHours(1)));
        assertThat(rollout.needs())
                .singleElement()
                .satisfies(need -> assertThat(need.text()).endsWith("nothing was seen of the candidate"));
    }

    /** The margin allows any candidate at 2 % of the traffic; it has to be seen at work nevertheless. */
    @Test
    void shouldTakeAStepOfAWideMarginAfterTwentyImagesOfEachVersion() {
        RolloutPolicy policy = DrawnRollout.policy(List.of(1.0, 2.0, 100.0), DAYS, guard(GuardMetric.ERRORS, 0.05));
        StagedRollout early = DrawnRollout.started(policy).looked(counted(19, 400), Duration.ofSeconds(1));
        assertThat(early.percent()).contains(1.0);
        assertThat(early.needs())
                .singleElement()
                .satisfies(need -> assertThat(need.text())
                        .isEqualTo("errors: a step takes 20 images of each version that is compared"
                                + " (19 of the candidate, 400 of production so far)"));
        assertThat(DrawnRollout.started(policy)
                        .looked(counted(400, 19), Duration.ofSeconds(1))
                        .percent())
                .contains(1.0);
        assertThat(early.looked(counted(20, 400), Duration.ofSeconds(1)).percent())
                .contains(2.0);
    }

    private static TrialSums counted(int candidate, int production) {
        DrawnArm one = new DrawnArm(DrawnRollout.policy(STEPS, DAYS, ERRORS));
        DrawnArm other = new DrawnArm(DrawnRollout.policy(STEPS, DAYS, ERRORS));
        for (int i = 0; i < candidate; i++) {
            one.succeeded(OptionalDouble.empty(), OptionalDouble.empty());
        }
        for (int i = 0; i < production; i++) {
            other.succeeded(OptionalDouble.empty(), OptionalDouble.empty());
        }
        return new TrialSums(one.sums(), other.sums());
    }

    /** What was seen, with how sure that is and how often such a decision is wrong. */
    @Test
    void shouldRollBackWithIntervalsAndTheErrorRate() {
        StagedRollout end = DrawnRollout.started(DrawnRollout.policy(STEPS, DAYS, ERRORS))
                .looked(new TrialSums(failed(40), counted(0, 400).production()), Duration.ofSeconds(1));
        for (int look = 2; end.underWay() && end.percent().isPresent(); look++) {
            end = end.looked(
                    new TrialSums(failed(40 * look), counted(0, 400 * look).production()), Duration.ofSeconds(1));
        }
        assertThat(((Ending) end.state()).outcome().reason())
                .matches("errors: 1 \\(0\\.9\\d* to 1\\) against 0 \\(0 to 0\\.0\\d+\\) over \\d+ images "
                        + "\\(95 % intervals over all looks\\); "
                        + "at most 5 % of candidates that are not worse are rolled back");
    }

    private static ArmSums failed(int images) {
        DrawnArm arm = new DrawnArm(DrawnRollout.policy(STEPS, DAYS, ERRORS));
        for (int i = 0; i < images; i++) {
            arm.failed();
        }
        return arm.sums();
    }

    @Test
    void shouldStayInAStepForItsLeastTimeAndWhilePaused() {
        RolloutPolicy policy = new RolloutPolicy(
                List.of(
                        new RolloutStep(50, Duration.ofHours(1), Duration.ofHours(2)),
                        new RolloutStep(100, Duration.ofHours(1), Duration.ofHours(2))),
                List.of(guard(GuardMetric.ERRORS, 0.2)),
                DecisionErrors.USUAL);
        StagedRollout rollout = DrawnRollout.started(policy);
        DrawnRollout drawn = new DrawnRollout(policy, failing(0), failing(0), random(6));
        for (int i = 0; i < 7_000; i++) {
            assertThat(drawn.turn().state()).isInstanceOf(Advancing.class); // 58 minutes
        }
        assertThat(drawn.rollout().needs()).isEmpty();
        StagedRollout paused = drawn.rollout().paused("ada");
        StagedRollout still = paused.looked(paused.evidence().seen(), Duration.ofHours(5));
        assertThat(still).isEqualTo(paused);
        assertThat(still.resumed()
                        .looked(paused.evidence().seen(), Duration.ofHours(1))
                        .state())
                .isInstanceOf(Ending.class);
        assertThat(rollout.percent()).contains(50.0);
    }

    /** Stored and read back at every look, it decides at the same request. */
    @Test
    void shouldDecideAlikeOverRestarts() {
        RolloutPolicy policy = DrawnRollout.policy(STEPS, DAYS, ERRORS, guard(GuardMetric.CONFIDENCE, 0.02));
        BiConsumer<DrawnArm, RandomGenerator> both = (arm, random) -> {
            if (random.nextDouble() < 0.01) {
                arm.failed();
            } else {
                arm.succeeded(OptionalDouble.of(1e7), OptionalDouble.of(random.nextBoolean() ? 0.8 : 1));
            }
        };
        DrawnRollout steady = new DrawnRollout(policy, both, both, random(7));
        StagedRollout expected = steady.run();
        DrawnRollout restarted = new DrawnRollout(policy, both, both, random(7));
        while (restarted.turn().percent().isPresent()) {
            restarted.restart();
        }
        assertThat(restarted.requests()).isEqualTo(steady.requests());
        assertThat(restarted.rollout()).isEqualTo(expected);
    }

    /** Rollouts that a person stopped were stored as rolled back, with the name. */
    @Test
    void shouldReadAnEndOfAnEarlierVersion() {
        StagedRollout over = DrawnRollout.started(DrawnRollout.policy(STEPS, DAYS, ERRORS))
                .ended(new RolledBack("too early", Optional.empty()), Instant.EPOCH);
        String stored = RolloutJson.write(over);
        String earlier = stored.replace("\"reason\":\"too early\"", "\"who\":\"ada\",\"reason\":\"too early\"");
        assertThat(earlier).isNotEqualTo(stored);
        assertThat(RolloutJson.rollout(earlier)).isEqualTo(over);
    }

    @Test
    void shouldRefuseTransitionsOfARolloutThatIsOver() {
        StagedRollout over = DrawnRollout.started(DrawnRollout.policy(STEPS, DAYS, ERRORS))
                .decided(new RolloutStopped("ada", "a wrong label"))
                .ended(new RolloutStopped("ada", "a wrong label"), Instant.EPOCH);
        assertThatThrownBy(() -> over.paused("bob"))
                .isInstanceOf(FoveaException.class)
                .hasMessage("The rollout of shirts:2 cannot be paused: it is stopped (a wrong label).");
        assertThatThrownBy(over::resumed).isInstanceOf(FoveaException.class);
        assertThatThrownBy(() -> over.decided(new Promoted(Optional.empty(), "")))
                .isInstanceOf(FoveaException.class)
                .hasMessageContaining("cannot be promoted");
    }
}
