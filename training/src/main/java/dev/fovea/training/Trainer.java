package dev.fovea.training;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.Size;
import dev.fovea.model.graph.BatchNormFolding;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.training.batch.Batch.Target;
import dev.fovea.training.graph.InputScaling;
import dev.fovea.training.graph.TrainableGraph;
import dev.fovea.training.memory.AvailableMemory;
import dev.fovea.training.memory.MemoryNeed;
import dev.fovea.training.operator.GraphMode;
import dev.fovea.training.resume.Checkpoints;
import dev.fovea.training.resume.StateFile;
import dev.fovea.training.resume.TrainingState;
import dev.fovea.training.schedule.LearningRate;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Trains a classifier. Decodes every image once, then alternates a training epoch and a validation pass. Validation
 * images are preprocessed exactly as in serving. The best weights are kept.
 *
 * <p>Single-threaded except for the augmentation. Runs in a separate process (see {@link TrainingProcess}), called by
 * {@link TrainingMain}.
 */
public final class Trainer {

    /** Epochs of a training that ends by steps of its own. */
    private static final int UNTIL_CLOSED = Integer.MAX_VALUE;

    /** Pixels of an image from which on a single one may not fit into memory. */
    private static final long LARGE = 1024L * 1024;

    /** How much smaller an edge is that tells the memory of such an image. */
    private static final int SMALLER = 8;

    private final TrainingRequest request;
    private final TrainingSettings settings;
    private final InputScaling scaling;
    private final ClassificationLoss loss;
    private final ProgressReport report;
    private Size learningSize;
    private final int epochs;
    private final Optional<StateFile> state;

    /** A trainer that reports to {@code listener} on its own threads. */
    public Trainer(TrainingRequest request, Consumer<TrainingEvent> listener) {
        this(request, listener, Optional.empty());
    }

    /**
     * A trainer that can be interrupted.
     *
     * @param state file of where it stands; the training that it is of goes on from there
     */
    public Trainer(TrainingRequest request, Consumer<TrainingEvent> listener, Optional<StateFile> state) {
        stayOffline();
        this.state = state;
        this.request = request;
        this.settings = request.settings();
        this.scaling = new InputScaling(request.contract());
        this.loss = ClassificationLoss.of(
                        request.training(),
                        request.labels().size(),
                        settings.regularization().classWeights(),
                        settings.regularization().labelSmoothing())
                .with(settings.distillation());
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
            report.started(request.training().size(), request.validation().size(), graph.parameterCount(), engine());
            Size served = request.contract().outputSize();
            if (served.area() > LARGE) {
                requireMemoryFromSmaller(graph, root, served);
            }
            long values = requireFit(graph, root, served);
            learningSize = settings.fineTuning().isPresent()
                    ? tunedSize(graph, root, FineTuningSettings.evened(learningSize))
                    : learningSize;
            requireMemory(graph.parameterCount(), values);
            PixelCache training = decode(request.training());
            PixelCache validation = decode(request.validation());
            Target[] targets = loss.targets(request.training());
            Checkpoints checkpoints = new Checkpoints(state, root);
            BestWeights best = new BestWeights(
                    settings.schedule().patience(),
                    settings.fineTuning().isPresent()
                            ? Validation.Score::surelyBetterThan
                            : Validation.Score::betterThan);
            checkpoints
                    .position()
                    .ifPresent(earlier -> best.resume(earlier.bestEpoch(), earlier.bestScore(), checkpoints.best()));
            String steps;
            try (BatchProducer producer = new BatchProducer(
                    training,
                    targets,
                    settings,
                    learningSize,
                    settings.fineTuning().isPresent() ? UNTIL_CLOSED : epochs)) {
                producer.start(checkpoints
                        .position()
                        .map(TrainingState.Position::batches)
                        .orElse(0));
                steps = learn(root, graph, producer, validation, best, checkpoints);
            }
            OnnxModel learned = BatchNormFolding.fold(graph.export(best.weights()));
            report.finished(best.epoch(), best.score().accuracy(), steps);
            return learned;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FoveaException(ErrorCode.CANCELLED, "Training was interrupted.", e);
        }
    }

    /** The engine that computes, with its version. */
    public static String engine() {
        Engine engine = Engine.getInstance();
        return "%s %s".formatted(engine.getEngineName(), engine.getVersion());
    }

    private PixelCache decode(java.util.List<Sample> samples) {
        int threads = settings.threads() > 0
                ? settings.threads()
                : Runtime.getRuntime().availableProcessors();
        return PixelCache.decode(samples, request.contract(), threads, index -> report.decoded());
    }

    /** Says what memory is needed, and refuses what cannot be had, before an image is decoded. */
    private void requireMemory(long parameters, long values) {
        Size served = request.contract().outputSize();
        double smaller = learningSize.area() / (double) served.area();
        int images = request.training().size();
        MemoryNeed need = MemoryNeed.of(
                parameters,
                (long) (values * smaller),
                Math.min(settings.schedule().batchSizeFor(images), images),
                values
                        * Math.min(
                                Validation.batchSizeFor(served),
                                request.validation().size()),
                served.area()
                        * request.contract().color().channels()
                        * (images + request.validation().size()));
        long available = AvailableMemory.bytes();
        report.memory(need.bytes(), available);
        need.requireWithin(available);
    }

    /** Estimates from a smaller image whether one of full size fits, where the graph takes a smaller one. */
    private void requireMemoryFromSmaller(TrainableGraph graph, NDManager root, Size served) {
        Size smaller = new Size(served.height() / SMALLER, served.width() / SMALLER);
        long values;
        try {
            values = requireFit(graph, root, smaller);
        } catch (FoveaException e) {
            return; // the full size shows what is wrong
        }
        requireMemory(graph.parameterCount(), (long) (values * (served.area() / (double) smaller.area())));
    }

    /**
     * Runs one black image to check the input tensor and the number of scores.
     *
     * @return values of all tensors that the network computes for it
     */
    private long requireFit(TrainableGraph graph, NDManager root, Size size) {
        try (NDManager pass = root.newSubManager()) {
            byte[] black = new byte
                    [size.height() * size.width() * request.contract().color().channels()];
            long scores = forwardOrMismatch(graph, scaling.tensor(pass, black, 1, size));
            if (scores != request.labels().size()) {
                throw new FoveaException(
                        ErrorCode.LABELS_MISMATCH,
                        "The model has %d scores but there are %d labels. Start from a model with one score per label."
                                .formatted(scores, request.labels().size()));
            }
            long all = pass.getManagedArrays().stream().mapToLong(NDArray::size).sum();
            return Math.max(0, all - graph.parameterCount());
        }
    }

    /** The size that a learned network is trained at: the served one where the graph takes no other. */
    private Size tunedSize(TrainableGraph graph, NDManager root, Size wanted) {
        int channels = request.contract().color().channels();
        try (NDManager pass = root.newSubManager()) {
            byte[] black = new byte[wanted.height() * wanted.width() * channels];
            graph.forward(scaling.tensor(pass, black, 1, wanted), GraphMode.INFERENCE);
            return wanted;
        } catch (ai.djl.engine.EngineException e) {
            return request.contract().outputSize();
        }
    }

    private long forwardOrMismatch(TrainableGraph graph, NDArray input) {
        try {
            return graph.forward(input, GraphMode.INFERENCE).getShape().get(1);
        } catch (ai.djl.engine.EngineException e) {
            throw new FoveaException(
                    ErrorCode.CONTRACT_MISMATCH,
                    "The model cannot take the contract's tensor %s. Give the contract the size the model was made for."
                            .formatted(input.getShape()),
                    e);
        }
    }

    /** Returns the plan of the steps that were taken. */
    private String learn(
            NDManager root,
            TrainableGraph graph,
            BatchProducer producer,
            PixelCache validation,
            BestWeights best,
            Checkpoints checkpoints)
            throws InterruptedException {
        WeightUpdate update = new WeightUpdate(graph.parameters(), settings.optimizer(), root);
        checkpoints.track("weights/", graph.changing());
        checkpoints.track("moments/", update.moments());
        TrainingStep step = new TrainingStep(graph, scaling, loss, update, learningSize);
        Validation check = new Validation(validation, scaling);
        if (settings.fineTuning().isPresent()) {
            return new FineTuning(
                            settings, settings.fineTuning().get(), report, check, graph, root, producer.batchSize())
                    .learn(step, producer, best, checkpoints)
                    .toString();
        }
        return fromScratch(root, step, producer, check, best, checkpoints);
    }

    private String fromScratch(
            NDManager root,
            TrainingStep step,
            BatchProducer producer,
            Validation check,
            BestWeights best,
            Checkpoints checkpoints)
            throws InterruptedException {
        LearningRate rate = new LearningRate(
                settings.optimizer().learningRate(), settings.schedule().warmup());
        int perEpoch = producer.batchesPerEpoch();
        int steps = epochs * perEpoch;
        report.learning(steps, producer.batchSize());
        int start = checkpoints.position().map(TrainingState.Position::step).orElse(0);
        checkpoints.position().ifPresent(earlier -> report.resumed(earlier.step(), earlier.time()));
        for (int i = start; i < steps; i++) {
            double progress = report.schedule(i);
            double now = rate.at(progress);
            double value = step.take(root, producer.take(), GraphMode.LEARNING, depth -> now, () -> {})
                    .orElseThrow(() -> TrainingStep.diverged(now));
            report.learned(i, i / perEpoch, value, now);
            boolean last = i + 1 == steps || progress >= 1;
            if ((i + 1) % perEpoch == 0 || last) {
                report.validating();
                Validation.Score score =
                        check.run(root, step.graph(), report::alive).orElseThrow(() -> TrainingStep.diverged(now));
                report.validated(score.accuracy(), score.loss());
                best.offer(i / perEpoch + 1, score, step.graph()::snapshot);
                if (!last && best.exhausted(i / perEpoch + 1)) {
                    report.stopped(TrainingEvent.StopReason.EARLY_STOPPING);
                    last = true;
                }
            }
            if (last) {
                return Integer.toString(i + 1);
            }
            if (checkpoints.due(i + 1 - start, report.spent().seconds())) {
                checkpoints.write(
                        new TrainingState.Position(i + 1, i + 1, report.spent(), "", 0, 0, best.epoch(), best.scores()),
                        best.weights());
            }
        }
        return Integer.toString(steps);
    }
}
