package dev.fovea.evaluation.classification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.evaluation.classification.NearDuplicateAgreement.HashedPrediction;
import dev.fovea.imaging.quality.PerceptualHash;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class NearDuplicateAgreementTest {

    private static HashedPrediction seen(long bits, String label) {
        return new HashedPrediction(new PerceptualHash(bits), label);
    }

    @Test
    void shouldCountPairsWithinEachDistanceAndWhereTheLabelChanges() {
        NearDuplicateAgreement agreement = NearDuplicateAgreement.of(
                List.of(seen(0b0, "hole"), seen(0b1, "hole"), seen(0b111, "tear"), seen(-1L, "none")));
        // 0–1: 1 bit, 1–2: 2 bits, 0–2: 3 bits
        assertThat(agreement.rows())
                .extracting(NearDuplicateAgreement.DistanceAgreement::pairs)
                .containsExactly(0L, 1L, 2L, 3L, 3L, 3L, 3L, 3L, 3L, 3L, 3L, 3L, 3L);
        assertThat(agreement.rows())
                .extracting(NearDuplicateAgreement.DistanceAgreement::changed)
                .startsWith(0L, 0L, 1L, 2L)
                .endsWith(2L);
        assertThat(agreement.rows().getFirst().share()).isEmpty();
        assertThat(agreement.rows().get(3).share().orElseThrow().contains(2 / 3.0))
                .isTrue();
        assertThat(agreement.safe()).hasValue(1);
    }

    @Test
    void shouldNotCallADistanceSafeWithoutPairs() {
        assertThat(NearDuplicateAgreement.of(List.of(seen(0, "a"), seen(0b11, "a"), seen(-1, "a")))
                        .safe())
                .hasValue(2);
        assertThat(NearDuplicateAgreement.of(List.of(seen(0, "a"), seen(-1, "a")))
                        .safe())
                .isEmpty();
        assertThat(NearDuplicateAgreement.of(List.of(seen(7, "a"), seen(7, "b")))
                        .safe())
                .isEmpty();
        assertThat(NearDuplicateAgreement.of(List.of()).safe()).isEmpty();
    }

    @Property(tries = 200)
    void shouldNotDependOnTheOrderAndOnlyGrow(@ForAll long seed) {
        Random random = new Random(seed);
        List<HashedPrediction> images = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            images.add(seen(random.nextLong() & 0xffff, random.nextBoolean() ? "a" : "b"));
        }
        NearDuplicateAgreement agreement = NearDuplicateAgreement.of(images);
        Collections.shuffle(images, random);
        assertThat(NearDuplicateAgreement.of(images)).isEqualTo(agreement);
        for (int distance = 1; distance <= NearDuplicateAgreement.FARTHEST; distance++) {
            NearDuplicateAgreement.DistanceAgreement row = agreement.rows().get(distance);
            NearDuplicateAgreement.DistanceAgreement before = agreement.rows().get(distance - 1);
            assertThat(row.pairs()).isGreaterThanOrEqualTo(before.pairs());
            assertThat(row.changed()).isBetween(before.changed(), row.pairs());
        }
        agreement
                .safe()
                .ifPresent(
                        safe -> assertThat(agreement.rows().get(safe).changed()).isZero());
    }
}
