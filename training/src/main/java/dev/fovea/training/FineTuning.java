package dev.fovea.training;

import ai.djl.ndarray.NDManager;
import dev.fovea.training.TrainingEvent.StopReason;
import dev.fovea.training.graph.TrainableGraph;
import dev.fovea.training.graph.WeightAverage;
import dev.fovea.training.operator.GraphMode;
import dev.fovea.training.resume.Checkpoints;
import dev.fovea.training.resume.TrainingState;
import dev.fovea.training.schedule.LearningRate;
import dev.fovea.training.schedule.StepPlan;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;

/**
 * Fine-tunes a network whose last layer was fitted already: the last layers first, then all of them, at lower rates
 * nearer to the image, as many steps as the time budget takes. The moving average of the weights is what is validated.
 *
 * <p>The network as it came stays unless the average predicts the validation images better: less calibrated loss and no
 * more errors. So the result is not below the fitted head, but for what chance the validation images leave.
 */
final class FineTuning {

    /** Steps at a rate of 0, in which moments and statistics settle and the time of a step is measured. */
    private static final int MEASURED = 4;

    /** Share of the time left that is planned; the rest is for what steps and validations take longer. */
    private static final double PLANNED = 0.96;

    /** The plan is looked at so often, and changed when it is off by more than a share of the rest. */
    private static final int LOOKS = 20;

    private static final double TOLERANCE = 0.05;

    /** Points of the schedule at which the average is validated, beside its end. */
    private static final double[] CHECKS = {0.6, 0.8};

    /** Images to learn from for each validation image, from which on the way is validated too. */
    private static final int WORTH_CHECKING = 10;

    private final TrainingSettings settings;
    private final FineTuningSettings tuning;
    private final ProgressReport report;
    private final Validation validation;
    private final TrainableGraph graph;
    private final NDManager root;
    private final GraphMode mode;
    private double secondsOfStep;
    private double secondsOfCheck;
    private int checksLeft = 1;

    /** A fine-tuning of a graph with batches of a size. */
    FineTuning(
            TrainingSettings settings,
            FineTuningSettings tuning,
            ProgressReport report,
            Validation validation,
            TrainableGraph graph,
            NDManager root,
            int batchSize) {
        this.settings = settings;
        this.tuning = tuning;
        this.report = report;
        this.validation = validation;
        this.graph = graph;
        this.root = root;
        this.mode = batchSize < tuning.statisticsBatch() ? GraphMode.FROZEN_STATISTICS : GraphMode.LEARNING;
    }

    /**
     * Learns, from the start or from where an earlier training stood. {@code best} has the better weights at the end,
     * those of epoch 0 being the network as it came.
     */
    StepPlan learn(TrainingStep step, BatchProducer producer, BestWeights best, Checkpoints checkpoints)
            throws InterruptedException {
        WeightAverage average = new WeightAverage(graph, tuning.average(), root);
        checkpoints.track("average/", average.values());
        int perEpoch = producer.batchesPerEpoch();
        StepPlan plan;
        int start = 0;
        int checked = 0;
        if (checkpoints.position().isPresent()) {
            TrainingState.Position earlier = checkpoints.position().get();
            average.resume(earlier.averageUpdates());
            report.learning(1, producer.batchSize());
            report.resumed(earlier.step(), earlier.time());
            plan = StepPlan.parse(earlier.plan());
            report.planned(Math.ceilDiv(plan.total(), perEpoch));
            start = earlier.step();
            checked = earlier.checks();
        } else {
            check(best, 0, Map.of());
            if (best.weights().isEmpty()) {
                throw TrainingStep.diverged(0);
            }
            report.learning(1, producer.batchSize());
            plan = plan(step, producer);
        }
        LearningRate rate = new LearningRate(
                settings.optimizer().learningRate(), settings.schedule().warmup());
        double frozenBelow = -1;
        double[] checks = checks(plan, producer.batchSize());
        checksLeft = Math.max(1, checksLeft - checked);
        for (int i = start; i < plan.total(); i++) {
            double progress = plan.progress(i);
            double learnsFrom = tuning.learnsFrom(progress);
            if (learnsFrom != frozenBelow) {
                frozenBelow = learnsFrom;
                graph.learnFrom(learnsFrom);
            }
            double before = report.secondsLeft();
            double now = rate.at(progress);
            OptionalDouble value = step.take(root, producer.take(), mode, rates(now), average::update);
            if (value.isEmpty()) {
                report.stopped(StopReason.DIVERGED);
                return plan;
            }
            report.learned(i, i / perEpoch, value.getAsDouble(), now);
            report.at(progress);
            measure(before - report.secondsLeft(), learnsFrom);
            if (checked < checks.length && progress >= checks[checked]) {
                checked++;
                check(best, i / perEpoch + 1, average.values());
            }
            if (learnsFrom == 0) {
                adjust(plan, i + 1, perEpoch);
            }
            if (checkpoints.due(i + 1 - start, report.spent().seconds())) {
                checkpoints.write(
                        new TrainingState.Position(
                                i + 1,
                                MEASURED + i + 1,
                                report.spent(),
                                plan.toString(),
                                checked,
                                average.updates(),
                                best.epoch(),
                                best.scores()),
                        best.weights());
            }
        }
        check(best, Math.ceilDiv(plan.total(), perEpoch), average.values());
        return plan;
    }

    /** Where little is learned, it is validated at the end only; by the plan's length, so that it can be repeated. */
    private double[] checks(StepPlan plan, int batchSize) {
        boolean isShort = (long) plan.total() * batchSize < WORTH_CHECKING * (long) validation.count();
        checksLeft = isShort ? 1 : CHECKS.length + 1;
        return isShort ? new double[0] : CHECKS;
    }

    private DoubleUnaryOperator rates(double last) {
        return depth -> last * tuning.rateAt(depth);
    }

    /** The average so far weighs the last ten steps or so; steps with frozen layers take less time and do not count. */
    private void measure(double seconds, double learnsFrom) {
        if (learnsFrom == 0) {
            secondsOfStep = secondsOfStep == 0 ? seconds : secondsOfStep + (seconds - secondsOfStep) * 0.1;
        }
    }

    private StepPlan plan(TrainingStep step, BatchProducer producer) throws InterruptedException {
        graph.learnFrom(0);
        double before = 0;
        for (int i = 0; i < MEASURED; i++) {
            // The first one loads kernels.
            before = i == 1 ? report.secondsLeft() : before;
            var _ = step.take(root, producer.take(), mode, rates(0), () -> {});
            report.alive();
        }
        secondsOfStep = (before - report.secondsLeft()) / (MEASURED - 1);
        int wanted = settings.schedule().epochs().isPresent()
                ? settings.schedule().epochs().getAsInt() * producer.batchesPerEpoch()
                : Integer.MAX_VALUE;
        StepPlan plan = tuning.steps().isEmpty()
                ? new StepPlan(Math.min(wanted, affordable()))
                : StepPlan.parse(tuning.steps());
        if (tuning.steps().isEmpty() && plan.total() < wanted) {
            report.endedByTime();
        }
        report.planned(Math.ceilDiv(plan.total(), producer.batchesPerEpoch()));
        return plan;
    }

    private int affordable() {
        double seconds = PLANNED * report.secondsLeft() - checksLeft * secondsOfCheck;
        return (int) Math.max(1, seconds / Math.max(1e-6, secondsOfStep));
    }

    /** Stated steps stay, stated epochs become fewer where time is short, and steps by time follow the machine. */
    private void adjust(StepPlan plan, int next, int perEpoch) {
        int rest = plan.total() - next;
        if (!tuning.steps().isEmpty() || rest <= 0 || next % Math.max(1, plan.total() / LOOKS) != 0) {
            return;
        }
        int possible = settings.schedule().epochs().isPresent() ? Math.min(rest, affordable()) : affordable();
        if (Math.abs(possible - rest) > TOLERANCE * rest) {
            report.endedByTime();
            plan.change(next, next + possible);
            report.planned(Math.ceilDiv(plan.total(), perEpoch));
        }
    }

    private void check(BestWeights best, int epoch, Map<String, ai.djl.ndarray.NDArray> weights) {
        report.validating();
        double before = report.secondsLeft();
        Optional<Validation.Score> score = validation.run(root, graph, weights, report::alive);
        secondsOfCheck = before - report.secondsLeft();
        checksLeft = Math.max(1, checksLeft - 1);
        // weights that give no numbers are not the best; the next step ends the training
        score.ifPresent(numbers -> {
            report.validated(numbers.accuracy(), numbers.loss());
            best.offer(epoch, numbers, () -> weights.isEmpty() ? graph.snapshot() : TrainableGraph.snapshot(weights));
        });
    }
}
