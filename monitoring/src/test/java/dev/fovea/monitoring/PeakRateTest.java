package dev.fovea.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class PeakRateTest {

    /** Against the definition, computed the long way; gaps of up to 25 seconds leave windows empty. */
    @Property(tries = 300)
    void shouldBeTheBusiestOfAllWindows(
            @ForAll @Size(min = 1, max = 60) List<@IntRange(min = 0, max = 25) Integer> gaps) {
        PeakRate rate = new PeakRate();
        long[] perSecond = new long[60 * 26];
        int second = 0;
        for (int gap : gaps) {
            second += gap;
            perSecond[second]++;
            rate.add(Instant.ofEpochSecond(1_000_000_000L + second));
        }
        long max = 0;
        for (int from = 0; from < perSecond.length - 10; from++) {
            long sum = 0;
            for (int at = from; at < from + 10; at++) {
                sum += perSecond[at];
            }
            max = Math.max(max, sum);
        }
        // the bound on the sizes above leaves ten empty seconds at the end
        assertThat(rate.perSecond()).isCloseTo(max / 10.0, within(1e-12));
    }
}
