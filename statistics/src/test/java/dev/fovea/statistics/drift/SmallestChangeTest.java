package dev.fovea.statistics.drift;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SmallestChangeTest {

    @Test
    void moreBlocksShowSmallerChanges() {
        double few = SmallestChange.of(60, 0.05, 5, 0.02, 1000, 0.9);
        double many = SmallestChange.of(60, 0.05, 50, 0.02, 1000, 0.9);
        // a shift over n blocks needs about sqrt(2 log(threshold / weight / days) / n) and a bit for 90 %
        assertThat(many).isBetween(0.6, 1.0);
        assertThat(few).isBetween(2.0, 4.0);
    }

    @Test
    void oneBlockAmongFewQuietOnesNeverAlarms() {
        assertThat(SmallestChange.of(60, 0.05, 1, 0.02, 50, 0.9)).isInfinite();
    }
}
