package dev.fovea.training.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dev.fovea.datasets.LabelledBox;
import dev.fovea.imaging.Box;
import dev.fovea.imaging.Size;
import dev.fovea.model.detector.DetectorForm;
import dev.fovea.training.detection.CellAssignment.AssignedCells;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DetectionLossTest {

    private static final DetectorForm FORM = new DetectorForm(Size.square(32), List.of(8, 16), 2);
    private static final DetectorCells CELLS = DetectorCells.of(FORM, Size.square(32));
    private static final int ROW = 7;
    private static final List<Scene> SCENES = List.of(
            new Scene(
                    List.of(new LabelledBox(0, new Box(3, 4, 15, 13)), new LabelledBox(1, new Box(14, 10, 30, 31))),
                    List.of()),
            new Scene(List.of(), List.of(new Box(0, 0, 16, 16))));

    private final DetectionLoss loss = new DetectionLoss(CELLS, 2);

    @Test
    void shouldBeWhatTheFormulasSay() {
        // One cell of stride 8 at column 1, row 1 that predicts (4, 4, 12, 12); the object is (4, 4, 14, 14).
        DetectorForm form = new DetectorForm(Size.square(32), List.of(8), 2);
        float[] output = new float[16 * ROW];
        for (int cell = 0; cell < 16; cell++) {
            output[cell * ROW + 4] = 0.5f;
            output[cell * ROW + 5] = 0.25f;
            output[cell * ROW + 6] = 0.75f;
        }
        Scene scene = new Scene(List.of(new LabelledBox(1, new Box(4, 4, 14, 14))), List.of());
        double overlap = 64.0 / 100;
        // The hull is the object itself, so that the generalized overlap is the overlap.
        double box = 5 * (1 - overlap);
        double classes = -(overlap * Math.log(0.75) + (1 - overlap) * Math.log(0.25)) - Math.log(0.75);
        double objectness = -16 * Math.log(0.5);
        try (NDManager pass = NDManager.newBaseManager()) {
            NDArray value = new DetectionLoss(DetectorCells.of(form, form.input()), 2)
                    .of(pass.create(output, new Shape(1, output.length)), List.of(scene));
            assertThat((double) value.getFloat()).isCloseTo(box + classes + objectness, within(1e-4));
        }
    }

    @Test
    void shouldHaveTheGradientOfItsNumericDifferences() {
        float[] output = random();
        try (NDManager root = NDManager.newBaseManager()) {
            NDArray values = root.create(output, new Shape(2, output.length / 2));
            List<AssignedCells> assigned = loss.assign(values, SCENES);
            values.setRequiresGradient(true);
            float[] gradient;
            try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                collector.backward(loss.of(values, SCENES, assigned));
                gradient = values.getGradient().toFloatArray();
            }
            double largest = 0;
            for (float each : gradient) {
                largest = Math.max(largest, Math.abs(each));
            }
            SplittableRandom random = new SplittableRandom(3);
            for (int i = 0; i < 60; i++) {
                int at = random.nextInt(output.length);
                float step = 2e-3f;
                double numeric = (value(root, output, at, step, assigned) - value(root, output, at, -step, assigned))
                        / (2 * step);
                assertThat((double) gradient[at]).as("value %d", at).isCloseTo(numeric, within(0.01 * largest));
            }
        }
    }

    @Test
    void shouldBeFiniteWithItsGradientWhateverANetworkGives() {
        // what is left of layers that saturate, and boxes that are equal, empty, far away or larger than any image
        float[] scores = {0, 1e-45f, 1e-30f, 1e-12f, 0.5f, 1 - 1e-6f, Math.nextDown(1f), 1};
        float[] places = {-1e30f, -1e18f, -1e6f, 0, 0.25f, 1e6f, 1e18f, 1e30f};
        float[] extents = {-1e30f, -200, -8, 0, (float) Math.log(1.5), 8, 88.8f, 1e30f};
        SplittableRandom random = new SplittableRandom(5);
        try (NDManager root = NDManager.newBaseManager()) {
            for (int round = 0; round < 60; round++) {
                float[] output = random();
                for (int i = 0; i < output.length; i++) {
                    float[] from = i % ROW < 2 ? places : i % ROW < 4 ? extents : scores;
                    output[i] = random.nextInt(3) == 0 ? output[i] : from[random.nextInt(from.length)];
                }
                try (NDManager pass = root.newSubManager()) {
                    NDArray values = pass.create(output, new Shape(2, output.length / 2));
                    values.setRequiresGradient(true);
                    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                        NDArray value = loss.of(values, SCENES);
                        assertThat(value.getFloat()).as("round %d", round).isFinite();
                        collector.backward(value);
                    }
                    for (float each : values.getGradient().toFloatArray()) {
                        assertThat(each).as("round %d", round).isFinite();
                    }
                }
            }
        }
    }

    @Test
    void shouldBeNoNumberForAnOutputThatIsNone() {
        for (int value = 0; value < ROW; value++) {
            float[] output = random();
            for (int cell = 0; cell < CELLS.count(); cell++) {
                output[cell * ROW + value] = Float.NaN;
            }
            try (NDManager pass = NDManager.newBaseManager()) {
                assertThat(loss.of(pass.create(output, new Shape(2, output.length / 2)), SCENES)
                                .getFloat())
                        .as("value %d", value)
                        .isNaN();
            }
        }
    }

    @Test
    void shouldNotCallIgnoredPlacesBackground() {
        try (NDManager root = NDManager.newBaseManager()) {
            float[] output = random();
            NDArray values = root.create(output, new Shape(2, output.length / 2));
            values.setRequiresGradient(true);
            try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                collector.backward(loss.of(values, SCENES));
            }
            float[] gradient = values.getGradient().toFloatArray();
            int second = output.length / 2;
            // The first cell of the second scene has its centre at (4, 4), the last of stride 8 at (28, 28).
            assertThat(gradient[second + 4]).isZero();
            assertThat(gradient[second + 15 * ROW + 4]).isNotZero();
        }
    }

    private double value(NDManager root, float[] output, int at, float step, List<AssignedCells> assigned) {
        float[] moved = output.clone();
        moved[at] += step;
        try (NDManager pass = root.newSubManager()) {
            return loss.of(pass.create(moved, new Shape(2, moved.length / 2)), SCENES, assigned)
                    .getFloat();
        }
    }

    /** Boxes near their cells, scores away from 0 and 1. */
    private static float[] random() {
        SplittableRandom random = new SplittableRandom(11);
        float[] output = new float[2 * CELLS.count() * ROW];
        for (int i = 0; i < output.length; i++) {
            output[i] = i % ROW < 4 ? (float) (random.nextDouble() - 0.3) : (float) (0.2 + 0.6 * random.nextDouble());
        }
        return output;
    }
}
