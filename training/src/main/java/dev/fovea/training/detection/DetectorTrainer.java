package dev.fovea.training.detection;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import dev.fovea.datasets.LabelledBoxes;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.Size;
import dev.fovea.model.detector.DetectorForm;
import dev.fovea.model.graph.BatchNormFolding;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.training.ProgressReport;
import dev.fovea.training.Trainer;
import dev.fovea.training.TrainingEvent;
import dev.fovea.training.WeightUpdate;
import dev.fovea.training.graph.InputScaling;
import dev.fovea.training.graph.TrainableGraph;
import dev.fovea.training.operator.GraphMode;
import dev.fovea.training.resume.Checkpoints;
import dev.fovea.training.resume.StateFile;
import dev.fovea.training.resume.TrainingState;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Trains a detector: decodes every image once, learns from composed scenes, and validates the moving average of the
 * weights on images that are preprocessed exactly as in serving. The better weights are kept.
 *
 * <p>Single-threaded except for the composing of scenes. Runs in a separate process, called by
 * {@link DetectorTrainingMain}.
 */
public final class DetectorTrainer {

    private final DetectorTrainingRequest request;
    private final DetectorSettings settings;
    private final DetectorForm form;
    private final InputScaling scaling;
    private final ProgressReport report;
    private final Optional<StateFile> state;

    /** A trainer that reports to {@code listener} on its own threads. */
    public DetectorTrainer(DetectorTrainingRequest request, Consumer<TrainingEvent> listener) {
        this(request, listener, Optional.empty());
    }

    /**
     * A trainer that can be interrupted.
     *
     * @param state file of where it stands; the training that it is of goes on from there
     */
    public DetectorTrainer(
            DetectorTrainingRequest request, Consumer<TrainingEvent> listener, Optional<StateFile> state) {
        // Disables DJL's downloads and usage reports, even in another process.
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("OPT_OUT_TRACKING", "true");
        this.state = state;
        this.request = request;
        this.settings = request.settings();
        this.form = request.form();
        this.scaling = new InputScaling(request.contract());
        this.report = new ProgressReport(listener, settings.timeBudget(), 0, 1);
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
            report.started(
                    request.training().size(), request.validation().size(), graph.parameterCount(), Trainer.engine());
            requireFit(graph, root);
            SeenImages training = decode(request.training());
            SeenImages validation = decode(request.validation());
            Size size = request.contract().outputSize();
            DetectorSteps.Parts parts = new DetectorSteps.Parts(
                    graph,
                    scaling,
                    new DetectionLoss(DetectorCells.of(form, size), form.classes()),
                    new WeightUpdate(graph.parameters(), settings.optimizer(), root),
                    new DetectorValidation(request.validation(), validation, request.labels(), form, scaling));
            Checkpoints checkpoints = new Checkpoints(state, root);
            DetectorSteps.Outcome outcome;
            try (SceneProducer producer = new SceneProducer(
                    training, settings, size, settings.batchSizeFor((long) size.width() * size.height()))) {
                producer.start(checkpoints
                        .position()
                        .map(TrainingState.Position::batches)
                        .orElse(0));
                outcome = new DetectorSteps(settings, report, parts, root).learn(producer, size, checkpoints);
            }
            OnnxModel learned = BatchNormFolding.fold(graph.export(outcome.weights()));
            report.finished(outcome.epoch(), outcome.map50(), outcome.plan());
            return learned;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FoveaException(ErrorCode.CANCELLED, "Training was interrupted.", e);
        }
    }

    private SeenImages decode(List<LabelledBoxes> images) {
        int threads = settings.threads() > 0
                ? settings.threads()
                : Runtime.getRuntime().availableProcessors();
        return SeenImages.decode(images, request.contract(), threads, index -> report.decoded());
    }

    /** Runs one black image to check the input tensor and the output. */
    private void requireFit(TrainableGraph graph, NDManager root) {
        Size size = request.contract().outputSize();
        try (NDManager pass = root.newSubManager()) {
            byte[] black = new byte
                    [size.height() * size.width() * request.contract().color().channels()];
            long values = graph.forward(scaling.tensor(pass, black, 1, size), GraphMode.INFERENCE)
                    .size();
            if (values != (long) form.cells() * form.row()) {
                throw new FoveaException(
                        ErrorCode.LABELS_MISMATCH,
                        "The model gives %d values for an image, but %d cells of %d classes need %d. Start from a model with one score per label."
                                .formatted(values, form.cells(), form.classes(), (long) form.cells() * form.row()));
            }
        } catch (EngineException e) {
            throw new FoveaException(
                    ErrorCode.CONTRACT_MISMATCH,
                    "The model cannot take an image of %s pixels. Give the contract the size the model was made for."
                            .formatted(size),
                    e);
        }
    }
}
