package dev.fovea.serving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.imaging.ImageFormat;
import dev.fovea.imaging.ImageHeader;
import dev.fovea.imaging.quality.ImageFingerprint;
import dev.fovea.imaging.quality.PerceptualHash;
import dev.fovea.model.Bundle;
import dev.fovea.runtime.Prediction;
import dev.fovea.serving.cache.CacheKey;
import dev.fovea.serving.cache.CacheSettings;
import dev.fovea.serving.cache.PredictionCache;
import dev.fovea.serving.cache.RecentHashes;
import dev.fovea.serving.cache.SharedCache;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class NearAnswersTest {

    private static final ImageHeader HEADER = new ImageHeader(ImageFormat.PNG, 8, 9, 1, false);

    private final PredictionCache cache =
            new PredictionCache(new CacheSettings(1_000_000, Set.of(), 3), SharedCache.NONE);

    private record Seeing(float answer, Optional<PerceptualHash> hash) implements PredictionCache.PredictionSource {
        @Override
        public Prediction predict() {
            return Answers.prediction(Answers.LABELS, answer);
        }

        @Override
        public ImageFingerprint fingerprint() {
            return new ImageFingerprint(HEADER, hash);
        }
    }

    private ServedPrediction ask(int image, long bits) {
        return cache.predict(
                Answers.request(new byte[] {(byte) image}),
                Answers.VERSION,
                Answers.BUNDLE,
                new Seeing(image, Optional.of(new PerceptualHash(bits))),
                System.nanoTime());
    }

    private static float answer(ServedPrediction found) {
        return found.prediction().classification().logits()[0];
    }

    @Test
    void shouldGiveTheAnswerOfTheImageThatLooksMostAlike() {
        ask(1, 0b0);
        ask(2, 0b1111_0000);
        ServedPrediction near = ask(3, 0b1101_0000);
        assertThat(near.origin()).isEqualTo(new CacheStatus.SimilarHit(1));
        assertThat(answer(near)).isEqualTo(2);
        assertThat(near.prediction().image()).isEqualTo(HEADER);
        assertThat(ask(4, 0b1).origin()).isEqualTo(new CacheStatus.SimilarHit(1));
        assertThat(ask(5, 0b0).origin()).isEqualTo(new CacheStatus.SimilarHit(0));
        assertThat(ask(1, 0b0).origin()).isEqualTo(new CacheStatus.Cached());
    }

    /** Else a row of images, each near the last, would carry one answer anywhere. */
    @Test
    void shouldNotPassOnAnAnswerThatWasItselfAnothers() {
        ask(1, 0b0);
        assertThat(ask(2, 0b111).origin()).isEqualTo(new CacheStatus.SimilarHit(3));
        assertThat(ask(3, 0b111_111).origin()).isEqualTo(new CacheStatus.Inferred(true));
        assertThat(ask(2, 0b111).origin()).isEqualTo(new CacheStatus.SimilarHit(3));
    }

    @Test
    void shouldLookAtNothingWithoutContrastAndNotAcrossBundles() {
        PredictionCache.PredictionSource flat = new Seeing(1, Optional.empty());
        assertThat(cache.predict(
                                Answers.request(new byte[] {1}),
                                Answers.VERSION,
                                Answers.BUNDLE,
                                flat,
                                System.nanoTime())
                        .origin())
                .isEqualTo(new CacheStatus.Inferred(true));
        assertThat(cache.predict(
                                Answers.request(new byte[] {2}),
                                Answers.VERSION,
                                Answers.BUNDLE,
                                flat,
                                System.nanoTime())
                        .origin())
                .isEqualTo(new CacheStatus.Inferred(true));
        ask(3, 0);
        Bundle other = Answers.bundle("e".repeat(64), Answers.LABELS);
        assertThat(cache.predict(
                                Answers.request(new byte[] {4}),
                                Answers.VERSION,
                                other,
                                new Seeing(4, Optional.of(new PerceptualHash(0))),
                                System.nanoTime())
                        .origin())
                .isEqualTo(new CacheStatus.Inferred(true));
    }

    @Property(tries = 100)
    void shouldFindWhatLookingAtAllFinds(@ForAll long seed, @ForAll @IntRange(min = 0, max = 12) int within) {
        Random random = new Random(seed);
        RecentHashes looks = new RecentHashes();
        List<PerceptualHash> hashes = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            PerceptualHash hash = new PerceptualHash(random.nextLong() & 0xfffff);
            hashes.add(hash);
            looks.add(hash, new CacheKey(i, 0, 0, 0));
        }
        PerceptualHash asked = new PerceptualHash(random.nextLong() & 0xfffff);
        int least = hashes.stream().mapToInt(asked::distance).min().orElseThrow();
        Optional<RecentHashes.NearDuplicate> near = looks.nearest(asked, within);
        assertThat(near.isPresent()).isEqualTo(least <= within);
        near.ifPresent(found -> {
            assertThat(found.distance()).isEqualTo(least);
            assertThat(hashes.get((int) found.key().a()).distance(asked)).isEqualTo(least);
        });
    }

    @Test
    void shouldRememberTheLastOnesOnly() {
        RecentHashes looks = new RecentHashes();
        for (int i = 0; i <= RecentHashes.CAPACITY; i++) {
            looks.add(new PerceptualHash(i == 0 ? -1L : i), new CacheKey(i, 0, 0, 0));
        }
        assertThat(looks.nearest(new PerceptualHash(-1L), 12)).isEmpty();
        assertThat(looks.nearest(new PerceptualHash(RecentHashes.CAPACITY), 0))
                .hasValueSatisfying(near -> assertThat(near.key().a()).isEqualTo(RecentHashes.CAPACITY));
    }
}
