package dev.fovea.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.datasets.IngestProgress;
import dev.fovea.datasets.annotation.ImageTask;
import dev.fovea.datasets.catalog.EmbeddingStore;
import dev.fovea.datasets.catalog.ItemFilter;
import dev.fovea.datasets.curation.AddOptions;
import dev.fovea.datasets.curation.Datasets;
import dev.fovea.datasets.tree.ContentHash;
import dev.fovea.imaging.ImageLimits;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Pair.class)
class EmbeddingStoreTest {

    private static final int LENGTH = 3;
    private static final int BYTES = 2 * LENGTH;

    @Parameter
    private Pair pair;

    @TempDir
    private Path directory;

    private Home home;
    private Datasets datasets;
    private final List<ContentHash> images = new ArrayList<>();

    @BeforeEach
    void open() {
        home = Home.open(pair.in(directory.resolve("home")), "0.1.0");
        datasets = new Datasets(
                new Datasets.DatasetStores(home.catalog(), home.items(), home.versions(), home.images()),
                _ -> List.of(),
                ImageLimits.DEFAULT,
                Clock.systemUTC());
        datasets.create("shirts", ImageTask.CLASSIFICATION, List.of(), "ada");
        datasets.add(
                "shirts",
                IntStream.range(0, 4)
                        .mapToObj(seed -> NoiseImages.incoming(seed, Optional.empty()))
                        .toList(),
                AddOptions.DEFAULT,
                IngestProgress.SILENT);
        datasets.forEach(
                "shirts", ItemFilter.ALL, item -> images.add(item.image().hash()));
    }

    @AfterEach
    void close() {
        home.close();
    }

    private static float[] vector(float first) {
        return EmbeddingStore.rounded(new float[] {first, -0.123456f, 1e-6f});
    }

    private int count(EmbeddingStore store, String embedder) {
        return store.find(embedder, images).size();
    }

    @Test
    void shouldReadWhatWasStoredOfStoredImagesByEmbedder() {
        EmbeddingStore store = home.embeddings();
        ContentHash strange = ContentHash.ofText("no image of this home");

        store.put("a:1", Map.of(images.get(0), vector(0.5f), images.get(1), vector(0.25f), strange, vector(1)));
        store.put("a:1", Map.of(images.get(0), vector(7)));

        assertThat(store.find("a:1", List.of(images.get(0), images.get(2), strange)))
                .hasSize(1)
                .hasEntrySatisfying(images.get(0), vector -> assertThat(vector).containsExactly(vector(0.5f)));
        assertThat(count(store, "a:1")).isEqualTo(2);
        assertThat(count(store, "a:2")).isZero();
        assertThat(vector(0.5f)[1]).isNotEqualTo(-0.123456f).isBetween(-0.1236f, -0.1233f);
    }

    @Test
    void shouldMakeRoomByTheEmbedderThatWasNotUsedForLongest() {
        EmbeddingStore store = home.embeddings(4 * BYTES);
        store.put("a", Map.of(images.get(0), vector(1)));
        store.put("b", Map.of(images.get(0), vector(2), images.get(1), vector(2)));
        store.put("a", Map.of(images.get(1), vector(1)));

        store.put("c", Map.of(images.get(0), vector(3)));
        assertThat(List.of(count(store, "a"), count(store, "b"), count(store, "c")))
                .containsExactly(2, 0, 1);

        for (int i = 1; i < 4; i++) {
            store.put("c", Map.of(images.get(i), vector(3)));
        }
        assertThat(List.of(count(store, "a"), count(store, "c"))).containsExactly(0, 4);
        store.put("c", Map.of(images.get(0), vector(3)));
        assertThat(count(store, "c")).isEqualTo(4);
    }

    @Test
    void shouldForgetEmbeddingsWithTheirImage() {
        EmbeddingStore store = home.embeddings(2 * BYTES);
        for (ContentHash image : images.subList(0, 2)) {
            store.put("a", Map.of(image, vector(1)));
        }
        datasets.forget(images.subList(0, 1), "ada", "asked");
        assertThat(count(store, "a")).isEqualTo(1);
        store.put("a", Map.of(images.get(0), vector(1)));
        assertThat(count(store, "a")).isEqualTo(1);
        store.put("a", Map.of(images.get(2), vector(1)));
        assertThat(count(store, "a")).isEqualTo(2);
    }
}
