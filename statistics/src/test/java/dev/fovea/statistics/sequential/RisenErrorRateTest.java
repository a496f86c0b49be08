package dev.fovea.statistics.sequential;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RisenErrorRateTest {

    private static final double FALSE_ALARM = 0.05;

    @Test
    void shouldRarelyStateARiseWhereErrorsAreAsInTheEvaluation() {
        int alarms = 0;
        for (int run = 0; run < 400; run++) {
            SplittableRandom random = new SplittableRandom(run);
            RisenErrorRate test = new RisenErrorRate(errors(random, 300, 0.1), 300, FALSE_ALARM);
            add(test, random, 2_000, 0.1);
            alarms += test.risen() ? 1 : 0;
        }
        assertThat(alarms / 400.0).isLessThanOrEqualTo(FALSE_ALARM);
    }

    @Test
    void shouldFindARiseThatComesLate() {
        int found = 0;
        for (int run = 0; run < 100; run++) {
            SplittableRandom random = new SplittableRandom(run);
            RisenErrorRate test = new RisenErrorRate(30, 300, FALSE_ALARM);
            add(test, random, 2_000, 0.1);
            boolean before = test.risen();
            add(test, random, 300, 0.3);
            found += test.risen() && !before ? 1 : 0;
        }
        assertThat(found).isGreaterThanOrEqualTo(95);
    }

    private static int errors(SplittableRandom random, int images, double rate) {
        int errors = 0;
        for (int i = 0; i < images; i++) {
            errors += random.nextDouble() < rate ? 1 : 0;
        }
        return errors;
    }

    private static void add(RisenErrorRate test, SplittableRandom random, int outcomes, double rate) {
        for (int i = 0; i < outcomes; i++) {
            test.add(random.nextDouble() < rate);
        }
    }
}
