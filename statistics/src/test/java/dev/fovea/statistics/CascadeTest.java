package dev.fovea.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.fault.FoveaException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

/** The cascade's threshold, against a worked example, laws, and a simulation with known parameters. */
class CascadeTest {

    private static final CascadeCosts COSTS = new CascadeCosts(1, 10);

    /** Worked by hand; the two of confidence 0.6 go together. */
    private static final List<CascadeOutcome> FIVE = List.of(
            new CascadeOutcome(0.9, true, true, COSTS),
            new CascadeOutcome(0.8, true, false, COSTS),
            new CascadeOutcome(0.6, false, true, COSTS),
            new CascadeOutcome(0.6, true, true, COSTS),
            new CascadeOutcome(0.3, false, true, COSTS));

    @Test
    void shouldGiveTheCurveThatWasWorkedByHand() {
        List<CascadePoint> points = CascadeCurve.of(FIVE).points();
        assertThat(points)
                .extracting(CascadePoint::threshold)
                .containsExactly(0.0, 0.6, 0.8, 0.9, CascadeCurve.NEVER_SURE);
        assertThat(points).extracting(point -> point.accuracy().value()).containsExactly(0.6, 0.8, 1.0, 0.8, 0.8);
        assertThat(points).extracting(point -> point.escalated().value()).containsExactly(0.0, 0.2, 0.6, 0.8, 1.0);
        assertThat(points)
                .extracting(point -> point.costPerThousand().value())
                .containsExactly(1000.0, 3000.0, 7000.0, 9000.0, 11000.0);
        assertThat(points.get(1).accuracy()).isEqualTo(WilsonInterval.of(4, 5));
    }

    @Test
    void shouldChooseTheFewestEscalationsThatReachTheWantedAccuracy() {
        CascadeThreshold threshold = CascadeThreshold.choose(tenTimes(FIVE), 0.8);
        CascadePoint point = new CascadePoint(0.6, WilsonInterval.of(40, 50), WilsonInterval.of(10, 50), cost(10, 50));
        // Ten copies: each ninety percent of them choose what all choose.
        assertThat(threshold).isEqualTo(new CascadeThreshold.Reached(0.8, point, point));
        assertThat(CascadeThreshold.choose(tenTimes(FIVE), 0.81).chosen().threshold())
                .isEqualTo(0.8);
        assertThat(CascadeThreshold.choose(tenTimes(FIVE), 0.5).chosen().threshold())
                .isZero();
    }

    @Test
    void shouldReportAnUnreachableAccuracyAndChooseTheBest() {
        List<CascadeOutcome> hard = new ArrayList<>(FIVE);
        hard.set(0, new CascadeOutcome(0.9, false, false, COSTS));
        CascadeThreshold threshold = CascadeThreshold.choose(tenTimes(hard), 0.95);
        assertThat(threshold).isInstanceOf(CascadeThreshold.OutOfReach.class);
        assertThat(threshold.chosen().threshold()).isEqualTo(0.8);
        assertThat(threshold.chosen().accuracy().value()).isEqualTo(0.8);
    }

    @Test
    void shouldRejectTooFewImagesAndInvalidAccuracies() {
        assertThatThrownBy(() -> CascadeThreshold.choose(FIVE, 0.9))
                .isInstanceOf(FoveaException.class)
                .hasMessage("A threshold needs at least 20 images; there are 5.");
        assertThatThrownBy(() -> CascadeThreshold.choose(tenTimes(FIVE), 1.1)).isInstanceOf(FoveaException.class);
        assertThatThrownBy(() -> CascadeCurve.of(List.of())).isInstanceOf(FoveaException.class);
        assertThatThrownBy(() -> new CascadeOutcome(Double.NaN, true, true, COSTS))
                .isInstanceOf(FoveaException.class);
        assertThatThrownBy(() -> new CascadeCosts(-1, 0)).isInstanceOf(FoveaException.class);
    }

    /**
     * Confidence c is uniform and the small model right with probability c, the large one with 0.95: at a threshold t
     * the cascade's accuracy is 0.95 t + (1 - t²) / 2. The chosen point's own accuracy must be optimistic, the expected
     * one must not.
     */
    @Test
    void shouldEstimateTheAccuracyOnNewImages() {
        double chosen = 0;
        double expected = 0;
        double truth = 0;
        int evaluations = 400;
        for (int seed = 0; seed < evaluations; seed++) {
            CascadeThreshold threshold = CascadeThreshold.choose(drawn(new Random(seed), 100), 0.94);
            double t = Math.min(1, threshold.chosen().threshold());
            chosen += threshold.chosen().accuracy().value() / evaluations;
            expected += threshold.expected().accuracy().value() / evaluations;
            truth += (0.95 * t + (1 - t * t) / 2) / evaluations;
        }
        assertThat(chosen - truth).isGreaterThan(0.005);
        assertThat(Math.abs(expected - truth)).isLessThan((chosen - truth) / 2);
    }

    @Property(tries = 200)
    void shouldBeginWithTheSmallModelAloneAndEndWithTheLarge(@ForAll("outcomes") List<CascadeOutcome> outcomes) {
        List<CascadePoint> points = CascadeCurve.of(outcomes).points();
        long small = outcomes.stream().filter(CascadeOutcome::smallRight).count();
        long large = outcomes.stream().filter(CascadeOutcome::largeRight).count();
        assertThat(points.getFirst())
                .isEqualTo(new CascadePoint(
                        0,
                        WilsonInterval.of(small, outcomes.size()),
                        WilsonInterval.of(0, outcomes.size()),
                        cost(0, outcomes.size())));
        assertThat(points.getLast().accuracy()).isEqualTo(WilsonInterval.of(large, outcomes.size()));
        assertThat(points.getLast().escalated().value()).isEqualTo(1);
    }

    @Property(tries = 200)
    void shouldEscalateMoreAtEachHigherThreshold(@ForAll("outcomes") List<CascadeOutcome> outcomes) {
        List<CascadePoint> points = CascadeCurve.of(outcomes).points();
        for (int i = 1; i < points.size(); i++) {
            assertThat(points.get(i).threshold())
                    .isGreaterThan(points.get(i - 1).threshold());
            assertThat(points.get(i).escalated().value())
                    .isGreaterThan(points.get(i - 1).escalated().value());
        }
    }

    /** Applying the threshold as serving does reproduces the figures of its point. */
    @Property(tries = 200)
    void shouldReproduceTheFiguresOfEachPoint(@ForAll("outcomes") List<CascadeOutcome> outcomes) {
        for (CascadePoint point : CascadeCurve.of(outcomes).points()) {
            long right = outcomes.stream()
                    .filter(o -> o.confidence() >= point.threshold() ? o.smallRight() : o.largeRight())
                    .count();
            long passedOn = outcomes.stream()
                    .filter(o -> o.confidence() < point.threshold())
                    .count();
            assertThat(point.accuracy().value()).isCloseTo((double) right / outcomes.size(), within(1e-12));
            assertThat(point.escalated().value()).isCloseTo((double) passedOn / outcomes.size(), within(1e-12));
        }
    }

    @Property(tries = 200)
    void shouldNotEscalateFewerForAHigherAccuracy(
            @ForAll("outcomes") List<CascadeOutcome> outcomes,
            @ForAll @DoubleRange(min = 0.01, max = 1) double one,
            @ForAll @DoubleRange(min = 0.01, max = 1) double other) {
        CascadeThreshold lower = CascadeThreshold.choose(outcomes, Math.min(one, other));
        if (CascadeThreshold.choose(outcomes, Math.max(one, other)) instanceof CascadeThreshold.Reached higher) {
            assertThat(lower).isInstanceOf(CascadeThreshold.Reached.class);
            assertThat(higher.chosen().escalated().value())
                    .isGreaterThanOrEqualTo(lower.chosen().escalated().value());
        }
    }

    @Property(tries = 200)
    void shouldNotDependOnTheOrderOfTheImages(
            @ForAll("outcomes") List<CascadeOutcome> outcomes, @ForAll Random random) {
        List<CascadeOutcome> shuffled = new ArrayList<>(outcomes);
        Collections.shuffle(shuffled, random);
        assertThat(CascadeThreshold.choose(shuffled, 0.8)).isEqualTo(CascadeThreshold.choose(outcomes, 0.8));
    }

    @Provide
    Arbitrary<List<CascadeOutcome>> outcomes() {
        Arbitrary<Double> confidence =
                Arbitraries.oneOf(Arbitraries.doubles().between(0, 1), Arbitraries.of(0.0, 0.5, 1.0));
        return Combinators.combine(confidence, Arbitraries.of(true, false), Arbitraries.of(true, false))
                .as((sure, small, large) -> new CascadeOutcome(sure, small, large, COSTS))
                .list()
                .ofMinSize(CascadeThreshold.FEWEST)
                .ofMaxSize(80);
    }

    /** Of 1,000 images, where each costs 1 and an escalated one 10 more. */
    private static Interval cost(int escalated, int images) {
        Interval share = WilsonInterval.of(escalated, images);
        return new Interval(
                1000 * (1 + share.value() * 10),
                1000 * (1 + share.value() * 10 - 10 * (share.value() - share.low())),
                1000 * (1 + share.value() * 10 + 10 * (share.high() - share.value())));
    }

    private static List<CascadeOutcome> drawn(Random random, int images) {
        List<CascadeOutcome> drawn = new ArrayList<>();
        for (int i = 0; i < images; i++) {
            double confidence = random.nextDouble();
            drawn.add(new CascadeOutcome(
                    confidence, random.nextDouble() < confidence, random.nextDouble() < 0.95, COSTS));
        }
        return drawn;
    }

    private static List<CascadeOutcome> tenTimes(List<CascadeOutcome> outcomes) {
        return Collections.nCopies(10, outcomes).stream().flatMap(List::stream).toList();
    }
}
