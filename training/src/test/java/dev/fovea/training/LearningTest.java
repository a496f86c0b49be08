package dev.fovea.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.Image;
import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.imaging.Resize;
import dev.fovea.imaging.Size;
import dev.fovea.imaging.TensorFormat;
import dev.fovea.imaging.preprocess.Preprocessor;
import dev.fovea.training.batch.Batch.Target;
import dev.fovea.training.graph.InputScaling;
import dev.fovea.training.graph.TrainableGraph;
import dev.fovea.training.operator.GraphMode;
import dev.fovea.training.schedule.LearningRate;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LearningTest {

    @Test
    void shouldWarmUpAndThenFollowHalfACosine() {
        LearningRate rate = new LearningRate(0.8, 0.2);
        assertThat(rate.at(0)).isZero();
        assertThat(rate.at(0.1)).isCloseTo(0.4, within(1e-12));
        assertThat(rate.at(0.2)).isCloseTo(0.8, within(1e-12));
        assertThat(rate.at(0.6)).isCloseTo(0.4, within(1e-12));
        assertThat(rate.at(1)).isCloseTo(0, within(1e-12));
    }

    @Test
    void shouldSmoothLabelsAndHearRareClasses() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray scores = manager.create(new float[] {2, 0, 1, 1}, new Shape(2, 2));
            // log-softmax of (2, 0): -0.126928, -2.126928; of (1, 1): -0.693147 twice
            float smoothed = loss(ClassificationLoss.of(List.of(of(0), of(1)), 2, false, 0.2), scores, of(0), of(1));
            float expected = (float) ((0.9 * 0.126928 + 0.1 * 2.126928) / 2 + 0.693147 / 2);
            assertThat(smoothed).isCloseTo(expected, within(1e-5f));
            // Counts 3 and 1: mean 2, weights sqrt(2/3) and sqrt(2).
            float weighted =
                    loss(ClassificationLoss.of(List.of(of(0), of(0), of(0), of(1)), 2, true, 0), scores, of(0), of(1));
            double rare = Math.sqrt(2);
            double common = Math.sqrt(2 / 3.0);
            assertThat(weighted)
                    .isCloseTo((float) ((common * 0.126928 + rare * 0.693147) / (common + rare)), within(1e-5f));
        }
    }

    private static ClassificationLoss plain(int classes) {
        return ClassificationLoss.of(List.of(), classes, false, 0);
    }

    private static Sample of(int label) {
        return new Sample(Path.of("image.png"), label);
    }

    private static float loss(ClassificationLoss loss, NDArray scores, Sample... samples) {
        return loss.of(scores, Arrays.stream(samples).map(loss::target).toArray(Target[]::new))
                .getFloat();
    }

    @ParameterizedTest
    @CsvSource({"RGB,NCHW", "BGR,NCHW", "RGB,NHWC", "GRAY,NCHW"})
    void shouldScaleABatchAsThePreprocessorDoes(PreprocessingContract.ColorOrder color, TensorFormat.Layout layout) {
        int channels = color.channels();
        PreprocessingContract contract = new PreprocessingContract(
                PreprocessingContract.Orientation.EXIF,
                color,
                PreprocessingContract.Alpha.WHITE,
                new Resize.Stretch(new Size(6, 5), Resize.Filter.BILINEAR, Resize.ResizeEngine.PILLOW),
                Optional.empty(),
                new TensorFormat(
                        1 / 255.0,
                        List.of(0.485, 0.456, 0.406).subList(0, channels),
                        List.of(0.229, 0.224, 0.225).subList(0, channels),
                        layout,
                        TensorFormat.ElementType.FLOAT32),
                PreprocessingContract.DecodeMode.EXACT);
        byte[] drawn = new byte[9 * 8 * 3];
        new java.util.SplittableRandom(1).nextBytes(drawn);
        Preprocessor preprocessor = new Preprocessor(contract);
        ByteBuffer written = ByteBuffer.allocate(contract.outputBytes()).order(ByteOrder.nativeOrder());
        try (Image image = Image.of(drawn, 8, 9, 3);
                Image seen = preprocessor.see(image);
                NDManager manager = NDManager.newBaseManager()) {
            preprocessor.write(image, written);
            float[] expected = new float[written.flip().remaining() / 4];
            written.asFloatBuffer().get(expected);
            NDArray batch = new InputScaling(contract).tensor(manager, seen.toRgbOrGray(), 1, contract.outputSize());
            assertThat(batch.getShape().slice(1).getShape())
                    .containsExactly(contract.outputShape().stream()
                            .mapToLong(Integer::longValue)
                            .toArray());
            assertThat(batch.toFloatArray()).containsExactly(expected, within(1e-5f));
        }
    }

    @Test
    void shouldNotAccumulateArraysOverSteps() {
        Recipe recipe = new Recipe(Recipe.DEFAULT.family(), Recipe.DEFAULT.scale(), 32);
        try (NDManager root = NDManager.newBaseManager();
                TrainableGraph graph = new TrainableGraph(recipe.network(3, 1), root, true)) {
            WeightUpdate update = new WeightUpdate(
                    graph.parameters(), TrainingSettings.defaults().optimizer(), root);
            step(root, graph, update);
            int afterOne = root.getManagedArrays().size();
            for (int i = 0; i < 5; i++) {
                step(root, graph, update);
            }
            assertThat(root.getManagedArrays()).hasSize(afterOne);
        }
    }

    private static void step(NDManager root, TrainableGraph graph, WeightUpdate update) {
        try (NDManager pass = root.newSubManager()) {
            try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                NDArray scores = graph.forward(pass.zeros(new Shape(2, 3, 32, 32)), GraphMode.LEARNING);
                collector.backward(plain(3).of(scores, new Target[] {plain(3).target(of(0)), plain(3).target(of(1))}));
            }
            assertThat(update.step(1e-3, pass)).isPositive();
        }
    }

    @Test
    void shouldRefuseSettingsThatCannotWork() {
        TrainingSettings defaults = TrainingSettings.defaults();
        assertThatThrownBy(() -> defaults.withEpochs(0))
                .isInstanceOfSatisfying(
                        FoveaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ARGUMENT_INVALID))
                .hasMessageContaining("epochs 0");
        assertThatThrownBy(() -> defaults.withTimeBudget(java.time.Duration.ZERO))
                .hasMessageContaining("time budget PT0S");
    }

    @Test
    void shouldShareALossBetweenTheClassesOfABlend() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray scores = manager.create(new float[] {2, 0, 0}, new Shape(1, 3));
            float first = loss(plain(3), scores, of(0));
            float second = loss(plain(3), scores, of(1));
            Target both = plain(3).target(of(0)).blend(plain(3).target(of(1)), 0.25);
            float blend = plain(3).of(scores, new Target[] {both}).getFloat();
            assertThat(blend).isCloseTo(0.75f * first + 0.25f * second, within(1e-5f));
        }
    }

    @Test
    void shouldLearnFromSmallerImagesThanAreServedAndInBatchesThatFitTheSet() {
        TrainingSettings defaults = TrainingSettings.defaults();
        assertThat(defaults.regularization().trainingSize(new Size(128, 64))).isEqualTo(new Size(96, 48));
        assertThat(defaults.schedule().batchSizeFor(999)).isEqualTo(16);
        assertThat(defaults.schedule().batchSizeFor(1000)).isEqualTo(32);
    }

    @Test
    void shouldSeeSmallDataSetsMoreOften() {
        TrainingSettings defaults = TrainingSettings.defaults();
        assertThat(defaults.schedule().epochsFor(50)).isEqualTo(100);
        assertThat(defaults.schedule().epochsFor(360))
                .isGreaterThan(defaults.schedule().epochsFor(3_500));
        assertThat(defaults.schedule().epochsFor(10_000_000)).isEqualTo(8);
        assertThat(defaults.schedule().withEpochs(3).epochsFor(50)).isEqualTo(3);
    }
}
