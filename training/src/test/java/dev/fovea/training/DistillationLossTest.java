package dev.fovea.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dev.fovea.fault.FoveaException;
import dev.fovea.training.batch.Batch.Target;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The loss with teachers, beside the formula worked in doubles. */
class DistillationLossTest {

    private static final Path IMAGE = Path.of("image.png");
    private static final float[] SCORES = {1.5f, -0.3f, 0.2f, -1, 0.7f, 2, 0.4f, 0.1f, -0.6f};

    /** The second has no teacher; the third has one that gives a class no chance. */
    private static final List<Sample> SAMPLES = List.of(
            new Sample(IMAGE, 0, Map.of(), Map.of(0, 0.7, 1, 0.2, 2, 0.1)),
            new Sample(IMAGE, 2),
            new Sample(IMAGE, 1, Map.of(), Map.of(1, 0.4, 2, 0.6)));

    @ParameterizedTest
    @CsvSource({"0.5,1", "0.3,2", "0.9,4", "1,2"})
    void shouldBeThatOfTheFormulaWithItsGradient(double weight, double temperature) {
        ClassificationLoss loss = loss(weight, temperature);
        Target[] targets = SAMPLES.stream().map(loss::target).toArray(Target[]::new);
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray scores = manager.create(SCORES, new Shape(3, 3));
            scores.setRequiresGradient(true);
            double value;
            try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                NDArray mean = loss.of(scores, targets);
                collector.backward(mean);
                value = mean.getFloat();
            }
            assertThat(value).isCloseTo(worked(weight, temperature, 0, 0), within(1e-6));
            float[] gradient = scores.getGradient().toFloatArray();
            double step = 1e-4;
            for (int i = 0; i < SCORES.length; i++) {
                double slope =
                        (worked(weight, temperature, i, step) - worked(weight, temperature, i, -step)) / (2 * step);
                assertThat((double) gradient[i]).isCloseTo(slope, within(1e-5));
            }
        }
    }

    @Test
    void shouldLeaveTheLabelAloneWithoutATeacher() {
        Target target = ClassificationLoss.of(SAMPLES, 3, false, 0).target(SAMPLES.getFirst());
        assertThat(target.taught()).isEmpty();
        assertThat(target.probabilities()).containsExactly(1, 0, 0);
    }

    @Test
    void shouldBlendWhatTeachersPredictAsItBlendsImages() {
        ClassificationLoss loss = loss(0.5, 1);
        Target first = loss.target(SAMPLES.getFirst());
        Target blended = first.blend(loss.target(SAMPLES.get(1)), 0.25);
        assertThat(blended.probabilities()).containsExactly(new double[] {0.75, 0, 0.25}, within(1e-12));
        assertThat(blended.taught()).containsExactly(new double[] {0.525, 0.15, 0.325}, within(1e-12));
    }

    @Test
    void shouldRefuseWeightsAndTemperaturesWithoutMeaning() {
        assertThatThrownBy(() -> loss(0, 2))
                .isInstanceOf(FoveaException.class)
                .hasMessageContaining("teacher weight 0.0");
        assertThatThrownBy(() -> loss(1.5, 2)).hasMessageContaining("teacher weight 1.5");
        assertThatThrownBy(() -> loss(0.5, 0.5)).hasMessageContaining("teacher temperature 0.5");
        assertThatThrownBy(() -> loss(0.5, Double.NaN)).hasMessageContaining("teacher temperature NaN");
    }

    private static ClassificationLoss loss(double weight, double temperature) {
        return ClassificationLoss.of(SAMPLES, 3, false, 0)
                .with(Optional.of(new DistillationSettings(List.of("large:1"), weight, temperature)));
    }

    /** The mean over the images, with one score moved. */
    private static double worked(double weight, double temperature, int moved, double by) {
        double sum = 0;
        for (int i = 0; i < SAMPLES.size(); i++) {
            double[] scores = new double[3];
            for (int c = 0; c < 3; c++) {
                scores[c] = SCORES[i * 3 + c] + (i * 3 + c == moved ? by : 0);
            }
            Sample sample = SAMPLES.get(i);
            double label = crossEntropy(sample.probabilities(3), scores, 1);
            if (sample.taught().isEmpty()) {
                sum += label;
                continue;
            }
            double[] softened = new double[3];
            double total = 0;
            for (int c = 0; c < 3; c++) {
                softened[c] = Math.pow(sample.taught().getOrDefault(c, 0.0), 1 / temperature);
                total += softened[c];
            }
            for (int c = 0; c < 3; c++) {
                softened[c] /= total;
            }
            sum += (1 - weight) * label
                    + weight * temperature * temperature * crossEntropy(softened, scores, temperature);
        }
        return sum / SAMPLES.size();
    }

    private static double crossEntropy(double[] wanted, double[] scores, double temperature) {
        double total = 0;
        for (double score : scores) {
            total += Math.exp(score / temperature);
        }
        double sum = 0;
        for (int c = 0; c < wanted.length; c++) {
            sum -= wanted[c] * (scores[c] / temperature - Math.log(total));
        }
        return sum;
    }
}
