package dev.fovea.monitoring.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.model.decoder.Task;
import dev.fovea.monitoring.drift.detector.DriftAlarm.Finding;
import dev.fovea.monitoring.sketch.ImageNumbers;
import dev.fovea.runtime.ImageObservation;
import dev.fovea.traffic.LoggedLabel;
import dev.fovea.traffic.PredictedOutput;
import dev.fovea.traffic.reference.Reference;
import dev.fovea.traffic.reference.ReferenceRow;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Held-out images of which none is predicted as torn. */
class HeldOutComparisonTest {

    private static final ImageNumbers NUMBERS = ImageNumbers.of(Task.CLASSIFICATION, List.of("hole", "none", "torn"));
    private static final int HELD_OUT = 200;
    private static final int TRAFFIC = 1_000;

    private static PredictedOutput predicted(String label) {
        return new PredictedOutput.TopLabels(List.of(new LoggedLabel(label, 0.9f)), 0.3f);
    }

    /** What differs when so many of 1,000 images in ten parts are predicted as torn. */
    private static List<String> differences(int torn) {
        List<ReferenceRow> rows = IntStream.range(0, HELD_OUT)
                .mapToObj(i -> new ReferenceRow(
                        predicted(i % 2 == 0 ? "hole" : "none"), ImageObservation.NONE, Optional.empty()))
                .toList();
        HeldOutComparison comparison =
                HeldOutComparison.of(NUMBERS, new Reference(HELD_OUT, 0, Optional.empty(), rows));
        for (int part = 0; part < 10; part++) {
            double[] means = new double[NUMBERS.coordinates().size()];
            Arrays.fill(means, Double.NaN);
            int first = part;
            for (int i = 0; i < TRAFFIC / 10; i++) {
                int image = first + i * 10;
                double[] numbers = NUMBERS.of(
                        predicted(image < torn ? "torn" : i % 2 == 0 ? "hole" : "none"), ImageObservation.NONE);
                for (int j = 0; j < means.length; j++) {
                    means[j] = (Double.isNaN(means[j]) ? 0 : means[j]) + numbers[j] / (TRAFFIC / 10.0);
                }
            }
            comparison.add(TRAFFIC / 10, means);
        }
        return comparison.differences().stream().map(Finding::name).toList();
    }

    @Test
    void shouldNotNameAShareBecauseAFewOfManyHaveWhatNoHeldOutImageHas() {
        assertThat(differences(2)).isEmpty();
        assertThat(differences(10)).isEmpty();
    }

    @Test
    void shouldNameAShareThatIsTooLargeForChance() {
        assertThat(differences(150)).contains("label torn");
    }
}
