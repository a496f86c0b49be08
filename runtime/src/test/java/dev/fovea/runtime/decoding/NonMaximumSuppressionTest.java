package dev.fovea.runtime.decoding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.imaging.Box;
import dev.fovea.model.decoder.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import org.junit.jupiter.api.Test;

class NonMaximumSuppressionTest {

    private static final Selection BY_CLASS = new Selection(0, 0.5, false, 10);

    @Test
    void shouldDropTheWorseOfTwoOfOneClass() {
        Candidate good = candidate(0, 7, 0.9, 0);
        Candidate worse = candidate(1, 7, 0.8, 2);
        Candidate other = candidate(2, 8, 0.7, 2);
        Candidate apart = candidate(3, 7, 0.6, 8);
        assertThat(NonMaximumSuppression.select(List.of(apart, other, worse, good), BY_CLASS))
                .containsExactly(good, other, apart);
        assertThat(NonMaximumSuppression.select(List.of(apart, other, worse, good), new Selection(0, 0.5, true, 10)))
                .containsExactly(good, apart);
        assertThat(NonMaximumSuppression.select(List.of(apart, other, worse, good), new Selection(0, 0.5, false, 1)))
                .containsExactly(good);
    }

    @Test
    void shouldKeepTheEarlierOfEqualScores() {
        Candidate first = candidate(3, 1, 0.5, 0);
        Candidate second = candidate(4, 1, 0.5, 1);
        assertThat(NonMaximumSuppression.select(List.of(second, first), BY_CLASS))
                .containsExactly(first);
    }

    @Property
    void shouldKeepOnlyWhatOverlapsLittleAndDropOnlyWhatOverlapsMuch(
            @ForAll long seed, @ForAll @FloatRange(min = 0, max = 1) float overlap) {
        Random random = new Random(seed);
        List<Candidate> all = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            float x = random.nextInt(40);
            float y = random.nextInt(40);
            Box box = new Box(x, y, x + 1 + random.nextInt(30), y + 1 + random.nextInt(30));
            all.add(new Candidate(i, random.nextInt(3), random.nextInt(10) / 10.0, box));
        }
        List<Candidate> kept = NonMaximumSuppression.select(all, new Selection(0, overlap, false, 1000));
        for (Candidate candidate : all) {
            long better = kept.stream()
                    .filter(other -> other.label() == candidate.label() && other.index() != candidate.index())
                    .filter(other -> other.score() > candidate.score()
                            || (other.score() == candidate.score() && other.index() < candidate.index()))
                    .filter(other -> other.box().overlap(candidate.box()) > overlap)
                    .count();
            assertThat(kept.contains(candidate)).isEqualTo(better == 0);
        }
    }

    private static Candidate candidate(int index, int label, double score, float x) {
        return new Candidate(index, label, score, new Box(x, 0, x + 10, 10));
    }
}
