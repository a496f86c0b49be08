package dev.fovea.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.registry.Registry;
import dev.fovea.registry.VersionId;
import dev.fovea.traffic.truth.Kpi;
import dev.fovea.traffic.truth.KpiSummary;
import dev.fovea.traffic.truth.Kpis;
import dev.fovea.traffic.truth.LabelPlanStore;
import dev.fovea.traffic.truth.PlannedLabels;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource(Pair.class)
class KpisTest {

    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

    @Parameter
    private Pair pair;

    @TempDir
    private Path directory;

    private Home home;
    private final LoggedInMemory log = new LoggedInMemory();
    private Kpis kpis;

    @BeforeEach
    void open() {
        home = Home.open(pair.in(directory), "0.1.0");
        Registry registry = new Registry(home.models(), Clock.systemUTC());
        registry.register(Models.registration("shirts", ""), "ada");
        registry.register(Models.registration("shirts", ""), "ada");
        kpis = new Kpis(home.production().kpis(), log);
    }

    @AfterEach
    void close() {
        home.close();
    }

    @Test
    void shouldJoinFiguresToTheVersionByRequestAndByKey() {
        log.add("a", 1, "hole", NOON);
        log.add("b", 2, "none", NOON.plusSeconds(1), "key", "customer 7");
        log.add("c", 1, "none", NOON.plusSeconds(9), "key", "customer 7");

        Kpis.KpiReceipt receipt = kpis.add(
                "shirts",
                List.of(ofRequest("a", 3), ofRequest("unknown", 4), ofKey("customer 7", 5, NOON.plusSeconds(5))));

        assertThat(receipt).isEqualTo(new Kpis.KpiReceipt(3, 3, 2, 1));
        assertThat(kpis.summaries("shirts", Instant.EPOCH, NOON.plusSeconds(60)))
                .containsExactly(
                        new KpiSummary("revenue", 1, 1, 3, Optional.empty()),
                        new KpiSummary("revenue", 2, 1, 5, Optional.empty()));
    }

    @Test
    void shouldNotJoinAFigureOfAnIdThatTwoVersionsRespondedTo() {
        log.add("twice", 1, "hole", NOON);
        log.add("twice", 2, "hole", NOON.plusSeconds(1));

        Kpis.KpiReceipt receipt = kpis.add("shirts", List.of(ofRequest("twice", 3)));

        assertThat(receipt).isEqualTo(new Kpis.KpiReceipt(1, 1, 0, 1));
    }

    @Test
    void shouldJoinFiguresThatCameBeforeTheirPredictionLaterAndCountThemOnce() {
        kpis.add("shirts", List.of(ofRequest("late", 1)));
        kpis.add("shirts", List.of(ofRequest("late", 1)));
        log.add("late", 2, "hole", NOON);

        List<KpiSummary> summaries = kpis.summaries("shirts", Instant.EPOCH, NOON.plusSeconds(60));

        assertThat(summaries).containsExactly(new KpiSummary("revenue", 2, 1, 1, Optional.empty()));
    }

    @Test
    void shouldStateIntervalsOfMeans() {
        for (int i = 0; i < 20; i++) {
            log.add("r" + i, 1, "hole", NOON);
            kpis.add("shirts", List.of(ofRequest("r" + i, i % 4 == 0 ? 1 : 0)));
        }

        KpiSummary summary =
                kpis.summaries("shirts", Instant.EPOCH, NOON.plusSeconds(60)).getFirst();

        assertThat(summary.mean().orElseThrow().value()).isEqualTo(0.25);
        assertThat(summary.mean().orElseThrow().low()).isBetween(0.1, 0.15);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
    void shouldRefuseWhatIsNoNumber(double value) {
        assertThatThrownBy(() -> ofRequest("a", value))
                .isInstanceOfSatisfying(
                        FoveaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ARGUMENT_INVALID))
                .hasMessageContaining("\"value\" is \"" + value + "\"; it must be a number from -1e15 to 1e15.");
    }

    @Test
    void shouldKeepAllPlansWithTheirDraws() {
        LabelPlanStore plans = home.production().labelPlans();
        PlannedLabels older = plan("p1", NOON, List.of(new PlannedLabels.LabelDraw("a", 0.25)));
        PlannedLabels newer = plan(
                "p2",
                NOON.plusSeconds(1),
                List.of(new PlannedLabels.LabelDraw("b", 0.5), new PlannedLabels.LabelDraw("b", 0.5)));
        plans.save(newer);
        plans.save(older);

        assertThat(plans.newest(new VersionId("shirts", 1))).contains(newer);
        assertThat(plans.all(new VersionId("shirts", 1))).containsExactly(newer, older);
        assertThat(plans.newest(new VersionId("shirts", 2))).isEmpty();
    }

    private static PlannedLabels plan(String id, Instant made, List<PlannedLabels.LabelDraw> draws) {
        return new PlannedLabels(id, new VersionId("shirts", 1), made, Instant.EPOCH, NOON, 900, 0.02, draws);
    }

    private static Kpi ofRequest(String request, double value) {
        return new Kpi(Optional.of(request), Optional.empty(), "revenue", value, NOON);
    }

    private static Kpi ofKey(String key, double value, Instant time) {
        return new Kpi(Optional.empty(), Optional.of(key), "revenue", value, time);
    }
}
