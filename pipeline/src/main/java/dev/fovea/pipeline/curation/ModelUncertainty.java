package dev.fovea.pipeline.curation;

import dev.fovea.datasets.IngestProgress;
import dev.fovea.datasets.ParallelWork;
import dev.fovea.datasets.catalog.DatasetItem;
import dev.fovea.datasets.catalog.EmbeddingStore;
import dev.fovea.datasets.curation.Datasets;
import dev.fovea.datasets.tree.ContentHash;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.Bundle;
import dev.fovea.model.decoder.Task;
import dev.fovea.pipeline.evaluation.DetectorRun;
import dev.fovea.pipeline.jobs.JobTools;
import dev.fovea.pipeline.queue.JobProgress;
import dev.fovea.registry.ModelVersion;
import dev.fovea.runtime.LoadedModel;
import dev.fovea.runtime.RuntimeSettings;
import dev.fovea.runtime.decoding.Classification.Ranked;
import dev.fovea.runtime.decoding.PredictionResult;
import dev.fovea.runtime.session.Deadline;
import dev.fovea.statistics.sampling.Uncertainty;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * How unsure a model is of images, in [0, 1]. A classifier: {@link Uncertainty#MARGIN}. Several labels: the label with
 * the least certain probability, {@code 1 − |2p − 1|}. A detector: the same of its least certain box, where boxes count
 * from a score of 0.1, far below the threshold at which they are reported; {@value #NO_BOX} without a box, since
 * something may be overlooked. Values are kept with the embeddings. The owner closes it.
 */
final class ModelUncertainty implements AutoCloseable {

    private static final int CHUNK = 256;
    private static final double MIN_SCORE = 0.1;
    private static final double NO_BOX = 0.1;
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final JobTools tools;
    private final Datasets datasets;
    private final ModelVersion version;
    private Optional<OpenModel> open = Optional.empty();

    /** A loaded model that says how unsure it is of an image file. */
    private record OpenModel(ToDoubleFunction<byte[]> unsure, AutoCloseable model) {}

    /** {@code MODEL_SIGNATURE_UNSUPPORTED} for a model that is neither a classifier nor a detector. */
    ModelUncertainty(JobTools tools, Datasets datasets, ModelVersion version) {
        this.tools = tools;
        this.datasets = datasets;
        this.version = version;
        if (!isKnownFor(version)) {
            throw new FoveaException(
                    ErrorCode.MODEL_SIGNATURE_UNSUPPORTED,
                    "%s (%s) does not say how sure it is. Name a classifier or a detector."
                            .formatted(version.id(), version.registration().task()));
        }
    }

    static boolean isKnownFor(ModelVersion version) {
        String task = version.registration().task();
        return task.equals(Task.CLASSIFICATION.toString())
                || task.equals(Task.MULTI_LABEL.toString())
                || task.equals(Task.MULTI_TASK.toString())
                || BoxCheck.isDetector(version);
    }

    /** {@code [N]}, 0 for images that cannot be read. */
    double[] of(List<DatasetItem> items, JobProgress progress) {
        String name = "unsure:1:" + version.bundleId();
        double[] values = new double[items.size()];
        for (int from = 0; from < items.size(); from += CHUNK) {
            List<DatasetItem> chunk = items.subList(from, Math.min(from + CHUNK, items.size()));
            Map<ContentHash, float[]> known = new HashMap<>(tools.embeddings()
                    .find(name, chunk.stream().map(item -> item.image().hash()).toList()));
            List<DatasetItem> missing = chunk.stream()
                    .filter(item -> !known.containsKey(item.image().hash()))
                    .toList();
            if (!missing.isEmpty()) {
                Map<ContentHash, float[]> made = predicted(missing);
                tools.embeddings().put(name, made);
                known.putAll(made);
            }
            for (int i = 0; i < chunk.size(); i++) {
                values[from + i] = Optional.ofNullable(
                                known.get(chunk.get(i).image().hash()))
                        .map(value -> (double) value[0])
                        .orElse(0.0);
            }
            progress.counting().at("predict", from + chunk.size(), items.size());
        }
        return values;
    }

    private record Judged(ContentHash image, OptionalDouble unsure) {}

    private Map<ContentHash, float[]> predicted(List<DatasetItem> items) {
        OpenModel model = open.orElseGet(this::load);
        open = Optional.of(model);
        Map<ContentHash, float[]> made = new HashMap<>();
        new ParallelWork(2 * Runtime.getRuntime().availableProcessors())
                .map(items, item -> judge(model, item), IngestProgress.SILENT)
                .forEach(judged -> judged.unsure()
                        .ifPresent(value ->
                                made.put(judged.image(), EmbeddingStore.rounded(new float[] {(float) value}))));
        return made;
    }

    private Judged judge(OpenModel model, DatasetItem item) {
        try {
            return new Judged(
                    item.image().hash(), OptionalDouble.of(model.unsure().applyAsDouble(datasets.bytes(item.image()))));
        } catch (FoveaException e) {
            return new Judged(item.image().hash(), OptionalDouble.empty());
        }
    }

    private OpenModel load() {
        Bundle bundle = tools.bundles().bundle(version.bundleId());
        if (BoxCheck.isDetector(version)) {
            DetectorRun detector = DetectorRun.open(tools, bundle, MIN_SCORE);
            return new OpenModel(
                    image -> detector.detections(image).stream()
                            .mapToDouble(found -> unsure(found.confidence()))
                            .max()
                            .orElse(NO_BOX),
                    detector);
        }
        LoadedModel model =
                LoadedModel.load(tools.engine(), bundle, RuntimeSettings.forThisMachine(), tools.workers(), () -> {});
        return new OpenModel(
                image -> unsure(model.predict(image, Deadline.in(LIMIT)).result()), model);
    }

    private static double unsure(PredictionResult result) {
        return switch (result) {
            case PredictionResult.LabelResult one ->
                Uncertainty.MARGIN.of(one.classification().ranked().stream()
                        .mapToDouble(Ranked::confidence)
                        .toArray());
            case PredictionResult.MultiLabelResult several ->
                several.scores().stream()
                        .mapToDouble(score -> unsure(score.confidence()))
                        .max()
                        .orElse(0);
            case PredictionResult.MultiTaskResult tasks ->
                tasks.tasks().stream()
                        .mapToDouble(task -> Uncertainty.MARGIN.of(task.classification().ranked().stream()
                                .mapToDouble(Ranked::confidence)
                                .toArray()))
                        .max()
                        .orElse(0);
            case PredictionResult.ObjectResult _, PredictionResult.EmbeddingResult _, PredictionResult.TensorResult _ ->
                0;
        };
    }

    private static double unsure(double probability) {
        return 1 - Math.abs(2 * probability - 1);
    }

    @Override
    public void close() {
        open.ifPresent(model -> {
            try {
                model.model().close();
            } catch (Exception e) {
                throw new FoveaException(ErrorCode.INTERNAL, "The model could not be closed.", e);
            }
        });
    }
}
