package dev.fovea.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.registry.Registry;
import dev.fovea.registry.Rollout;
import dev.fovea.registry.VersionDeletion;
import dev.fovea.registry.VersionId;
import dev.fovea.rollout.RolloutController;
import dev.fovea.rollout.RolloutRecorder;
import dev.fovea.rollout.RolloutState;
import dev.fovea.rollout.RolloutStore;
import dev.fovea.rollout.RolloutText;
import dev.fovea.rollout.Rollouts;
import dev.fovea.rollout.StagedRollout;
import dev.fovea.rollout.evidence.Moments;
import dev.fovea.rollout.evidence.TrialSums;
import dev.fovea.rollout.policy.DecisionErrors;
import dev.fovea.rollout.policy.GuardMetric;
import dev.fovea.rollout.policy.GuardText;
import dev.fovea.rollout.policy.RolloutPolicy;
import dev.fovea.rollout.policy.RolloutStep;
import dev.fovea.serving.pool.ReleaseHost;
import dev.fovea.serving.pool.Releases;
import dev.fovea.serving.shadow.Shadow;
import dev.fovea.serving.shadow.ShadowStore;
import dev.fovea.serving.shadow.ShadowTotals;
import dev.fovea.statistics.sequential.GradedCounts;
import dev.fovea.storage.sql.SqlLeases;
import dev.fovea.traffic.truth.Kpi;
import dev.fovea.traffic.truth.KpiStore;
import dev.fovea.traffic.truth.SettledTruth;
import dev.fovea.traffic.truth.TruthStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Rollouts on real databases, with the registry, leases and several servers. */
@ParameterizedClass
@EnumSource(Pair.class)
class RolloutStoreTest {

    private static final VersionId CANDIDATE = new VersionId("shirts", 2);
    private static final VersionId PRODUCTION = new VersionId("shirts", 1);
    private static final RolloutPolicy POLICY = new RolloutPolicy(
            List.of(
                    new RolloutStep(10, Duration.ZERO, Duration.ofHours(1)),
                    new RolloutStep(50, Duration.ZERO, Duration.ofHours(1)),
                    new RolloutStep(100, Duration.ZERO, Duration.ofHours(1))),
            List.of(RolloutPolicy.guard(GuardMetric.ERRORS, 0.05)),
            DecisionErrors.USUAL);

    @Parameter
    private Pair pair;

    @TempDir
    private Path directory;

    private HomeSettings settings;
    private Home home;
    private Registry registry;
    private Rollouts rollouts;
    private long nanos;

    @BeforeEach
    void open() {
        settings = pair.in(directory);
        reopen();
        for (int i = 0; i < 3; i++) {
            registry.register(Models.registration("shirts", ""), "ada");
        }
        registry.promote("shirts", 1, "ada", "");
    }

    private void reopen() {
        home = Home.open(settings, "0.1.0");
        registry = new Registry(home.models(), InstantSource.system());
        ReleaseHost host = new ReleaseHost() {
            @Override
            public void validate(String name, int version) {
                // every version can be loaded
            }

            @Override
            public void changed(String name) {
                // nothing is served
            }

            @Override
            public void deleted() {
                // nothing is served
            }
        };
        Releases releases = new Releases(registry, host, new VersionDeletion(registry, home.leftovers()));
        rollouts = new Rollouts(registry, releases, home.production().rollouts(), InstantSource.system());
    }

    @AfterEach
    void close() {
        home.close();
    }

    private StagedRollout start() {
        return rollouts.start(CANDIDATE, POLICY, "ada", "");
    }

    private RolloutController server(String name, RolloutRecorder recorder) {
        LongSupplier clock = () -> nanos;
        return new RolloutController(
                rollouts, recorder, new SqlLeases(home.stores().database(), name, clock), name, clock);
    }

    private static void requests(RolloutRecorder recorder, VersionId version, int succeeded, int failed) {
        for (int i = 0; i < succeeded; i++) {
            recorder.succeeded(version, OptionalDouble.of(1e7), OptionalDouble.of(0.9));
        }
        for (int i = 0; i < failed; i++) {
            recorder.failed(version, ErrorCode.INFERENCE_FAILED);
        }
    }

    @Test
    void shouldKeepRolloutsOverRestarts() {
        StagedRollout started = start();
        RolloutRecorder recorder = new RolloutRecorder();
        RolloutController server = server("a", recorder);
        server.turn();
        requests(recorder, CANDIDATE, 5, 1);
        requests(recorder, PRODUCTION, 45, 0);
        server.turn();
        StagedRollout before = rollouts.latest("shirts");
        home.close();
        reopen();
        assertThat(rollouts.latest("shirts")).isEqualTo(before);
        assertThat(before.id()).isEqualTo(started.id());
        assertThat(before.evidence().seen().candidate().errors().total()).isEqualTo(6);
        assertThat(home.production()
                        .rollouts()
                        .sums(before)
                        .production()
                        .errors()
                        .total())
                .isEqualTo(45);
    }

    /**
     * One server sees the candidate and another one production; together they cross the guard, in the one that leads.
     */
    @Test
    void shouldDecideOverWhatAllServersHaveCounted() {
        start();
        RolloutRecorder first = new RolloutRecorder();
        RolloutRecorder second = new RolloutRecorder();
        RolloutController a = server("a", first);
        RolloutController b = server("b", second);
        a.turn();
        b.turn();
        requests(first, CANDIDATE, 0, 10);
        requests(second, PRODUCTION, 200, 0);
        a.turn();
        assertThat(rollouts.latest("shirts").underWay()).isTrue(); // alone it has nothing to compare with
        b.turn();
        a.turn();
        requests(first, CANDIDATE, 0, 10);
        requests(second, PRODUCTION, 200, 0);
        b.turn();
        a.turn();
        StagedRollout end = rollouts.latest("shirts");
        assertThat(end.state())
                .isInstanceOfSatisfying(
                        RolloutState.Ended.class,
                        ended -> assertThat(ended.outcome().label()).isEqualTo("rolled-back"));
        assertThat(registry.model("shirts").rollout()).isEqualTo(new Rollout.None());
        assertThat(b.turn()).isFalse();
        assertThat(home.production().rollouts().sums(end).production().errors().total())
                .isZero();
    }

    /** The step is stored before the registry follows; a process that is killed in between leaves it to the next. */
    @Test
    void shouldFollowWhatWasStoredBeforeACrash() {
        StagedRollout rollout = start();
        RolloutStore store = home.production().rollouts();
        registry.canary("shirts", 2, 0, rollout.actor(), "as if it had not followed yet");
        RolloutController server = server("a", new RolloutRecorder());
        server.turn();
        assertThat(registry.model("shirts").rollout()).isEqualTo(new Rollout.CanaryTraffic(2, 10));
        assertThat(store.active()).hasSize(1);
    }

    @Test
    void shouldPromoteStepByStep() {
        start();
        RolloutRecorder recorder = new RolloutRecorder();
        RolloutController server = server("a", recorder);
        for (int turn = 0; turn < 60 && rollouts.latest("shirts").underWay(); turn++) {
            server.turn();
            nanos += 250_000_000;
            requests(recorder, CANDIDATE, 20, 0);
            requests(recorder, PRODUCTION, 20, 0);
        }
        assertThat(registry.model("shirts").promotion().orElseThrow().version()).isEqualTo(2);
        assertThat(registry.audit("shirts", 3)).allMatch(entry -> entry.who().startsWith("rollout "));
    }

    @Test
    void shouldAllowOneAtATimePerModel() {
        StagedRollout rollout = start();
        assertThatThrownBy(() -> home.production().rollouts().add(rollout))
                .isInstanceOfSatisfying(
                        FoveaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STATE_CONFLICT))
                .hasMessageContaining("fovea rollout stop shirts");
        rollouts.stop("shirts", "bob", "");
        assertThat(registry.model("shirts").rollout()).isEqualTo(new Rollout.None());
        assertThat(rollouts.list("shirts", 9))
                .singleElement()
                .satisfies(stopped -> assertThat(RolloutText.state(stopped)).isEqualTo("stopped: stopped by bob"));
        start();
        assertThat(rollouts.list("shirts", 9)).hasSize(2);
    }

    @Test
    void shouldEndWhenTheModelIsDeletedOrTrafficIsChangedByAPerson() {
        start();
        registry.promote("shirts", 3, "bob", "urgent");
        RolloutController server = server("a", new RolloutRecorder());
        server.turn();
        assertThat(rollouts.latest("shirts").state())
                .isInstanceOfSatisfying(
                        RolloutState.Ended.class,
                        ended -> assertThat(ended.outcome().reason())
                                .isEqualTo("bob changed traffic: promoted version 3 (1 → 3)"));
        assertThat(registry.model("shirts").promotion().orElseThrow().version()).isEqualTo(3);
    }

    /** Labels and comparisons come from their own stores; those that are taken back are not forgotten as evidence. */
    @Test
    void shouldCountWhatBecomesKnownLater() {
        StagedRollout rollout = rollouts.start(
                CANDIDATE,
                new RolloutPolicy(
                        POLICY.steps(),
                        List.of(
                                GuardText.parse("accuracy,margin=0.1"),
                                GuardText.parse("agreement,margin=0.05,limit=0.9"),
                                GuardText.parse("kpi,figure=orders,margin=1"),
                                GuardText.parse("kpi,figure=stars,margin=1,range=0..5")),
                        DecisionErrors.USUAL),
                "ada",
                "");
        Instant before = rollout.start().at().minusSeconds(1);
        Instant after = rollout.start().at().plusSeconds(1);
        TruthStore truths = home.production().truths();
        truths.settle(
                "shirts",
                List.of(
                        settled("r1", 2, after, true),
                        settled("r2", 2, after, false),
                        settled("r3", 2, before, true),
                        settled("r4", 1, after, true)));
        ShadowStore shadows = home.shadows();
        Shadow shadow = new Shadow(CANDIDATE, 100, after, "ada", Optional.empty());
        assertThat(shadows.start(shadow)).isTrue();
        shadows.add(
                shadow,
                new ShadowTotals(10, 3, 0, Map.of(), Map.of(), new ShadowTotals.ComparedTimes(0, 0)),
                List.of(),
                10);
        KpiStore kpis = home.production().kpis();
        for (String name : List.of("orders", "stars")) {
            List<Kpi> values =
                    List.of(kpi("r1", name, 3, after), kpi("r2", name, 4.5, after), kpi("r3", name, 5, before));
            assertThat(kpis.add("shirts", values)).isEqualTo(3);
            kpis.join(
                    "shirts",
                    values.stream()
                            .map(kpi -> new KpiStore.JoinedKpi(kpi, CANDIDATE))
                            .toList());
        }
        RolloutController server = server("a", new RolloutRecorder());
        server.turn();
        TrialSums seen = rollouts.latest("shirts").evidence().seen();
        assertThat(seen.candidate().accuracy()).isEqualTo(GradedCounts.trials(1, 2));
        assertThat(seen.production().accuracy()).isEqualTo(GradedCounts.trials(1, 1));
        assertThat(seen.candidate().agreement()).isEqualTo(GradedCounts.trials(7, 10));
        assertThat(seen.candidate().figures()).containsEntry("orders", new Moments(2, 7.5, 29.25));
        assertThat(seen.candidate().ranged().get("stars").sum()).isEqualTo(0.6 + 0.9); // both are grades
        assertThat(seen.production().figures()).containsEntry("orders", Moments.NONE);
        assertThat(shadows.stop(shadow)).isTrue();
        server.turn();
        assertThat(rollouts.latest("shirts").evidence().seen()).isEqualTo(seen);
    }

    private static Kpi kpi(String request, String name, double value, Instant at) {
        return new Kpi(Optional.of(request), Optional.empty(), name, value, at);
    }

    private static SettledTruth settled(String request, int version, Instant predicted, boolean right) {
        return new SettledTruth(request, version, "c0", predicted, Optional.of(right));
    }
}
