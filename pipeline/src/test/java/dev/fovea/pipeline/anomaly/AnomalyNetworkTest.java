package dev.fovea.pipeline.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.imaging.Size;
import dev.fovea.model.anomaly.AnomalyGraph;
import dev.fovea.model.anomaly.AnomalyMap;
import dev.fovea.model.anomaly.AnomalyScale;
import dev.fovea.model.anomaly.FeatureGrid;
import dev.fovea.model.anomaly.FeatureLayer;
import dev.fovea.model.anomaly.MemoryBank;
import dev.fovea.model.anomaly.MidLayer;
import dev.fovea.model.anomaly.MidLayers;
import dev.fovea.model.graph.EmbeddingTensor;
import dev.fovea.model.graph.NetworkBuilder;
import dev.fovea.model.graph.NetworkBuilder.Family;
import dev.fovea.model.graph.NetworkBuilder.Scale;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.model.tensor.DataType;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.runtime.session.Engine;
import dev.fovea.runtime.session.Session;
import dev.fovea.runtime.session.SessionSettings;
import dev.fovea.statistics.anomaly.FeatureGaussian;
import dev.fovea.statistics.anomaly.FeatureMoments;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The network gives what the formulas give, for any number of images at once. */
class AnomalyNetworkTest {

    private static final Engine ENGINE = Engine.open();
    private static final int EDGE = 64;
    private static final int IMAGES = 12;
    private static final Size INPUT = Size.square(EDGE);

    @TempDir
    private Path directory;

    private final OnnxModel backbone = NetworkBuilder.build(Family.RESIDUAL, Scale.SMALL, 3, INPUT, 4, 3);
    private final FeatureGrid grid = grid();
    private final AnomalyGraph graph = new AnomalyGraph(backbone, grid);
    private int files;
    private final AnomalyMap map = new AnomalyMap(grid.grid(), INPUT);

    @Test
    void shouldScoreAsTheFormulasDo() {
        float[][] features = features();
        LearnedGaussians learned = learned(features);
        AnomalyScale scale = new AnomalyScale(5, 2, 3);
        try (Session session = session(graph.detector(learned.gaussians(), scale))) {
            assertThat(session.batches()).isTrue();
            List<Tensor> both = session.run(List.of(images(IMAGES, 2)));
            for (int image = 0; image < 2; image++) {
                double[] distances = distances(features, IMAGES + image);
                double expected = (map.score(distances) - scale.threshold()) / scale.unit();
                assertThat((double) both.getFirst().floats()[image]).isCloseTo(expected, within(2e-3));
            }
            assertThat(both.getLast().shape())
                    .containsExactly(2, 1, map.heat().height(), map.heat().width());
        }
    }

    @Test
    void shouldScoreByTheNearestPatchOfTheBank() {
        float[][] features = features();
        MemoryBank bank = bank(features);
        try (Session session = session(graph.detector(bank, new AnomalyScale(0, 1, 1)))) {
            float[] scores = session.run(List.of(images(IMAGES, 2))).getFirst().floats();
            for (int image = 0; image < 2; image++) {
                double[] distances = new double[grid.places()];
                for (int place = 0; place < distances.length; place++) {
                    distances[place] = nearest(bank, place(features[IMAGES + image], place, bank.means().length));
                }
                assertThat((double) scores[image]).isCloseTo(map.score(distances), within(2e-3));
            }
        }
    }

    @Test
    void shouldGiveEachImageOfABatchWhatItGivesAlone() {
        try (Session session = session(graph.detector(learned(features()).gaussians(), new AnomalyScale(1, 1, 1)))) {
            List<Tensor> both = session.run(List.of(images(IMAGES, 2)));
            List<Tensor> second = session.run(List.of(images(IMAGES + 1, 1)));
            assertThat(both.getFirst().floats()[1]).isCloseTo(second.getFirst().floats()[0], within(1e-3f));
            float[] alone = second.getLast().floats();
            float[] together = both.getLast().floats();
            for (int i = 0; i < alone.length; i++) {
                assertThat(together[alone.length + i]).isCloseTo(alone[i], within(1e-3f));
            }
        }
    }

    /** An image that was learned from is nearer to its own Gaussians than to those of the other folds. */
    @Test
    void shouldScoreOutOfFoldWhatItLearnedFrom() {
        float[][] features = features();
        LearnedGaussians learned = learned(features);
        double own = 0;
        for (int image = 0; image < IMAGES; image++) {
            own += map.score(distances(features, image));
        }
        double outOfFold = java.util.Arrays.stream(learned.scores()).sum();
        assertThat(outOfFold).isGreaterThan(1.2 * own);
    }

    private FeatureGrid grid() {
        List<MidLayer> layers =
                MidLayers.of(backbone, EmbeddingTensor.find(backbone, "logits").orElseThrow());
        try (Session session = session(AnomalyGraph.maps(backbone, layers))) {
            List<Tensor> maps = session.run(List.of(images(0, 1)));
            List<FeatureLayer> shaped = new ArrayList<>();
            for (int i = 0; i < layers.size(); i++) {
                long[] shape = maps.get(i).shape();
                shaped.add(new FeatureLayer(layers.get(i).name(), (int) shape[1], (int) shape[2], (int) shape[3]));
            }
            return FeatureGrid.random(shaped, Size.square(8), INPUT, 20, 1);
        }
    }

    private float[][] features() {
        try (Session session = session(graph.features())) {
            float[][] features = new float[IMAGES + 2][];
            for (int image = 0; image < features.length; image++) {
                features[image] =
                        session.run(List.of(images(image, 1))).getFirst().floats();
            }
            return features;
        }
    }

    private LearnedGaussians learned(float[][] features) {
        try (FeatureFile file = file(features)) {
            return LearnedGaussians.of(file, map);
        }
    }

    private FeatureFile file(float[][] features) {
        FeatureFile file = new FeatureFile(
                directory.resolve("features-" + files++),
                IMAGES,
                grid.places(),
                grid.dimensions().size());
        for (int image = 0; image < IMAGES; image++) {
            file.put(image, features[image]);
        }
        return file;
    }

    private MemoryBank bank(float[][] features) {
        try (FeatureFile file = file(features)) {
            return LearnedBank.of(file, map, 5).bank();
        }
    }

    private static double nearest(MemoryBank bank, float[] features) {
        int d = bank.means().length;
        double nearest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < bank.patches().length / d; i++) {
            double sum = 0;
            for (int k = 0; k < d; k++) {
                double standard = (features[k] - bank.means()[k]) * bank.inverses()[k];
                sum += Math.pow(standard - bank.patches()[i * d + k], 2);
            }
            nearest = Math.min(nearest, sum);
        }
        return Math.sqrt(nearest);
    }

    /** By Gaussians of all learned images, place by place. */
    private double[] distances(float[][] features, int image) {
        int d = grid.dimensions().size();
        double[] distances = new double[grid.places()];
        for (int place = 0; place < distances.length; place++) {
            float[][] samples = new float[IMAGES][];
            for (int i = 0; i < IMAGES; i++) {
                samples[i] = place(features[i], place, d);
            }
            FeatureMoments moments = new FeatureMoments(FeatureMoments.mean(samples));
            for (float[] sample : samples) {
                moments.add(sample);
            }
            distances[place] = FeatureGaussian.of(moments, 0.01).distance(place(features[image], place, d));
        }
        return distances;
    }

    private static float[] place(float[] features, int place, int d) {
        return java.util.Arrays.copyOfRange(features, place * d, (place + 1) * d);
    }

    private static Session session(OnnxModel model) {
        return ENGINE.load(model.bytes(), new SessionSettings(1, false));
    }

    /** Images of noise, each by its number. */
    private static Tensor images(int first, int count) {
        ByteBuffer bytes =
                ByteBuffer.allocate(count * 3 * EDGE * EDGE * Float.BYTES).order(ByteOrder.nativeOrder());
        for (int image = first; image < first + count; image++) {
            Random random = new Random(image);
            for (int i = 0; i < 3 * EDGE * EDGE; i++) {
                bytes.putFloat((float) random.nextGaussian());
            }
        }
        return new Tensor("input", DataType.FP32, new long[] {count, 3, EDGE, EDGE}, bytes.flip());
    }
}
