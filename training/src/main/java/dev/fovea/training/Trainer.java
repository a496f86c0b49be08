package dev.fovea.training;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.Size;
import dev.fovea.model.graph.BatchNormFolding;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.training.Batch.Target;
import dev.fovea.training.graph.InputScaling;
import dev.fovea.training.graph.TrainableGraph;
import java.util.function.Consumer;

/**
 * Trains a classifier. Decodes every image once, then alternates a training epoch and a validation pass. Validation
 * images are preprocessed exactly as in serving. The best weights are kept.
 *
 * <p>Single-threaded except for the augmentation. Runs in a separate process (see {@link TrainingProcess}), called by
 * {@link TrainingMain}.
 */
public final class Trainer {

    private static final int VALIDATION_BATCH = 32;

    private final TrainingRequest request;
    private final TrainingSettings settings;
    private final InputScaling scaling;
    private final ClassificationLoss loss;
    private final ProgressReport report;
    private final Size learningSize;
    private final int epochs;

    /** A trainer that reports to {@code listener} on its own threads. */
    public Trainer(TrainingRequest request, Consumer<TrainingEvent> listener) {
        stayOffline();
        this.request = request;
        this.settings = request.settings();
        this.scaling = new InputScaling(request.contract());
        this.loss = ClassificationLoss.of(
                request.training(),
                request.labels().size(),
                settings.regularization().classWeights(),
                settings.regularization().labelSmoothing());
        this.learningSize =
                settings.regularization().trainingSize(request.contract().outputSize());
        this.epochs = settings.schedule().epochsFor(request.training().size());
        this.report = new ProgressReport(
                listener, settings.schedule().timeBudget(), settings.schedule().minEpochs(), epochs);
    }

    /** Disables DJL's downloads and usage reports, even in another process. */
    private static void stayOffline() {
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("OPT_OUT_TRACKING", "true");
    }

    /**
     * Trains and returns the graph of the best weights, with folded normalisation and a symbolic batch axis.
     *
     * @throws FoveaException for unreadable images, an unsupported operator, a model that does not match the labels or
     *     contract, or a loss of NaN
     */
    public OnnxModel train(OnnxModel initial) {
        try (NDManager root = NDManager.newBaseManager();
                TrainableGraph graph = new TrainableGraph(initial, root, true)) {
            report.started(request.training().size(), request.validation().size(), graph.parameterCount());
            requireFit(graph, root);
            PixelCache training = decode(request.training());
            PixelCache validation = decode(request.validation());
            BestWeights best = new BestWeights(settings.schedule().patience());
            Target[] targets = request.training().stream().map(loss::target).toArray(Target[]::new);
            try (BatchProducer producer = new BatchProducer(training, targets, settings, learningSize, epochs)) {
                producer.start();
                learn(root, graph, producer, validation, best);
            }
            OnnxModel learned = BatchNormFolding.fold(graph.export(best.weights()));
            report.finished(best.epoch(), best.score().accuracy());
            return learned;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FoveaException(ErrorCode.CANCELLED, "Training was interrupted.", e);
        }
    }

    private PixelCache decode(java.util.List<Sample> samples) {
        int threads = settings.threads() > 0
                ? settings.threads()
                : Runtime.getRuntime().availableProcessors();
        return PixelCache.decode(samples, request.contract(), threads, index -> report.decoded());
    }

    /** Runs one black image to check the input tensor and the number of scores. */
    private void requireFit(TrainableGraph graph, NDManager root) {
        try (NDManager pass = root.newSubManager()) {
            Size size = request.contract().outputSize();
            byte[] black = new byte
                    [size.height() * size.width() * request.contract().color().channels()];
            long scores = forwardOrMismatch(graph, scaling.tensor(pass, black, 1, size));
            if (scores != request.labels().size()) {
                throw new FoveaException(
                        ErrorCode.LABELS_MISMATCH,
                        "The model has %d scores but there are %d labels. Start from a model with one score per label."
                                .formatted(scores, request.labels().size()));
            }
        }
    }

    private long forwardOrMismatch(TrainableGraph graph, NDArray input) {
        try {
            return graph.forward(input, false).getShape().get(1);
        } catch (ai.djl.engine.EngineException e) {
            throw new FoveaException(
                    ErrorCode.CONTRACT_MISMATCH,
                    "The model cannot take the contract's tensor %s. Give the contract the size the model was made for."
                            .formatted(input.getShape()),
                    e);
        }
    }

    private void learn(
            NDManager root, TrainableGraph graph, BatchProducer producer, PixelCache validation, BestWeights best)
            throws InterruptedException {
        WeightUpdate update = new WeightUpdate(graph.parameters(), settings.optimizer(), root);
        LearningRate rate = new LearningRate(
                settings.optimizer().learningRate(), settings.schedule().warmup());
        Validation check = new Validation(validation, scaling, VALIDATION_BATCH);
        int perEpoch = producer.batchesPerEpoch();
        int steps = epochs * perEpoch;
        report.learning(
                steps,
                Math.min(
                        settings.schedule().batchSizeFor(request.training().size()),
                        request.training().size()));
        for (int step = 0; step < steps; step++) {
            double progress = report.schedule(step);
            double value = step(root, graph, producer.take(), update, rate.at(progress));
            report.learned(step, step / perEpoch, value);
            boolean last = step + 1 == steps || progress >= 1;
            if ((step + 1) % perEpoch == 0 || last) {
                Validation.Score score = check.run(root, graph, report::alive);
                report.validated(score.accuracy());
                best.offer(step / perEpoch + 1, score, graph);
                if (last) {
                    return;
                }
                if (best.exhausted(step / perEpoch + 1)) {
                    report.stoppedEarly();
                    return;
                }
            }
        }
    }

    private double step(NDManager root, TrainableGraph graph, Batch batch, WeightUpdate update, double rate) {
        try (NDManager pass = root.newSubManager()) {
            double value;
            try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                NDArray scores =
                        graph.forward(scaling.tensor(pass, batch.pixels(), batch.targets().length, learningSize), true);
                NDArray mean = loss.of(scores, batch.targets());
                collector.backward(mean);
                value = mean.getFloat();
            }
            double norm = update.step(rate, pass);
            if (!Double.isFinite(value) || !Double.isFinite(norm)) {
                throw new FoveaException(
                        ErrorCode.TRAINING_FAILED,
                        "The loss is no longer a number (epoch %d, learning rate %s). Lower the learning rate %s."
                                .formatted(
                                        batch.epoch() + 1,
                                        rate,
                                        settings.optimizer().learningRate()));
            }
            return value;
        }
    }
}
