package dev.fovea.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.registry.Registry;
import dev.fovea.registry.Rollout;
import dev.fovea.registry.VersionDeletion;
import dev.fovea.registry.VersionId;
import dev.fovea.rollout.experiment.Experiment;
import dev.fovea.rollout.experiment.ExperimentController;
import dev.fovea.rollout.experiment.ExperimentDesign;
import dev.fovea.rollout.experiment.ExperimentMetric;
import dev.fovea.rollout.experiment.ExperimentOutcome;
import dev.fovea.rollout.experiment.ExperimentRecorder;
import dev.fovea.rollout.experiment.ExperimentSums;
import dev.fovea.rollout.experiment.Experiments;
import dev.fovea.rollout.experiment.Horizon;
import dev.fovea.rollout.experiment.LoggedRequests;
import dev.fovea.rollout.experiment.ValueCounts;
import dev.fovea.rollout.policy.ValueRange;
import dev.fovea.serving.PredictionTarget;
import dev.fovea.serving.VersionAssignment;
import dev.fovea.serving.pool.ReleaseHost;
import dev.fovea.serving.pool.Releases;
import dev.fovea.serving.pool.RolloutChoice;
import dev.fovea.storage.sql.SqlLeases;
import dev.fovea.traffic.truth.Kpi;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Experiments on real databases, with the registry, leases, several servers and figures. */
@ParameterizedClass
@EnumSource(Pair.class)
class ExperimentStoreTest {

    private static final Duration WINDOW = Duration.ofHours(1);
    private static final Duration SETTLED = WINDOW.plusMinutes(5);
    private static final ExperimentMetric REVENUE = new ExperimentMetric(
            "revenue",
            ExperimentMetric.FigureKind.NUMBER,
            Optional.of(new ValueRange(0, 10)),
            ExperimentMetric.BetterSide.HIGHER);
    private static final ExperimentMetric ORDERS = new ExperimentMetric(
            "orders", ExperimentMetric.FigureKind.CONVERSION, Optional.empty(), ExperimentMetric.BetterSide.HIGHER);

    @Parameter
    private Pair pair;

    @TempDir
    private Path directory;

    private final Map<String, LoggedRequests.LoggedRequest> log = new HashMap<>();
    private Instant now = Instant.parse("2026-11-30T10:00:00Z");
    private HomeSettings settings;
    private Home home;
    private Registry registry;
    private Experiments experiments;

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
        InstantSource clock = () -> now;
        registry = new Registry(home.models(), clock);
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
        experiments =
                new Experiments(registry, releases, home.production().experiments(), (model, from, to) -> 0, clock);
    }

    @AfterEach
    void close() {
        home.close();
    }

    private Experiment start(ExperimentMetric metric, Horizon horizon) {
        return experiments.start(
                "shirts",
                new ExperimentDesign(
                        new TreeMap<>(Map.of(2, 30.0, 3, 30.0)),
                        metric,
                        horizon,
                        0.05,
                        metric.kind() == ExperimentMetric.FigureKind.NUMBER ? 1 : 0.2,
                        WINDOW,
                        Duration.ofDays(10),
                        false),
                "ada",
                "");
    }

    private ExperimentController server(String name, ExperimentRecorder recorder) {
        return new ExperimentController(
                experiments,
                recorder,
                (model, ids, from) -> {
                    Map<String, LoggedRequests.LoggedRequest> found = new HashMap<>(log);
                    found.keySet().retainAll(ids);
                    return found;
                },
                new SqlLeases(home.stores().database(), name, System::nanoTime),
                name,
                () -> now);
    }

    /** A request with a key, which goes where the registry sends it. */
    private int call(ExperimentRecorder recorder, String key) {
        return call(recorder, key, registry.model("shirts").rollout());
    }

    private static int call(ExperimentRecorder recorder, String key, Rollout rollout) {
        int version =
                RolloutChoice.beside(rollout, Optional.of(key), new byte[0]).orElse(1);
        recorder.chosen(
                new PredictionTarget("shirts", Optional.empty(), Optional.of(key)),
                new VersionAssignment(new VersionId("shirts", version), OptionalInt.empty(), rollout));
        return version;
    }

    /** A request without a key, as the log has it. */
    private void call(ExperimentRecorder recorder, String id, int version) {
        recorder.chosen(
                new PredictionTarget("shirts", Optional.empty(), Optional.empty()),
                new VersionAssignment(
                        new VersionId("shirts", version),
                        OptionalInt.empty(),
                        registry.model("shirts").rollout()));
        log.put(id, new LoggedRequests.LoggedRequest(version, Optional.empty(), now));
    }

    private void report(Kpi... kpis) {
        home.production().kpis().add("shirts", List.of(kpis));
    }

    private Kpi ofKey(String key, double value) {
        return new Kpi(Optional.empty(), Optional.of(key), "revenue", value, now);
    }

    private Kpi ofRequest(String id, double value) {
        return new Kpi(Optional.of(id), Optional.empty(), "revenue", value, now);
    }

    private ExperimentSums sums() {
        return experiments.sums(experiments.latest("shirts"));
    }

    private long units() {
        return sums().variants().values().stream()
                .mapToLong(variant -> variant.units())
                .sum();
    }

    @Test
    void shouldCountAKeyOnceOverRequestsServersAndRestarts() {
        start(REVENUE, new Horizon.Sequential());
        ExperimentRecorder first = new ExperimentRecorder();
        ExperimentRecorder second = new ExperimentRecorder();
        ExperimentController one = server("a", first);
        ExperimentController other = server("b", second);
        one.turn();
        other.turn();
        for (int i = 0; i < 30; i++) {
            call(first, "caller " + i % 10);
            call(second, "caller " + i % 15);
        }
        one.turn();
        other.turn();
        call(first, "caller 3");
        one.turn();
        assertThat(units()).isEqualTo(15);
        home.close();
        reopen();
        assertThat(units()).isEqualTo(15);
        ExperimentRecorder third = new ExperimentRecorder();
        ExperimentController again = server("c", third);
        again.turn();
        call(third, "caller 3");
        call(third, "caller 99");
        again.turn();
        assertThat(units()).isEqualTo(16);
    }

    @Test
    void shouldAddUpRequestsWithoutAKeyOverServersAndTimes() {
        start(REVENUE, new Horizon.Sequential());
        ExperimentRecorder first = new ExperimentRecorder();
        ExperimentRecorder second = new ExperimentRecorder();
        ExperimentController one = server("a", first);
        ExperimentController other = server("b", second);
        for (int round = 0; round < 3; round++) {
            one.turn();
            other.turn();
            call(first, "a" + round, 1);
            call(first, "b" + round, 2);
            call(second, "c" + round, 2);
            one.turn();
            one.turn();
            other.turn();
            now = now.plusSeconds(90);
        }
        assertThat(sums().of(1).units()).isEqualTo(3);
        assertThat(sums().of(2).units()).isEqualTo(6);
        assertThat(sums().of(2).settled().count()).isZero();
        now = now.plus(SETTLED);
        assertThat(sums().of(2).settled().count()).isEqualTo(6);
    }

    /** A heavy user is one unit: its values are added up, and cut at the end of the range. */
    @Test
    void shouldAddUpTheValuesOfAUnit() {
        start(REVENUE, new Horizon.Sequential());
        ExperimentRecorder recorder = new ExperimentRecorder();
        ExperimentController server = server("a", recorder);
        server.turn();
        int heavy = call(recorder, "heavy");
        int light = call(recorder, "light");
        call(recorder, "none");
        call(recorder, "r", 3);
        server.turn();
        report(ofKey("heavy", 4), ofKey("light", 2.5), ofRequest("r", 1));
        server.turn();
        now = now.plusSeconds(1);
        report(ofKey("heavy", 5), ofRequest("r", 2));
        server.turn();
        now = now.plusSeconds(1);
        report(ofKey("heavy", 6));
        server.turn();
        now = now.plus(SETTLED);
        double[] totals = new double[4];
        totals[heavy] += 10;
        totals[light] += 2.5;
        totals[3] += 3;
        ExperimentSums sums = sums();
        for (int version = 1; version <= 3; version++) {
            assertThat(sums.of(version).settled().sum()).isCloseTo(totals[version], within(1e-9));
        }
        assertThat(sums.variants().values().stream()
                        .mapToDouble(variant -> variant.settled().squares())
                        .sum())
                .isCloseTo(100 + 6.25 + 9, within(1e-9));
        assertThat(sums.variants().values().stream()
                        .mapToLong(variant -> variant.settled().count())
                        .sum())
                .isEqualTo(4);
        assertThat(sums.values()).isEqualTo(new ValueCounts(6, 0, 0, 0, 0));
    }

    /** The request had a key, so that its figure belongs to the key. */
    @Test
    void shouldJoinARequestWithAKeyToTheKey() {
        start(REVENUE, new Horizon.Sequential());
        ExperimentRecorder recorder = new ExperimentRecorder();
        ExperimentController server = server("a", recorder);
        server.turn();
        int version = call(recorder, "caller");
        log.put("r", new LoggedRequests.LoggedRequest(version, Optional.of("caller"), now));
        server.turn();
        report(ofKey("caller", 1), ofRequest("r", 2));
        server.turn();
        now = now.plus(SETTLED);
        assertThat(units()).isEqualTo(1);
        assertThat(sums().of(version).settled().squares()).isCloseTo(9, within(1e-9));
    }

    @Test
    void shouldCountLateUnknownAndRepeatedValues() {
        report(ofKey("before", 1), ofKey("before", 1));
        now = now.plus(Duration.ofMinutes(5));
        start(REVENUE, new Horizon.Sequential());
        ExperimentRecorder recorder = new ExperimentRecorder();
        ExperimentController server = server("a", recorder);
        server.turn();
        call(recorder, "early");
        server.turn();
        report(ofKey("early", 1), ofKey("early", 1), ofKey("nobody", 1), ofRequest("no such", 1));
        server.turn();
        assertThat(sums().values()).isEqualTo(new ValueCounts(1, 0, 0, 2, 1));
        now = now.plus(Duration.ofMinutes(6));
        server.turn();
        assertThat(sums().values()).isEqualTo(new ValueCounts(1, 0, 2, 0, 1));
        now = now.plus(SETTLED);
        report(ofKey("early", 1));
        server.turn();
        assertThat(sums().values()).isEqualTo(new ValueCounts(1, 1, 2, 0, 1));
        assertThat(sums().variants().values().stream()
                        .mapToDouble(variant -> variant.settled().sum())
                        .sum())
                .isEqualTo(1);
    }

    /** The versions have conversion rates of 10, 10 and 90 %. */
    @Test
    void shouldEndWithTheBetterVersionAndGiveTrafficBack() {
        Experiment started = start(ORDERS, new Horizon.Sequential());
        ExperimentRecorder recorder = new ExperimentRecorder();
        ExperimentController server = server("a", recorder);
        server.turn();
        sell(recorder, server, 600);
        now = now.plus(SETTLED);
        server.turn();
        Experiment ended = experiments.latest("shirts");
        assertThat(ended.id()).isEqualTo(started.id());
        assertThat(ended.state().decision().orElseThrow())
                .isInstanceOfSatisfying(
                        ExperimentOutcome.Better.class,
                        better -> assertThat(better.version()).isEqualTo(3));
        assertThat(registry.model("shirts").rollout()).isEqualTo(new Rollout.None());
        assertThat(experiments.sums(ended).of(3).settled().mean()).isCloseTo(0.9, within(0.15));
        assertThat(experiments.active("shirts")).isEmpty();
    }

    private void sell(ExperimentRecorder recorder, ExperimentController server, int callers) {
        List<Kpi> sales = new ArrayList<>();
        Rollout rollout = registry.model("shirts").rollout();
        for (int i = 0; i < callers; i++) {
            int version = call(recorder, "caller " + i, rollout);
            if (i % 10 == 0 ? version != 3 : version == 3) {
                sales.add(new Kpi(Optional.empty(), Optional.of("caller " + i), "orders", 1, now));
            }
        }
        server.turn();
        home.production().kpis().add("shirts", sales);
        server.turn();
    }

    @Test
    void shouldDecideAFixedHorizonOnceWhenEachVersionHasItsUnits() {
        start(ORDERS, new Horizon.FixedUnits(650));
        ExperimentRecorder recorder = new ExperimentRecorder();
        ExperimentController server = server("a", recorder);
        server.turn();
        sell(recorder, server, 600);
        now = now.plus(SETTLED);
        server.turn();
        assertThat(experiments.latest("shirts").state().decision()).isEmpty();
        for (int i = 600; i < 1000; i++) {
            call(recorder, "caller " + i);
        }
        server.turn();
        now = now.plus(SETTLED);
        server.turn();
        assertThat(experiments.latest("shirts").state().decision()).containsInstanceOf(ExperimentOutcome.Better.class);
    }

    /** Version 2 is never ready: production serves its requests, and no verdict is given. */
    @Test
    void shouldGiveNoVerdictWhenAVersionIsMissing() {
        start(ORDERS, new Horizon.Sequential());
        ExperimentRecorder recorder = new ExperimentRecorder();
        ExperimentController server = server("a", recorder);
        server.turn();
        Rollout rollout = registry.model("shirts").rollout();
        for (int i = 0; i < 400; i++) {
            boolean missing = i % 10 < 3;
            recorder.chosen(
                    new PredictionTarget("shirts", Optional.empty(), Optional.empty()),
                    new VersionAssignment(
                            new VersionId("shirts", missing || i % 10 < 7 ? 1 : 3),
                            missing ? OptionalInt.of(2) : OptionalInt.empty(),
                            rollout));
        }
        server.turn();
        Experiment running = experiments.latest("shirts");
        assertThat(running.mismatch()).isPresent();
        assertThat(running.mismatch().get().text(running.shares(), sums()))
                .contains("2 has 0.0 % instead of 30.0 %")
                .contains("version 2 was not ready for 120 requests");
        now = now.plus(Duration.ofDays(10));
        server.turn();
        assertThat(experiments.latest("shirts").state().decision())
                .containsInstanceOf(ExperimentOutcome.LeftUndecided.class);
    }

    @Test
    void shouldEndUndecidedAfterTheLongestTime() {
        start(ORDERS, new Horizon.Sequential());
        ExperimentController server = server("a", new ExperimentRecorder());
        server.turn();
        now = now.plus(Duration.ofDays(10));
        server.turn();
        assertThat(experiments.latest("shirts").state().decision().orElseThrow().reason())
                .contains("too few units with a value");
        assertThat(registry.model("shirts").rollout()).isEqualTo(new Rollout.None());
    }

    @Test
    void shouldRefuseASecondExperimentAndStartAnotherOneLater() {
        start(ORDERS, new Horizon.Sequential());
        assertThatThrownBy(() -> start(ORDERS, new Horizon.Sequential()))
                .isInstanceOfSatisfying(
                        FoveaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STATE_CONFLICT));
        Rollout first = registry.model("shirts").rollout();
        experiments.stop("shirts", "ada", "");
        start(ORDERS, new Horizon.Sequential());
        assertThat(registry.model("shirts").rollout()).isNotEqualTo(first);
    }
}
