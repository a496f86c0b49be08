package dev.fovea.statistics.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.statistics.linear.FeatureMatrix;
import dev.fovea.statistics.sampling.DiverseSelection.Choice;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DiverseSelectionTest {

    private static final FeatureMatrix LINE = FeatureMatrix.of(new float[][] {{0}, {1}, {2}, {10}, {11}});
    private static final double[] EQUAL = {1, 1, 1, 1, 1};

    @Test
    void shouldChooseTheFarthestItemNext() {
        assertThat(DiverseSelection.choose(LINE, EQUAL, Optional.empty(), 3))
                .containsExactly(new Choice(0, 1, 1), new Choice(4, 121, 121), new Choice(2, 4, 4));
    }

    @Test
    void shouldStayAwayFromWhatIsLabelled() {
        FeatureMatrix labelled = FeatureMatrix.of(new float[][] {{10.5f}, {2}});
        assertThat(DiverseSelection.choose(LINE, EQUAL, Optional.of(labelled), 2))
                .containsExactly(new Choice(0, 4, 4), new Choice(1, 1, 1));
    }

    @Test
    void shouldPreferWhatWeighsMore() {
        List<Choice> choices = DiverseSelection.choose(LINE, new double[] {0.1, 0.1, 1, 0.1, 0.2}, Optional.empty(), 2);
        assertThat(choices).extracting(Choice::item).containsExactly(2, 4);
    }

    @Test
    void shouldChooseNoCopiesAndNothingWithoutWeight() {
        FeatureMatrix copies = FeatureMatrix.of(new float[][] {{3}, {3}, {5}});
        assertThat(DiverseSelection.choose(copies, new double[] {1, 1, 0}, Optional.empty(), 3))
                .extracting(Choice::item)
                .containsExactly(0);
    }
}
