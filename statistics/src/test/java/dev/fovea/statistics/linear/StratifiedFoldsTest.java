package dev.fovea.statistics.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.fault.FoveaException;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StratifiedFoldsTest {

    @Test
    void shouldGiveEveryFoldTheSameShareOfEachClass() {
        int[] labels = IntStream.range(0, 103).map(i -> i % 7 == 0 ? 1 : 0).toArray();
        StratifiedFolds folds = StratifiedFolds.of(labels, 5, 1);
        long[] rare = IntStream.range(0, 5)
                .mapToLong(fold -> Arrays.stream(folds.inside(fold))
                        .filter(i -> labels[i] == 1)
                        .count())
                .toArray();
        long[] size = IntStream.range(0, 5)
                .mapToLong(fold -> folds.inside(fold).length)
                .toArray();
        assertThat(rare).containsOnly(3);
        assertThat(Arrays.stream(size)).allMatch(n -> n == 20 || n == 21);
        assertThat(folds.inside(2).length + folds.outside(2).length).isEqualTo(103);
    }

    @Test
    void shouldKeepGroupsTogether() {
        int[] labels = IntStream.range(0, 120).map(i -> i / 4 % 3).toArray();
        int[] groups = IntStream.range(0, 120).map(i -> i / 4 * 1000).toArray();
        StratifiedFolds folds = StratifiedFolds.of(labels, groups, 5, 3);
        for (int i = 0; i < labels.length; i++) {
            assertThat(folds.fold(i)).isEqualTo(folds.fold(i / 4 * 4));
        }
        for (int fold = 0; fold < 5; fold++) {
            assertThat(Arrays.stream(folds.inside(fold))
                            .filter(i -> labels[i] == 1)
                            .count())
                    .isEqualTo(8);
        }
    }

    @Test
    void shouldDependOnTheSeedAlone() {
        int[] labels = IntStream.range(0, 50).map(i -> i % 2).toArray();
        assertThat(StratifiedFolds.of(labels, 5, 1).inside(0))
                .isEqualTo(StratifiedFolds.of(labels, 5, 1).inside(0));
        assertThat(StratifiedFolds.of(labels, 5, 1).inside(0))
                .isNotEqualTo(StratifiedFolds.of(labels, 5, 2).inside(0));
    }

    @Test
    void shouldRefuseMoreFoldsThanGroups() {
        assertThatThrownBy(() -> StratifiedFolds.of(new int[] {0, 1, 0}, new int[] {7, 7, 8}, 3, 1))
                .isInstanceOf(FoveaException.class)
                .hasMessageContaining("3 folds of 2 groups");
    }
}
