package dev.fovea.serving.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.registry.Rollout;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RolloutChoiceTest {

    private static final byte[] NO_IMAGE = {};
    private static final int KEYS = 20_000;

    @ParameterizedTest
    @ValueSource(doubles = {1, 5, 50, 95})
    void shouldSendAboutTheShareAskedForToTheCanary(double percent) {
        for (String prefix : new String[] {"user-", "", "a much longer key with a number at its end: "}) {
            int chosen = 0;
            for (int i = 0; i < KEYS; i++) {
                chosen += isCanary(2, percent, prefix + i) ? 1 : 0;
            }
            // five standard deviations of a binomial count
            double expected = KEYS * percent / 100;
            double slack = 5 * Math.sqrt(expected * (1 - percent / 100));
            assertThat((double) chosen).isBetween(expected - slack, expected + slack);
        }
    }

    @Test
    void shouldChooseOtherKeysForAnotherCanary() {
        int both = 0;
        for (int i = 0; i < KEYS; i++) {
            both += isCanary(2, 10, "user-" + i) && isCanary(3, 10, "user-" + i) ? 1 : 0;
        }
        // 1 % of independent choices, not 10 %
        assertThat(both).isBetween(100, 320);
    }

    @Property
    void shouldNeverTakeAKeyOffTheCanaryWhenItsShareIsRaised(
            @ForAll String key,
            @ForAll @DoubleRange(min = 0.01, max = 100) double one,
            @ForAll @DoubleRange(min = 0.01, max = 100) double other) {
        if (isCanary(7, Math.min(one, other), key)) {
            assertThat(isCanary(7, Math.max(one, other), key)).isTrue();
        }
    }

    @Property
    void shouldChooseTheSameForTheSameImageWithoutAKey(
            @ForAll @Size(max = 64) byte[] image, @ForAll @IntRange(min = 1, max = 1000) int version) {
        Rollout half = new Rollout.CanaryTraffic(version, 50);
        assertThat(RolloutChoice.beside(half, Optional.empty(), image.clone()))
                .isEqualTo(RolloutChoice.beside(half, Optional.empty(), image));
        assertThat(RolloutChoice.beside(half, Optional.of("key"), image))
                .isEqualTo(RolloutChoice.beside(half, Optional.of("key"), NO_IMAGE));
    }

    @Property
    void shouldTakeEverythingAtAHundredPercentAndNothingWithoutACanary(@ForAll String key) {
        assertThat(isCanary(1, 100, key)).isTrue();
        assertThat(RolloutChoice.beside(new Rollout.None(), Optional.of(key), NO_IMAGE))
                .isEmpty();
    }

    @Property
    void shouldMoveRequestsOnlyFromProductionWhenSharesAreRaised(
            @ForAll List<String> keys,
            @ForAll @DoubleRange(min = 0.01, max = 16) double second,
            @ForAll @DoubleRange(min = 0.01, max = 16) double third,
            @ForAll @DoubleRange(min = 0, max = 16) double more,
            @ForAll @DoubleRange(min = 0, max = 16) double another) {
        Rollout.SplitTraffic before = Rollout.SplitTraffic.of(9, new TreeMap<>(Map.of(2, second, 3, third)));
        Rollout.SplitTraffic after =
                before.sharing(new TreeMap<>(Map.of(2, second + more, 3, third + another, 4, 30.0)));
        for (String key : keys) {
            OptionalInt version = RolloutChoice.beside(before, Optional.of(key), NO_IMAGE);
            if (version.isPresent()) {
                assertThat(RolloutChoice.beside(after, Optional.of(key), NO_IMAGE))
                        .isEqualTo(version);
            }
        }
        assertThat(after.sharing(before.percents()).percents()).isEqualTo(before.percents());
    }

    @Test
    void shouldShareRequestsOutAsPlannedAndAnewForAnotherSeed() {
        SortedMap<Integer, Double> shares = new TreeMap<>(Map.of(2, 12.5, 3, 33.33, 4, 0.5));
        int[] chosen = new int[5];
        int both = 0;
        for (int i = 0; i < KEYS; i++) {
            OptionalInt one =
                    RolloutChoice.beside(Rollout.SplitTraffic.of(1, shares), Optional.of("user-" + i), NO_IMAGE);
            OptionalInt other =
                    RolloutChoice.beside(Rollout.SplitTraffic.of(2, shares), Optional.of("user-" + i), NO_IMAGE);
            chosen[one.orElse(1)]++;
            both += one.orElse(1) == 3 && other.orElse(1) == 3 ? 1 : 0;
        }
        shares.forEach((version, percent) -> {
            double expected = KEYS * percent / 100;
            double slack = 5 * Math.sqrt(expected * (1 - percent / 100));
            assertThat((double) chosen[version]).isBetween(expected - slack, expected + slack);
        });
        assertThat(both).isBetween(1950, 2500); // a ninth of independent choices, not a third
    }

    private static boolean isCanary(int version, double percent, String key) {
        return RolloutChoice.beside(new Rollout.CanaryTraffic(version, percent), Optional.of(key), NO_IMAGE)
                .isPresent();
    }
}
