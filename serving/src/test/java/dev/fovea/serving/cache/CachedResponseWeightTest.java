package dev.fovea.serving.cache;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.fovea.runtime.Prediction;
import dev.fovea.serving.Answers;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.util.Random;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CachedResponseWeightTest {

    private static final int COUNT = 20_000;

    /** What is weighed and what the heap grows by, over so many answers of one kind in a real cache. */
    @ParameterizedTest
    @EnumSource
    void shouldWeighWhatAnAnswerTakes(CachedResponseKind kind) throws JMException {
        Cache<CacheKey, Prediction> cache = Caffeine.newBuilder()
                .maximumWeight(Long.MAX_VALUE / 2)
                .weigher((CacheKey key, Prediction answer) -> (int) CachedResponseWeight.bytes(answer))
                .executor(Runnable::run)
                .build();
        Random random = new Random(7);
        fill(cache, kind, random, 100); // classes that are loaded now do not count
        cache.invalidateAll();
        long before = reachable();
        long weighed = fill(cache, kind, random, COUNT);
        long grown = reachable() - before;
        assertThat((double) weighed / grown)
                .as(kind + ": %,d weighed, %,d grown", weighed, grown)
                .isBetween(0.8, 1.3);
        Reference.reachabilityFence(cache);
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

    /** Bytes of the objects that are reachable, counted one by one. */
    private static long reachable() throws JMException {
        for (int i = 0; i < 4; i++) {
            System.gc(); // the serial collector compacts the whole heap every fourth time only
        }
        String histogram = (String) ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "gcClassHistogram",
                        new Object[] {new String[0]},
                        new String[] {String[].class.getName()});
        return histogram
                .lines()
                .map(line -> line.strip().split("\\s+"))
                .filter(line -> line[0].endsWith(":"))
                .mapToLong(line -> Long.parseLong(line[2]))
                .sum();
    }
}
