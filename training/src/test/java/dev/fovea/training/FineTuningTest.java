package dev.fovea.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dev.fovea.imaging.preprocess.Augmentation;
import dev.fovea.model.graph.BatchNormFolding;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.training.OptimizerSettings.Optimization;
import dev.fovea.training.TrainingEvent.Finished;
import dev.fovea.training.graph.GraphParameter;
import dev.fovea.training.graph.TrainableGraph;
import dev.fovea.training.graph.WeightAverage;
import dev.fovea.training.operator.GraphMode;
import dev.fovea.training.schedule.StepPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FineTuningTest {

    @TempDir
    Path folder;

    /** What a training gave. */
    private record Outcome(OnnxModel model, Finished finished) {}

    @Test
    void shouldFollowTheStepsOfAnEarlierTrainingToTheSameBytes() throws Exception {
        TrainingRequest request = TinyImages.request(folder, 1, "learned.onnx");
        Outcome first = train(request, eager("120, 110 from 60"));
        Outcome again = train(request, eager(first.finished().steps()));
        Outcome other = train(request, eager("120"));
        assertThat(first.finished().steps()).isEqualTo("120, 110 from 60");
        assertThat(again.model().bytes()).isEqualTo(first.model().bytes());
        assertThat(other.model().bytes()).isNotEqualTo(first.model().bytes());
    }

    @Test
    void shouldKeepTheNetworkAsItCameWhereLearningMakesItWorse() throws Exception {
        TrainingRequest request = TinyImages.request(folder, 1, "learned.onnx");
        Outcome learned = train(request, eager("120"));
        assertThat(learned.finished().bestEpoch()).isPositive();
        assertThat(learned.finished().validationAccuracy()).isGreaterThan(0.6);
        OnnxModel good = learned.model();
        List<Sample> wrong = request.training().stream()
                .map(sample -> new Sample(sample.image(), (sample.label() + 1) % 3))
                .toList();
        TrainingRequest misled = with(request, wrong, settings("40"));
        List<TrainingEvent> events = new ArrayList<>();
        OnnxModel kept = new Trainer(misled, events::add).train(good);
        assertThat(((Finished) events.getLast()).bestEpoch()).isZero();
        assertThat(kept.bytes()).isEqualTo(BatchNormFolding.fold(good).bytes());
        OnnxModel hasty = new Trainer(with(request, request.training(), atRate(1, "12")), events::add).train(good);
        assertThat(((Finished) events.getLast()).bestEpoch())
                .as("at a rate far too large")
                .isZero();
        assertThat(hasty.bytes()).isEqualTo(BatchNormFolding.fold(good).bytes());
    }

    /** The decay multiplies each weight by -8.9 at each step. */
    @Test
    void shouldKeepTheNetworkAsItCameWhenTheLossIsNoLongerANumber() throws Exception {
        TrainingRequest request = TinyImages.request(folder, 1, "learned.onnx");
        OnnxModel good = OnnxModel.read(request.initialModel());
        List<TrainingEvent> events = new ArrayList<>();
        OnnxModel kept = new Trainer(
                        with(
                                request,
                                request.training(),
                                optimized(new OptimizerSettings(Optimization.SGD, 10, 0.99, 1e30), "40")),
                        events::add)
                .train(good);
        assertThat(((Finished) events.getLast()).stopped()).isEqualTo(TrainingEvent.StopReason.DIVERGED);
        assertThat(((Finished) events.getLast()).bestEpoch()).isZero();
        assertThat(kept.bytes()).isEqualTo(BatchNormFolding.fold(good).bytes());
    }

    @Test
    void shouldFollowTheTeacherWhereItsWeightIsAll() throws Exception {
        TrainingRequest request = TinyImages.request(folder, 1, "learned.onnx");
        List<Sample> mislabelled = request.training().stream()
                .map(sample ->
                        new Sample(sample.image(), (sample.label() + 1) % 3, Map.of(), Map.of(sample.label(), 1.0)))
                .toList();
        TrainingSettings settings = eager("100").with(new DistillationSettings(List.of("large:1"), 1, 1));
        List<TrainingEvent> events = new ArrayList<>();
        new Trainer(with(request, mislabelled, settings), events::add).train(OnnxModel.read(request.initialModel()));
        assertThat(((Finished) events.getLast()).validationAccuracy()).isGreaterThan(0.6);
    }

    private static TrainingSettings atRate(double rate, String steps) {
        return optimized(new OptimizerSettings(Optimization.ADAM_W, rate, 0.05, 1), steps);
    }

    private static TrainingSettings optimized(OptimizerSettings optimizer, String steps) {
        TrainingSettings settings = eager(steps);
        return new TrainingSettings(
                settings.schedule(), optimizer, settings.regularization(), settings.fineTuning(), settings.seed(), 0);
    }

    @Test
    void shouldPlanAsManyStepsAsTheTimeTakes() throws Exception {
        TrainingRequest request = TinyImages.request(folder, 1, "learned.onnx");
        TrainingSettings timed = settings("").withTimeBudget(Duration.ofSeconds(3));
        Outcome outcome = train(request, timed);
        assertThat(outcome.finished().stopped()).isEqualTo(TrainingEvent.StopReason.TIME_LIMIT);
        assertThat(StepPlan.parse(outcome.finished().steps()).total()).isPositive();
    }

    @Test
    void shouldUnfreezeFromTheLastLayersDown() {
        FineTuningSettings settings = new FineTuningSettings(0.1, 3, 0.3, 0.99, 32, "", 0);
        assertThat(settings.learnsFrom(0)).isEqualTo(0.75);
        assertThat(settings.learnsFrom(0.15)).isEqualTo(0.5);
        assertThat(settings.learnsFrom(0.29)).isEqualTo(0.25);
        assertThat(settings.learnsFrom(0.3)).isZero();
        assertThat(settings.rateAt(1)).isEqualTo(1);
        assertThat(settings.rateAt(0)).isCloseTo(0.1, within(1e-12));
        assertThat(settings.rateAt(0.5)).isCloseTo(Math.sqrt(0.1), within(1e-12));
    }

    @Test
    void shouldMoveOnlyWhatIsNotFrozenAndAverageIt() {
        OnnxModel model = new Recipe(Recipe.DEFAULT.family(), Recipe.DEFAULT.scale(), 32).network(3, 1);
        try (NDManager root = NDManager.newBaseManager();
                TrainableGraph graph = new TrainableGraph(model, root, true)) {
            WeightUpdate update = new WeightUpdate(
                    graph.parameters(), TrainingSettings.defaults().optimizer(), root);
            WeightAverage average = new WeightAverage(graph, 0.99, root);
            Map<String, float[]> before = graph.snapshot();
            graph.learnFrom(0.5);
            try (NDManager pass = root.newSubManager()) {
                try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                    NDArray images = pass.randomUniform(0, 1, new Shape(2, 3, 32, 32));
                    collector.backward(graph.forward(images, GraphMode.FROZEN_STATISTICS)
                            .square()
                            .sum());
                }
                update.step(1e-2, pass);
                average.update();
            }
            Map<String, float[]> after = graph.snapshot();
            Map<String, float[]> averages = TrainableGraph.snapshot(average.values());
            for (GraphParameter parameter : graph.parameters()) {
                float[] old = before.get(parameter.name());
                float[] now = after.get(parameter.name());
                if (parameter.depth() < 0.5) {
                    assertThat(now).as(parameter.name()).isEqualTo(old);
                }
                // the first update keeps 2 of 11 parts
                float mean = old[0] * 2 / 11 + now[0] * 9 / 11;
                assertThat(averages.get(parameter.name())[0]).isCloseTo(mean, within(1e-5f));
            }
            String last = graph.parameters().getLast().name();
            assertThat(after.get(last)).isNotEqualTo(before.get(last));
            before.keySet().stream()
                    .filter(name -> name.contains("running"))
                    .forEach(name -> assertThat(after.get(name)).isEqualTo(before.get(name)));
        }
    }

    private static TrainingSettings settings(String steps) {
        TrainingSettings settings = TrainingSettings.fineTuned();
        return settings.with(FineTuningSettings.DEFAULT.withSteps(steps));
    }

    /** For a network that knows nothing yet. */
    private static TrainingSettings eager(String steps) {
        TrainingSettings settings = settings(steps);
        return new TrainingSettings(
                settings.schedule(),
                new OptimizerSettings(OptimizerSettings.Optimization.ADAM_W, 5e-3, 0.05, 1),
                new Regularization(0, false, Augmentation.NONE, 0, 0, 1),
                Optional.of(new FineTuningSettings(1, 0, 0, 0.9, 2, steps, 0)),
                settings.seed(),
                0);
    }

    private static TrainingRequest with(TrainingRequest request, List<Sample> training, TrainingSettings settings) {
        return new TrainingRequest(
                request.initialModel(),
                request.output(),
                request.contract(),
                request.labels(),
                training,
                request.validation(),
                settings);
    }

    private static Outcome train(TrainingRequest request, TrainingSettings settings) throws IOException {
        List<TrainingEvent> events = new ArrayList<>();
        OnnxModel learned = new Trainer(with(request, request.training(), settings), events::add)
                .train(OnnxModel.read(request.initialModel()));
        return new Outcome(learned, (Finished) events.getLast());
    }
}
