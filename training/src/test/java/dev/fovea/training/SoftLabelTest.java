package dev.fovea.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dev.fovea.training.batch.Batch.Target;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Soft labels as the target of the loss. */
class SoftLabelTest {

    private static final Path IMAGE = Path.of("image.png");
    private static final float[] SCORES = {1.5f, -0.3f, 0.2f, -1, 0.7f, 2};
    private static final List<Sample> SAMPLES = List.of(
            new Sample(IMAGE, 0, Map.of(0, 0.6, 1, 0.3, 2, 0.1)), new Sample(IMAGE, 2, Map.of(1, 0.45, 2, 0.55)));

    @Test
    void shouldHaveTheGradientThatDifferencesHave() {
        ClassificationLoss loss = loss(0.1);
        Target[] targets = loss.targets(SAMPLES);
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray scores = manager.create(SCORES, new Shape(2, 3));
            scores.setRequiresGradient(true);
            try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                collector.backward(loss.of(scores, targets));
            }
            float[] gradient = scores.getGradient().toFloatArray();
            double step = 1e-4;
            for (int i = 0; i < SCORES.length; i++) {
                double slope = (worked(i, step) - worked(i, -step)) / (2 * step);
                assertThat((double) gradient[i]).isCloseTo(slope, within(1e-5));
            }
        }
    }

    /** The mean of the cross-entropies in doubles, with one score moved. */
    private static double worked(int moved, double by) {
        double sum = 0;
        for (int i = 0; i < 2; i++) {
            double[] scores = new double[3];
            double total = 0;
            for (int c = 0; c < 3; c++) {
                scores[c] = SCORES[i * 3 + c] + (i * 3 + c == moved ? by : 0);
                total += Math.exp(scores[c]);
            }
            double[] wanted = SAMPLES.get(i).probabilities(3);
            for (int c = 0; c < 3; c++) {
                sum -= wanted[c] * (scores[c] - Math.log(total));
            }
        }
        return sum / 2;
    }

    @Test
    void shouldSmoothHardLabelsAndLeaveSoftOnesAsTheyAre() {
        ClassificationLoss loss = loss(0.3);
        Target[] shared = loss.targets(List.of(new Sample(IMAGE, 1), SAMPLES.getFirst(), new Sample(IMAGE, 1)));
        assertThat(shared[2]).isSameAs(shared[0]).isNotSameAs(shared[1]);
        assertThat(loss.target(new Sample(IMAGE, 1)).probabilities())
                .containsExactly(new double[] {0.1, 0.8, 0.1}, within(1e-12));
        assertThat(loss.target(SAMPLES.getFirst()).probabilities()).containsExactly(0.6, 0.3, 0.1);
    }

    @Test
    void shouldCountSoftLabelsByTheirProbabilitiesInClassWeights() {
        ClassificationLoss loss = ClassificationLoss.of(
                List.of(
                        new Sample(IMAGE, 0),
                        new Sample(IMAGE, 0),
                        new Sample(IMAGE, 0, Map.of(0, 0.5, 1, 0.5)),
                        new Sample(IMAGE, 1)),
                2,
                true,
                0);
        // counts 2.5 and 1.5, mean 2
        double common = Math.sqrt(2 / 2.5);
        double rare = Math.sqrt(2 / 1.5);
        assertThat(loss.target(new Sample(IMAGE, 0)).weight()).isCloseTo(common, within(1e-12));
        assertThat(loss.target(new Sample(IMAGE, 0, Map.of(0, 0.25, 1, 0.75))).weight())
                .isCloseTo(0.25 * common + 0.75 * rare, within(1e-12));
    }

    @Test
    void shouldRefuseWhatIsNoDistribution() {
        assertThatThrownBy(() -> new Sample(IMAGE, 0, Map.of(0, 0.6, 1, 0.6))).hasMessageContaining("no distribution");
        assertThatThrownBy(() -> new Sample(IMAGE, 0, Map.of(0, Double.NaN, 1, 1.0)))
                .hasMessageContaining("no distribution");
        assertThatThrownBy(() -> new Sample(IMAGE, 0, Map.of(0, 1.5, 1, -0.5))).hasMessageContaining("no distribution");
    }

    private static ClassificationLoss loss(double smoothing) {
        return ClassificationLoss.of(SAMPLES, 3, false, smoothing);
    }
}
