package dev.fovea.training.detection;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import dev.fovea.evaluation.detection.DetectionReport;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.Size;
import dev.fovea.training.ProgressReport;
import dev.fovea.training.WeightUpdate;
import dev.fovea.training.detection.Scene.SceneBatch;
import dev.fovea.training.graph.InputScaling;
import dev.fovea.training.graph.TrainableGraph;
import dev.fovea.training.graph.WeightAverage;
import dev.fovea.training.operator.GraphMode;
import dev.fovea.training.resume.Checkpoints;
import dev.fovea.training.resume.TrainingState;
import dev.fovea.training.schedule.LearningRate;
import dev.fovea.training.schedule.StepPlan;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The steps of a training: as many as the time budget takes, first on mosaics, then on single images. Normalisation
 * keeps its learned statistics, since batches of large images are small.
 */
final class DetectorSteps {

    /** Steps at a rate of 0, in which moments settle and the time of a step is measured. */
    private static final int MEASURED = 4;

    /** Share of the time left that is planned; the rest is for what steps and validations take longer. */
    private static final double PLANNED = 0.96;

    /** The plan is looked at so often, and changed when it is off by more than a share of the rest. */
    private static final int LOOKS = 20;

    private static final double TOLERANCE = 0.05;

    /** So many steps in a row may have a loss that is no number. */
    private static final int MAX_SKIPPED = 5;

    /** Points of the schedule at which the average is validated, beside its end. */
    private static final double[] CHECKS = {0.5, 0.75, 0.9};

    /** Images to learn from for each validation image, from which on the way is validated too. */
    private static final int WORTH_CHECKING = 10;

    /**
     * What a step takes.
     *
     * @param loss of the cells of the training size
     */
    record Parts(
            TrainableGraph graph,
            InputScaling scaling,
            DetectionLoss loss,
            WeightUpdate update,
            DetectorValidation validation) {}

    /**
     * What came of it.
     *
     * @param weights the better ones
     * @param epoch after which they were so
     * @param map50 of the validation images
     * @param plan the text of the steps that were taken
     */
    record Outcome(Map<String, float[]> weights, int epoch, double map50, String plan) {}

    private final DetectorSettings settings;
    private final ProgressReport report;
    private final Parts parts;
    private final NDManager root;
    private double secondsOfStep;
    private double secondsOfCheck;
    private int checksLeft = 1;
    private double lastLoss;

    /** Steps in a row whose loss or gradient was no number; they moved no weight. */
    private int skipped;

    private double best = -1;
    private Outcome outcome = new Outcome(Map.of(), 0, 0, "");

    DetectorSteps(DetectorSettings settings, ProgressReport report, Parts parts, NDManager root) {
        this.settings = settings;
        this.report = report;
        this.parts = parts;
        this.root = root;
    }

    /** Learns, from the start or from where an earlier training stood. */
    Outcome learn(SceneProducer producer, Size size, Checkpoints checkpoints) throws InterruptedException {
        WeightAverage average =
                new WeightAverage(parts.graph(), settings.rates().average(), root);
        checkpoints.track("weights/", parts.graph().changing());
        checkpoints.track("moments/", parts.update().moments());
        checkpoints.track("average/", average.values());
        int perEpoch = producer.batchesPerEpoch();
        report.learning(1, producer.batchSize());
        Optional<TrainingState.Position> earlier = checkpoints.position();
        StepPlan plan =
                earlier.isPresent() ? resumed(earlier.get(), checkpoints, average, perEpoch) : plan(producer, size);
        int start = earlier.map(TrainingState.Position::step).orElse(0);
        LearningRate rate = new LearningRate(
                settings.optimizer().learningRate(), settings.rates().warmup());
        boolean isShort = (long) plan.total() * producer.batchSize()
                < WORTH_CHECKING * (long) parts.validation().count();
        double[] checks = isShort ? new double[0] : CHECKS;
        int checked = earlier.map(TrainingState.Position::checks).orElse(0);
        checksLeft = Math.max(1, checks.length + 1 - checked);
        for (int i = start; i < plan.total(); i++) {
            double progress = plan.progress(i);
            double before = report.secondsLeft();
            SceneBatch batch = producer.take(progress < settings.augmentation().mosaic());
            double now = rate.at(progress);
            report.learned(i, i / perEpoch, step(batch, size, now, average::update), now);
            report.at(progress);
            double taken = before - report.secondsLeft();
            secondsOfStep = secondsOfStep == 0 ? taken : secondsOfStep + (taken - secondsOfStep) * 0.1;
            if (checked < checks.length && progress >= checks[checked]) {
                checked++;
                check(i / perEpoch + 1, average);
            }
            adjust(plan, i + 1, perEpoch);
            if (checkpoints.due(i + 1 - start, report.spent().seconds())) {
                checkpoints.write(position(i + 1, plan, checked, average), outcome.weights());
            }
        }
        check(Math.ceilDiv(plan.total(), perEpoch), average);
        return new Outcome(outcome.weights(), outcome.epoch(), outcome.map50(), plan.toString());
    }

    private TrainingState.Position position(int next, StepPlan plan, int checked, WeightAverage average) {
        return new TrainingState.Position(
                next,
                MEASURED + next,
                report.spent(),
                plan.toString(),
                checked,
                average.updates(),
                outcome.epoch(),
                outcome.weights().isEmpty() ? List.of() : List.of(best, outcome.map50()));
    }

    private StepPlan resumed(
            TrainingState.Position earlier, Checkpoints checkpoints, WeightAverage average, int perEpoch) {
        average.resume(earlier.averageUpdates());
        report.resumed(earlier.step(), earlier.time());
        if (!earlier.bestScore().isEmpty()) {
            best = earlier.bestScore().get(0);
            outcome = new Outcome(
                    checkpoints.best(), earlier.bestEpoch(), earlier.bestScore().get(1), "");
        }
        StepPlan plan = StepPlan.parse(earlier.plan());
        report.planned(Math.ceilDiv(plan.total(), perEpoch));
        return plan;
    }

    private StepPlan plan(SceneProducer producer, Size size) throws InterruptedException {
        double before = 0;
        for (int i = 0; i < MEASURED; i++) {
            // The first one loads kernels.
            before = i == 1 ? report.secondsLeft() : before;
            step(producer.take(settings.augmentation().mosaic() > 0), size, 0, () -> {});
            report.alive();
        }
        secondsOfStep = (before - report.secondsLeft()) / (MEASURED - 1);
        // a validation image costs a forward pass, a third of a step's work for it
        secondsOfCheck = secondsOfStep / 3 * parts.validation().count() / producer.batchSize();
        StepPlan plan = settings.steps().isEmpty() ? new StepPlan(affordable()) : StepPlan.parse(settings.steps());
        if (settings.steps().isEmpty()) {
            report.endedByTime();
        }
        report.planned(Math.ceilDiv(plan.total(), producer.batchesPerEpoch()));
        return plan;
    }

    private int affordable() {
        double seconds = PLANNED * report.secondsLeft() - checksLeft * secondsOfCheck;
        return (int) Math.max(1, seconds / Math.max(1e-6, secondsOfStep));
    }

    /** Stated steps stay; steps by time follow the machine. */
    private void adjust(StepPlan plan, int next, int perEpoch) {
        int rest = plan.total() - next;
        if (!settings.steps().isEmpty() || rest <= 0 || next % Math.max(1, plan.total() / LOOKS) != 0) {
            return;
        }
        int possible = affordable();
        if (Math.abs(possible - rest) > TOLERANCE * rest) {
            plan.change(next, next + possible);
            report.planned(Math.ceilDiv(plan.total(), perEpoch));
        }
    }

    private double step(SceneBatch batch, Size size, double highest, Runnable afterwards) {
        try (NDManager pass = root.newSubManager()) {
            double value;
            try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                NDArray input = parts.scaling()
                        .tensor(pass, batch.pixels(), batch.scenes().size(), size);
                NDArray output = parts.graph().forward(input, GraphMode.FROZEN_STATISTICS);
                NDArray loss = parts.loss().of(output, batch.scenes());
                collector.backward(loss);
                value = loss.getFloat();
            }
            double norm =
                    parts.update().step(depth -> highest * settings.rates().at(depth), pass);
            if (Double.isFinite(value) && Double.isFinite(norm)) {
                skipped = 0;
                lastLoss = value;
                afterwards.run();
            } else if (++skipped > MAX_SKIPPED) {
                throw new FoveaException(
                        ErrorCode.TRAINING_FAILED,
                        "The loss is no longer a number (epoch %d, learning rate %s, %d steps in a row). Start from another network."
                                .formatted(batch.epoch() + 1, highest, skipped));
            }
            return lastLoss;
        }
    }

    /** Keeps the average if COCO's measure of it is the best so far. */
    private void check(int epoch, WeightAverage average) {
        report.validating();
        double before = report.secondsLeft();
        DetectionReport figures = parts.validation().run(root, parts.graph(), average.values(), report::alive);
        secondsOfCheck = before - report.secondsLeft();
        checksLeft = Math.max(1, checksLeft - 1);
        // what is reported as a loss is what COCO's own figure lacks
        report.validated(figures.map50().value(), 1 - figures.map50To95().value());
        // one overlap alone jumps by chance on few images
        double score = figures.map50().value() + figures.map50To95().value();
        if (score >= best) {
            best = score;
            outcome = new Outcome(
                    TrainableGraph.snapshot(average.values()),
                    epoch,
                    figures.map50().value(),
                    "");
        }
    }
}
