package dev.fovea.pipeline.head;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureCacheTest {

    private static final String ONE = "1".repeat(64);
    private static final String TWO = "2".repeat(64);
    private static final String OTHER = "3".repeat(64);

    @TempDir
    private Path root;

    private FeatureCache cache(long maxBytes) {
        return new FeatureCache(root, maxBytes);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> tree = Files.walk(root)) {
            return tree.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** So many features of so many numbers each. */
    private static Map<String, float[]> features(int images, int numbers) {
        Map<String, float[]> features = new HashMap<>();
        for (int i = 0; i < images; i++) {
            features.put("%064x".formatted(i), new float[numbers]);
        }
        return features;
    }

    @Test
    void shouldGiveBackWhatItWasGiven() {
        cache(10_000).put("a", Map.of(ONE, new float[] {1.5f, -2}, TWO, new float[] {Float.MIN_VALUE, 3e38f}));
        cache(10_000).put("a", Map.of(OTHER, new float[] {7, 8}));
        Map<String, float[]> found = cache(10_000).find("a", Set.of(ONE, TWO, OTHER), 2);
        assertThat(found).containsOnlyKeys(ONE, TWO, OTHER);
        assertThat(found.get(ONE)).containsExactly(1.5f, -2);
        assertThat(found.get(TWO)).containsExactly(Float.MIN_VALUE, 3e38f);
        assertThat(cache(10_000).find("a", Set.of(TWO), 2)).containsOnlyKeys(TWO);
        assertThat(cache(10_000).find("b", Set.of(ONE), 2)).isEmpty();
    }

    @Test
    void shouldRemoveWhatIsDamaged() throws IOException {
        FeatureCache cache = cache(10_000);
        cache.put("a", Map.of(ONE, new float[] {1, 2}));
        Path first = files().getFirst();
        byte[] bytes = Files.readAllBytes(first);
        Files.delete(first);
        for (int at = 0; at < bytes.length; at++) {
            byte[] changed = bytes.clone();
            changed[at] ^= 4;
            Files.write(root.resolve("a/x.features"), changed);
            assertThat(cache.find("a", Set.of(ONE), 2)).isEmpty();
            assertThat(files()).isEmpty();
        }
        Files.write(root.resolve("a/x.features"), new byte[3]);
        assertThat(cache.find("a", Set.of(ONE), 2)).isEmpty();
        assertThat(files()).isEmpty();
    }

    @Test
    void shouldForgetWhatWasNotUsedForTheLongestTime() throws IOException {
        FeatureCache cache = cache(3 * 5_000);
        for (String key : List.of("a", "b", "c")) {
            cache.put(key, features(10, 100));
        }
        Files.setLastModifiedTime(root.resolve("a"), FileTime.from(Instant.now().minusSeconds(10)));
        Files.setLastModifiedTime(root.resolve("b"), FileTime.from(Instant.now().minusSeconds(20)));
        Files.setLastModifiedTime(root.resolve("c"), FileTime.from(Instant.now().minusSeconds(5)));
        cache.put("d", features(10, 100));
        assertThat(root.resolve("b")).doesNotExist();
        assertThat(root.resolve("a")).exists();
        assertThat(root.resolve("d")).exists();
        cache.put("d", features(100, 100)); // more than may be kept at all
        assertThat(files()).hasSize(3);
    }

    @Test
    void shouldGoOnWhereNothingCanBeWritten() throws IOException {
        Path file = Files.createFile(root.resolve("file"));
        FeatureCache cache = new FeatureCache(file, 10_000);
        cache.put("a", Map.of(ONE, new float[] {1, 2}));
        assertThat(cache.find("a", Set.of(ONE), 2)).isEmpty();
    }
}
