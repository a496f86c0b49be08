package dev.fovea.statistics.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.statistics.LabelPeer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.hipparchus.stat.correlation.SpearmansCorrelation;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Our consensus against crowd-kit, on the same drawn labels. Items without labels are not known to crowd-kit. */
@Timeout(300)
class ConsensusPeersTest {

    private static final Offset<Double> EQUAL = within(1e-6);
    private static final DrawnRatings DRAWN = DrawnRatings.withGaps();
    private static final Ratings RATINGS = DRAWN.ratings();
    private static final int[] LABELLED = IntStream.range(0, RATINGS.items())
            .filter(item -> RATINGS.count(item) > 0)
            .toArray();

    private static Map<String, double[]> peer = Map.of();

    @BeforeAll
    static void run(@TempDir Path directory) throws IOException {
        peer = LabelPeer.require("crowdkit", "crowdkit", directory).run(DRAWN.lines());
    }

    /** Without pseudo-counts and after as many iterations, all probabilities are equal. */
    @Test
    void shouldGiveTheDawidSkeneOfCrowdKit() {
        ConfusionFit fit = DawidSkene.fit(RATINGS, new EmSettings(0, 0, 0, 60), 0.95);
        assertRows(MajorityVote.of(RATINGS).labels(), numbers("majority"));
        assertRows(fit.consensus().labels(), numbers("dawid-skene"));
        assertThat(fit.prior().stream().mapToDouble(Double::doubleValue).toArray())
                .containsExactly(numbers("prior"), EQUAL);
        for (int j = 0; j < RATINGS.annotators(); j++) {
            double[] expected = numbers("confusion-" + j);
            for (int cell = 0; cell < expected.length; cell++) {
                assertThat(fit.confusions().get(j).probability(cell % 4, cell / 4))
                        .isCloseTo(expected[cell], EQUAL);
            }
        }
    }

    /**
     * GLAD has one skill for each annotator and ours a confusion matrix, so that the two agree in most labels and in
     * the order of skill and difficulty, and not in each digit. Measured: 94 % of the labels are the same, 478 of ours
     * and 475 of GLAD's are right, and the rank correlation of difficulty is .895.
     */
    @Test
    void shouldAgreeWithTheGladOfCrowdKit() {
        DifficultyFit fit = DifficultyModel.fit(RATINGS);
        SoftLabels ours = fit.fit().consensus().labels();
        double[] glad = numbers("glad");
        long same = Arrays.stream(LABELLED)
                .filter(item -> ours.label(item) == argMax(glad, item, 4))
                .count();
        long right = Arrays.stream(LABELLED)
                .filter(item -> argMax(glad, item, 4) == DRAWN.truths()[item])
                .count();
        long oursRight = Arrays.stream(LABELLED)
                .filter(item -> ours.label(item) == DRAWN.truths()[item])
                .count();
        assertThat((double) same / LABELLED.length).isGreaterThan(0.92);
        assertThat(oursRight).isGreaterThanOrEqualTo(right - LABELLED.length / 100);
        double[] skills = fit.fit().consensus().annotators().stream()
                .mapToDouble(skill -> skill.accuracy().orElseThrow().value())
                .toArray();
        assertThat(order(skills)).isEqualTo(order(numbers("glad-skill")));
        double[] ease = numbers("glad-ease");
        double correlation = new SpearmansCorrelation()
                .correlation(
                        Arrays.stream(LABELLED).mapToDouble(item -> -ease[item]).toArray(),
                        Arrays.stream(LABELLED).mapToDouble(fit::difficulty).toArray());
        assertThat(correlation).isGreaterThan(0.8);
    }

    private static void assertRows(SoftLabels ours, double[] expected) {
        for (int item : LABELLED) {
            assertThat(ours.distribution(item))
                    .as("item %d", item)
                    .containsExactly(
                            Arrays.copyOfRange(expected, item * ours.classes(), (item + 1) * ours.classes()), EQUAL);
        }
    }

    private static int argMax(double[] rows, int item, int classes) {
        return IntStream.range(0, classes)
                .reduce((best, k) -> rows[item * classes + k] > rows[item * classes + best] ? k : best)
                .orElseThrow();
    }

    /** Indices from the lowest value to the highest. */
    private static List<Integer> order(double[] values) {
        return IntStream.range(0, values.length)
                .boxed()
                .sorted((a, b) -> Double.compare(values[a], values[b]))
                .toList();
    }

    private static double[] numbers(String name) {
        return Objects.requireNonNull(peer.get(name), name);
    }
}
