package dev.fovea.statistics.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TiedRankTest {

    @Test
    void theMeanScoreOfTheUpperQuarterIsTheMeanOfThatPartOfTheNormalDistribution() {
        TiedRank rank = TiedRank.of(0, 1, 4);
        // the density at 0.674490 is 0.317777
        assertThat(rank.meanScore()).isCloseTo(0.317777 / 0.25, within(1e-5));
    }

    @Test
    void aNumberThatAllShareSaysNothing() {
        assertThat(TiedRank.NONE.meanScore()).isCloseTo(0, within(1e-9));
        assertThat(TiedRank.NONE.meanExponential(2.2)).isCloseTo(Math.exp(2.42), within(1e-4));
    }

    @Test
    void theMeanOfLikelihoodRatiosOverAllRanksIsOne() {
        double sum = 0;
        for (int greater = 0; greater < 61; greater++) {
            sum += TiedRank.of(greater, 1, 61).meanExponential(-1.4) * Math.exp(-0.98);
        }
        assertThat(sum / 61).isCloseTo(1, within(1e-6));
    }

    @Test
    void aTieHasTheMeanOfTheRanksThatItCovers() {
        double sum = 0;
        for (int greater = 3; greater < 8; greater++) {
            sum += TiedRank.of(greater, 1, 20).meanExponential(0.8);
        }
        assertThat(TiedRank.of(3, 5, 20).meanExponential(0.8)).isCloseTo(sum / 5, within(1e-9));
    }
}
