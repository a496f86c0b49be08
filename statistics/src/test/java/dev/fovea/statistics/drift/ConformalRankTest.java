package dev.fovea.statistics.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class ConformalRankTest {

    @Test
    void theScoreOfTheUpperQuarterIsTheQuantileOfItsRank() {
        ConformalRank rank = new ConformalRank(new double[] {3, 1, 2});
        double score = rank.normalScore(2.5, 0);
        // p = 1/4, and the 75 % quantile of the standard normal distribution is 0.674490
        assertThat(score).isCloseTo(0.674490, within(1e-6));
    }

    @Test
    void equalScoresShareTheirRanks() {
        double pValue = ConformalRank.pValue(1, 2, 4, 0.5);
        assertThat(pValue).isEqualTo((1 + 0.5 * 3) / 5);
    }

    @Test
    void anAddedScoreCountsForLaterOnes() {
        ConformalRank rank = new ConformalRank(new double[] {1});
        rank.add(3);
        rank.add(2);
        assertThat(rank.size()).isEqualTo(3);
        assertThat(rank.normalScore(2.5, 0)).isEqualTo(ConformalRank.normalScore(1, 0, 3, 0));
    }

    @Test
    void successiveScoresOfADiscreteStreamAreStandardNormalAndIndependent() {
        RandomGenerator random = new SplittableRandom(1);
        ConformalRank rank = new ConformalRank(new double[0]);
        int n = 20_000;
        double sum = 0;
        double squares = 0;
        double products = 0;
        double before = 0;
        for (int i = 0; i < n; i++) {
            double value = Math.floor(3 * random.nextDouble() * random.nextDouble());
            double score = rank.normalScore(value, random.nextDouble());
            rank.add(value);
            sum += score;
            squares += score * score;
            products += score * before;
            before = score;
        }
        double error = 4 / Math.sqrt(n);
        assertThat(sum / n).isCloseTo(0, within(error));
        assertThat(squares / n).isCloseTo(1, within(1.5 * error));
        assertThat(products / n).isCloseTo(0, within(error));
    }
}
