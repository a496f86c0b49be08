package dev.fovea.statistics.sequential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.statistics.sequential.QuantileSequence.Ranks;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class QuantileSequenceTest {

    @Test
    void shouldHaveNoBoundsBeforeThereAreValues() {
        assertThat(QuantileSequence.ranks(0, 0.99, 0.95)).isEqualTo(new Ranks(0, 1));
        Ranks few = QuantileSequence.ranks(50, 0.99, 0.95);
        assertThat(few.high()).isEqualTo(51);
        assertThat(few.low()).isBetween(40L, 49L);
    }

    /** The true p90 of exponential values lies between the order statistics at all of 60 looks. */
    @Test
    void shouldEncloseAQuantileAtEveryLook() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(3);
        double truth = -Math.log(0.1);
        int runs = 500;
        int missed = 0;
        for (int run = 0; run < runs; run++) {
            List<Double> values = new ArrayList<>();
            boolean ever = false;
            for (int i = 1; i <= 600; i++) {
                values.add(-Math.log(1 - random.nextDouble()));
                if (i % 10 == 0) {
                    Collections.sort(values);
                    Ranks ranks = QuantileSequence.ranks(i, 0.9, 0.95);
                    boolean below = ranks.high() <= i && values.get((int) ranks.high() - 1) < truth;
                    boolean above = ranks.low() >= 1 && values.get((int) ranks.low() - 1) > truth;
                    ever |= below || above;
                }
            }
            missed += ever ? 1 : 0;
        }
        assertThat((double) missed / runs).isBetween(0.001, 0.05);
        Ranks many = QuantileSequence.ranks(10_000, 0.9, 0.95);
        assertThat(many.high() - many.low()).isLessThan(260); // one look would need 118
    }
}
