package dev.fovea.statistics.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class ConformalRankTest {

    @Test
    void aScoreBetweenOthersHasItsOwnPlace() {
        ConformalRank rank = new ConformalRank(new double[] {3, 1, 2}, 0);
        TiedRank found = rank.rank(2.5);
        assertThat(found).isEqualTo(new TiedRank(0.25, 0.5));
    }

    @Test
    void scoresThatDifferByLessThanTheResolutionAreEqual() {
        ConformalRank rank = new ConformalRank(new double[] {1, 2, 2.1, 3}, 0.15);
        TiedRank found = rank.rank(2.05);
        assertThat(found).isEqualTo(new TiedRank(0.2, 0.8));
    }

    @Test
    void anAddedScoreCountsForLaterOnes() {
        ConformalRank rank = new ConformalRank(new double[] {1}, 0);
        rank.add(3);
        rank.add(2);
        assertThat(rank.size()).isEqualTo(3);
        assertThat(rank.rank(2.5)).isEqualTo(new TiedRank(0.25, 0.5));
    }

    @Test
    void successiveRanksOfADiscreteStreamAreIndependentAndMeanNothing() {
        RandomGenerator random = new SplittableRandom(1);
        ConformalRank rank = new ConformalRank(new double[0], 0);
        int n = 20_000;
        double sum = 0;
        double ratios = 0;
        double products = 0;
        double before = 0;
        for (int i = 0; i < n; i++) {
            double value = Math.floor(3 * random.nextDouble() * random.nextDouble());
            TiedRank found = rank.rank(value);
            double score = found.meanScore();
            rank.add(value);
            sum += score;
            ratios += found.meanExponential(0.8) * Math.exp(-0.32);
            products += score * before;
            before = score;
        }
        double error = 4 / Math.sqrt(n);
        assertThat(sum / n).isCloseTo(0, within(error));
        assertThat(ratios / n).isCloseTo(1, within(error));
        assertThat(products / n).isCloseTo(0, within(error));
    }
}
