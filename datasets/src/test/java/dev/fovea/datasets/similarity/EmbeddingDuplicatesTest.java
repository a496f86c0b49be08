package dev.fovea.datasets.similarity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.datasets.similarity.EmbeddingDuplicates.Pair;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.Decoder;
import dev.fovea.imaging.Image;
import dev.fovea.imaging.ImageLimits;
import dev.fovea.imaging.descriptor.ImageDescriptor;
import dev.fovea.imaging.descriptor.ImageVariant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EmbeddingDuplicatesTest {

    /** Rows around 40 centers; every tenth is close to an earlier one. */
    private static List<float[]> rows(int count, int dimensions) {
        Random random = new Random(3);
        float[][] centers = new float[40][dimensions];
        for (float[] center : centers) {
            for (int i = 0; i < dimensions; i++) {
                center[i] = (float) random.nextGaussian();
            }
        }
        List<float[]> rows = new ArrayList<>();
        for (int row = 0; row < count; row++) {
            boolean copy = row % 10 == 9;
            float[] from = copy ? rows.get(random.nextInt(row)) : centers[random.nextInt(centers.length)];
            float[] values = new float[dimensions];
            for (int i = 0; i < dimensions; i++) {
                values[i] = from[i] + (float) ((copy ? 0.1 : 0.7) * random.nextGaussian());
            }
            rows.add(values);
        }
        return rows;
    }

    @Test
    void shouldFindThePairsThatASearchOfAllFinds() {
        List<float[]> rows = rows(4000, 64);
        NearestNeighbors graph = NearestNeighbors.of(rows);

        Set<Pair> found = new HashSet<>(EmbeddingDuplicates.pairs(graph, 0.97));
        Set<Pair> all = new HashSet<>();
        for (int left = 0; left < rows.size(); left++) {
            for (int right = left + 1; right < rows.size(); right++) {
                if (graph.similarity(left, right) >= 0.97) {
                    all.add(new Pair(left, right, graph.similarity(left, right)));
                }
            }
        }

        assertThat(all).hasSizeGreaterThan(350).containsAll(found);
        assertThat(found.size() / (double) all.size()).as("recall").isGreaterThan(0.995);
    }

    @Test
    void shouldFindTheTenNearestOfNearlyEveryRow() {
        List<float[]> rows = rows(3000, 128);
        NearestNeighbors graph = NearestNeighbors.of(rows);
        NearestNeighbors exact = NearestNeighbors.of(rows, rows.size());

        int hits = 0;
        for (int row = 0; row < 300; row++) {
            Set<Neighbor> truth = new HashSet<>(exact.of(row, 10));
            hits += (int) graph.of(row, 10).stream().filter(truth::contains).count();
        }

        assertThat(hits / 3000.0).as("recall").isGreaterThan(0.98);
    }

    @Test
    void shouldFindNothingInSetsOfNoneAndOne() {
        assertThat(EmbeddingDuplicates.pairs(NearestNeighbors.of(List.of()), 0.5))
                .isEmpty();
        assertThat(EmbeddingDuplicates.pairs(NearestNeighbors.of(List.of(new float[] {1, 2})), 0.5))
                .isEmpty();
    }

    @Test
    void shouldMeasureCosinesWhateverTheLength() {
        NearestNeighbors neighbors = NearestNeighbors.of(
                List.of(new float[] {3, 4}, new float[] {400, 300}, new float[] {-3e-20f, -4e-20f}));

        assertThat(neighbors.similarity(0, 1)).isCloseTo(0.96, within(1e-4));
        assertThat(neighbors.similarity(0, 2)).isCloseTo(-1, within(1e-4));
    }

    @Test
    void shouldRefuseRowsThatHaveNoDirection() {
        for (float[] bad : new float[][] {{0, 0}, {Float.NaN, 1}, {Float.POSITIVE_INFINITY, 1}, {1}}) {
            assertThatThrownBy(() -> NearestNeighbors.of(List.of(new float[] {1, 1}, bad)))
                    .isInstanceOfSatisfying(FoveaException.class, e -> {
                        assertThat(e.code()).isEqualTo(ErrorCode.ARGUMENT_INVALID);
                        assertThat(e.getMessage()).contains("row 1");
                    });
        }
    }

    @Test
    void shouldGroupRowsThatAreConnected() {
        assertThat(RowGroups.of(6, List.of(new Pair(1, 4, 1), new Pair(4, 5, 1), new Pair(0, 2, 1))))
                .containsExactly(List.of(0, 2), List.of(1, 4, 5));
    }

    /** A scene of random discs with waves on a slope; no two are alike, and none is symmetric. */
    private static Image scene(int seed) {
        Random random = new Random(seed);
        int width = 240;
        int height = 180;
        double[][] discs = new double[12][];
        for (int i = 0; i < discs.length; i++) {
            discs[i] = new double[] {
                random.nextInt(width),
                random.nextInt(height),
                8 + random.nextInt(40),
                30 + random.nextInt(160),
                30 + random.nextInt(160),
                30 + random.nextInt(160)
            };
        }
        byte[] rgb = new byte[width * height * 3];
        for (int at = 0; at < width * height; at++) {
            int x = at % width;
            int y = at / width;
            for (int c = 0; c < 3; c++) {
                double level = 40 + 60.0 * x / width + 30 * Math.sin(x / 5.0 + y / 9.0);
                for (double[] disc : discs) {
                    level = Math.hypot(x - disc[0], y - disc[1]) < disc[2]
                            ? disc[3 + c] + 25 * Math.sin((x * disc[0] + y * disc[1]) / 900)
                            : level;
                }
                rgb[3 * at + c] = (byte) Math.clamp(Math.round(level), 0, 255);
            }
        }
        return Image.of(rgb, width, height, 3);
    }

    @Test
    void shouldFindVariantsOfDrawnImagesButNotOtherImages() {
        Decoder decoder = new Decoder(ImageLimits.DEFAULT);
        int kinds = ImageVariant.values().length + 1;
        List<float[]> descriptors = new ArrayList<>();
        for (int seed = 0; seed < 30; seed++) {
            try (Image image = scene(seed)) {
                descriptors.add(ImageDescriptor.of(image));
                for (ImageVariant variant : ImageVariant.values()) {
                    try (Image changed = decoder.decode(variant.jpeg(image))) {
                        descriptors.add(ImageDescriptor.of(changed));
                    }
                }
            }
        }

        List<List<Integer>> groups = RowGroups.of(
                descriptors.size(),
                EmbeddingDuplicates.pairs(NearestNeighbors.of(descriptors), EmbeddingDuplicates.DESCRIPTOR_THRESHOLD));

        assertThat(groups)
                .hasSize(30)
                .allSatisfy(group -> assertThat(
                                group.stream().map(row -> row / kinds).distinct())
                        .hasSize(1));
        assertThat(groups.stream().mapToInt(List::size).sum() / (30.0 * kinds)).isGreaterThan(0.95);
    }

    @Test
    void shouldTellMirrorImagesFromNearDuplicates() {
        float[] descriptor;
        try (Image image = scene(1)) {
            descriptor = ImageDescriptor.of(image);
        }
        List<float[]> descriptors = List.of(descriptor, ImageDescriptor.mirrored(descriptor), descriptor.clone());
        float[] same = {1, 2, 3}; // an embedding that does not tell left from right

        List<Pair> pairs = EmbeddingDuplicates.pairs(NearestNeighbors.of(List.of(same, same, same)), 0.99);

        assertThat(pairs).hasSize(3);
        assertThat(EmbeddingDuplicates.upright(pairs, descriptors))
                .extracting(Pair::left, Pair::right)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(0, 2));
    }

    @Test
    void shouldChooseTheThresholdThatMostVariantsReach() {
        double[] variants = new double[100];
        for (int i = 0; i < 100; i++) {
            variants[i] = 0.9 + i / 1000.0;
        }

        SimilarityThreshold apart = SimilarityThreshold.of(variants, new double[] {0.5, 0.6, 0.7, 0.89});
        SimilarityThreshold crowded = SimilarityThreshold.of(variants, new double[] {0.5, 0.99, 0.95, 0.96});

        assertThat(apart).isEqualTo(new SimilarityThreshold(0.905, 0.95, 0));
        assertThat(apart.separates()).isTrue();
        assertThat(crowded.separates()).isFalse();
    }
}
