package dev.fovea.serving.cache;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.fovea.runtime.Prediction;
import dev.fovea.serving.Answers;
import java.lang.ref.Reference;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CachedResponseWeightTest {

    private static final int COUNT = 20_000;

    /** The first round also loads classes and frees what other tests left; the median of five is free of both. */
    private static final int ROUNDS = 5;

    /** What is weighed and what the heap grows by, over so many answers of one kind in a real cache. */
    @ParameterizedTest
    @EnumSource
    void shouldWeighWhatAnAnswerTakes(CachedResponseKind kind) {
        Cache<CacheKey, Prediction> cache = Caffeine.newBuilder()
                .maximumWeight(Long.MAX_VALUE / 2)
                .weigher((CacheKey key, Prediction answer) -> (int) CachedResponseWeight.bytes(answer))
                .executor(Runnable::run)
                .build();
        Random random = new Random(7);
        double[] ratios = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            cache.invalidateAll();
            long before = used();
            long weighed = fill(cache, kind, random, COUNT);
            ratios[round] = (double) weighed / (used() - before);
        }
        Reference.reachabilityFence(cache);
        Arrays.sort(ratios);
        assertThat(ratios[ROUNDS / 2])
                .as(kind + ": weighed over grown, by round " + Arrays.toString(ratios))
                .isBetween(0.8, 1.3);
    }

    private static long fill(Cache<CacheKey, Prediction> cache, CachedResponseKind kind, Random random, int count) {
        long weighed = 0;
        for (int i = 0; i < count; i++) {
            Prediction answer = Answers.random(kind, random).detached();
            weighed += CachedResponseWeight.bytes(answer);
            cache.put(new CacheKey(random.nextLong(), i, i, i), answer);
        }
        return weighed;
    }

    private static long used() {
        System.gc();
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
