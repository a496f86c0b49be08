package dev.fovea.statistics.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class ShiryaevRobertsTest {

    private static final Shifts ONE = new Shifts(new double[] {1}, new double[] {1});

    @Test
    void eachBlockMultipliesTheDaysSoFarByItsLikelihoodRatio() {
        ShiryaevRoberts evidence = new ShiryaevRoberts(ONE);
        evidence.add(2, 0.5, ONE.unshrunk());
        evidence.add(1, 0.25, ONE.unshrunk());
        double ratio1 = Math.exp(1.5);
        double ratio2 = Math.exp(0.5);
        assertThat(evidence.evidence()).isCloseTo((0.5 * ratio1 + 0.25) * ratio2, within(1e-12));
    }

    @Test
    void withoutAChangeTheMeanEvidenceIsTheElapsedTime() {
        RandomGenerator random = new SplittableRandom(2);
        int runs = 40_000;
        double sum = 0;
        for (int run = 0; run < runs; run++) {
            ShiryaevRoberts evidence = new ShiryaevRoberts(ONE);
            for (int block = 0; block < 4; block++) {
                evidence.add(random.nextGaussian(), 0.5, ONE.unshrunk());
            }
            sum += evidence.evidence();
        }
        assertThat(sum / runs).isCloseTo(2, within(0.25));
    }

    @Test
    void blocksThatSayNothingNeverAddUpToEvidence() {
        ShiryaevRoberts evidence = new ShiryaevRoberts(Shifts.TWO_SIDED);
        for (int block = 0; block < 100_000; block++) {
            evidence.add(TiedRank.NONE, 0, 0.25, Shifts.TWO_SIDED.unshrunk());
        }
        assertThat(evidence.evidence()).isBetween(1.0, 30.0);
    }

    @Test
    void resumedEvidenceGoesOnAsIfItHadNeverStopped() {
        ShiryaevRoberts whole = new ShiryaevRoberts(Shifts.UPWARD);
        whole.add(1.5, 1, Shifts.UPWARD.unshrunk());
        ShiryaevRoberts resumed = ShiryaevRoberts.resume(Shifts.UPWARD, whole.state());
        whole.add(0.5, 2, Shifts.UPWARD.unshrunk());
        resumed.add(0.5, 2, Shifts.UPWARD.unshrunk());
        assertThat(resumed.evidence()).isEqualTo(whole.evidence());
    }
}
