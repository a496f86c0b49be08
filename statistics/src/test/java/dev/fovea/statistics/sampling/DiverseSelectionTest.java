package dev.fovea.statistics.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.statistics.linear.FeatureMatrix;
import dev.fovea.statistics.sampling.DiverseSelection.Choice;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DiverseSelectionTest {

    private static final FeatureMatrix LINE = FeatureMatrix.of(new float[][] {{0}, {1}, {3}, {3}});

    /** How often each item is drawn first, of 1,000 seeds. */
    private static int[] first(double[] weights, Optional<FeatureMatrix> labelled) {
        int[] counts = new int[weights.length];
        for (int seed = 0; seed < 1000; seed++) {
            counts[
                    DiverseSelection.choose(LINE, weights, labelled, 1, seed)
                            .getFirst()
                            .item()]++;
        }
        return counts;
    }

    @Test
    void shouldDrawInProportionToWeightAndSquaredDistance() {
        int[] counts = first(new double[] {1, 1, 1, 0}, Optional.of(FeatureMatrix.of(new float[][] {{0}})));
        assertThat(counts[0]).isZero();
        assertThat(counts[2]).isBetween(870, 930); // 9 of 10
        assertThat(counts[3]).isZero();
    }

    @Test
    void shouldDrawByWeightAloneWhereNothingIsLabelled() {
        int[] counts = first(new double[] {3, 1, 0, 0}, Optional.empty());
        assertThat(counts[0]).isBetween(700, 800);
        assertThat(counts[0] + counts[1]).isEqualTo(1000);
    }

    @Test
    void shouldChooseNoCopies() {
        List<Choice> choices = DiverseSelection.choose(LINE, new double[] {1, 1, 1, 1}, Optional.empty(), 4, 7);
        assertThat(choices).hasSize(3);
        assertThat(choices.getFirst().squaredDistance()).isEqualTo(1);
        assertThat(choices).extracting(Choice::item).doesNotHaveDuplicates();
        assertThat(choices).filteredOn(choice -> choice.item() >= 2).hasSize(1);
        assertThat(choices.get(2).value()).isEqualTo(choices.get(2).squaredDistance());
    }

    @Test
    void shouldGiveTheSameItemsForASeed() {
        double[] weights = {1, 1, 1, 1};
        assertThat(DiverseSelection.choose(LINE, weights, Optional.empty(), 3, 5))
                .isEqualTo(DiverseSelection.choose(LINE, weights, Optional.empty(), 3, 5));
    }
}
