package dev.fovea.statistics.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AccuracyCeilingTest {

    @Test
    void shouldBeTheRootOfTheAgreementOfPairs() {
        int none = Ratings.MISSING;
        // pairs that agree: 1, 1/3, 0, and an item with one label, which does not count
        Ratings ratings = Ratings.of(3, new int[][] {{0, 0, 0}, {1, 1, 2}, {0, 1, none}, {2, none, none}});
        assertThat(AccuracyCeiling.of(ratings).orElseThrow().value())
                .isCloseTo(Math.sqrt((1 + 1.0 / 3) / 3), within(1e-12));
        assertThat(AccuracyCeiling.of(Ratings.of(2, new int[][] {{0, none}, {none, 1}})))
                .isEmpty();
        assertThat(AccuracyCeiling.of(Ratings.of(2, new int[][] {{0, 0}, {1, 1}}))
                        .orElseThrow()
                        .value())
                .isEqualTo(1);
    }

    @Test
    void shouldNotBeExceededByTheBestModel() {
        Random random = new Random(3);
        for (double noise : new double[] {0.05, 0.2, 0.4}) {
            int[][] labels = new int[4000][3];
            int right = 0;
            for (int[] item : labels) {
                int truth = random.nextInt(4);
                Arrays.setAll(item, _ -> random.nextDouble() < noise ? (truth + 1 + random.nextInt(3)) % 4 : truth);
                right += item[0] == truth ? 1 : 0; // a model that knows the truth, judged by one annotator
            }
            double ceiling =
                    AccuracyCeiling.of(Ratings.of(4, labels)).orElseThrow().value();
            assertThat(ceiling).isGreaterThan((double) right / labels.length - 0.01);
            assertThat(ceiling).isLessThan(1 - noise + noise * noise);
        }
    }
}
