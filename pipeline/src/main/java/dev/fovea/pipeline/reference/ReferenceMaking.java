package dev.fovea.pipeline.reference;

import dev.fovea.evaluation.classification.EvaluationProgress;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.Bundle;
import dev.fovea.model.Manifest;
import dev.fovea.model.embedding.EmbeddingProjection;
import dev.fovea.model.embedding.ProjectionCodec;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.pipeline.jobs.CandidateModel;
import dev.fovea.pipeline.jobs.JobTools;
import dev.fovea.pipeline.jobs.Scratch;
import dev.fovea.pipeline.jobs.ScratchDirectory;
import dev.fovea.runtime.DecodePool;
import dev.fovea.runtime.ImageObservation;
import dev.fovea.runtime.LoadedModel;
import dev.fovea.runtime.Prediction;
import dev.fovea.runtime.RuntimeSettings;
import dev.fovea.runtime.embedding.PooledEmbedding;
import dev.fovea.runtime.session.Deadline;
import dev.fovea.runtime.session.Engine;
import dev.fovea.traffic.PredictedOutput;
import dev.fovea.traffic.reference.Reference;
import dev.fovea.traffic.reference.ReferenceCodec;
import dev.fovea.traffic.reference.ReferenceRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Predicts the held-out images of a version that is about to be registered, through the serving path, and makes the
 * projection of its embedding and the reference of the predictions. Images that cannot be predicted are counted.
 */
public final class ReferenceMaking {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final Engine engine;
    private final DecodePool workers;
    private final Scratch scratch;

    /** With these tools. */
    public ReferenceMaking(JobTools tools) {
        this(tools.engine(), tools.workers(), tools.scratch());
    }

    ReferenceMaking(Engine engine, DecodePool workers, Scratch scratch) {
        this.engine = engine;
        this.workers = workers;
        this.scratch = scratch;
    }

    /**
     * A bundle that is not written yet.
     *
     * @param golden images by name
     */
    public record Unregistered(Manifest manifest, byte[] onnx, Map<String, byte[]> golden) {}

    /** An image's prediction, with the embedding as the network gives it. */
    private record Predicted(HeldOutImage image, Prediction prediction) {}

    /** Makes both; throws only {@code CANCELLED} and what loading the bundle throws. */
    public MadeReference make(Unregistered bundle, List<HeldOutImage> heldOut, EvaluationProgress progress) {
        if (bundle.manifest().contract().isEmpty()) {
            return new MadeReference(Map.of(), 0, List.of());
        }
        PooledEmbedding embedding =
                PooledEmbedding.of(engine, OnnxModel.parse(bundle.onnx(), "The model"), bundle.manifest());
        List<HeldOutImage> chosen = heldOut.size() < Reference.MIN_IMAGES ? List.of() : evenly(heldOut);
        Optional<EmbeddingProjection> pooled = embedding instanceof PooledEmbedding.ServedEmbedding(var projection)
                ? Optional.of(projection)
                : Optional.empty();
        List<Predicted> predicted = chosen.isEmpty() ? List.of() : predict(bundle, pooled, chosen, progress);
        boolean embeds =
                predicted.stream().allMatch(one -> one.prediction().observed().embedding().length > 0);
        Optional<EmbeddingProjection> fitted = pooled.filter(projection -> embeds)
                .map(projection -> ProjectionFit.of(
                        projection,
                        predicted.stream()
                                .map(one -> one.prediction().observed().embedding())
                                .toList()));
        Optional<String> without = fitted.isPresent()
                ? Optional.empty()
                : Optional.of(
                        embedding instanceof PooledEmbedding.UnservedEmbedding(String reason)
                                ? reason
                                : "the graph with this output does not give the outputs of the model's own");
        return made(heldOut.size(), chosen.size(), predicted, fitted, without);
    }

    private static MadeReference made(
            int heldOut,
            int chosen,
            List<Predicted> predicted,
            Optional<EmbeddingProjection> projection,
            Optional<String> without) {
        Map<String, byte[]> files = new HashMap<>();
        List<String> notes = new ArrayList<>();
        projection.ifPresent(it -> files.put(EmbeddingProjection.FILE, ProjectionCodec.write(it)));
        notes.add(projection
                .map(it -> "embedding: %d %s of %s"
                        .formatted(
                                it.dimensions(),
                                it.kind() == EmbeddingProjection.ProjectionKind.PRINCIPAL_COMPONENTS
                                        ? "principal components"
                                        : "random projections",
                                it.tensor().name()))
                .orElseGet(() -> "no embedding, because " + without.orElse("")));
        if (predicted.size() < Reference.MIN_IMAGES) {
            notes.add("no reference to compare traffic with: %d held-out images could be predicted, and %d are needed"
                    .formatted(chosen == 0 ? heldOut : predicted.size(), Reference.MIN_IMAGES));
            return new MadeReference(files, 0, notes);
        }
        List<ReferenceRow> rows = predicted.stream()
                .map(one -> row(one, projection))
                .sorted(Comparator.comparingDouble(ReferenceMaking::brightness))
                .toList();
        Reference reference = new Reference(heldOut, chosen - predicted.size(), without, rows);
        files.put(Reference.FILE, ReferenceCodec.write(reference));
        notes.add("reference to compare traffic with: %d of %d held-out images%s"
                .formatted(
                        rows.size(),
                        heldOut,
                        reference.failed() == 0 ? "" : "; %d could not be predicted".formatted(reference.failed())));
        return new MadeReference(files, rows.size(), notes);
    }

    /** Rows are in the order of a measure, so that their order does not say which image is which. */
    private static double brightness(ReferenceRow row) {
        return row.observed()
                .measures()
                .map(measures -> measures.tones().brightness())
                .orElse(0.0);
    }

    private static ReferenceRow row(Predicted predicted, Optional<EmbeddingProjection> projection) {
        Prediction prediction = predicted.prediction();
        float[] embedding = projection
                .map(it -> it.of(prediction.observed().embedding()))
                .orElse(ImageObservation.NONE.embedding());
        return new ReferenceRow(
                PredictedOutput.of(prediction.result(), prediction.image()),
                new ImageObservation(prediction.observed().measures(), embedding),
                predicted.image().truth());
    }

    private static List<HeldOutImage> evenly(List<HeldOutImage> images) {
        int count = Math.min(Reference.MAX_IMAGES, images.size());
        List<HeldOutImage> chosen = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            chosen.add(images.get((int) ((long) i * images.size() / count)));
        }
        return chosen;
    }

    private List<Predicted> predict(
            Unregistered unregistered,
            Optional<EmbeddingProjection> pooled,
            List<HeldOutImage> images,
            EvaluationProgress progress) {
        Map<String, byte[]> attachments = pooled.map(
                        projection -> Map.of(EmbeddingProjection.FILE, ProjectionCodec.write(projection)))
                .orElse(Map.of());
        try (ScratchDirectory directory = new ScratchDirectory(scratch)) {
            Bundle bundle = Bundle.write(
                    directory.resolve("reference"),
                    unregistered.manifest(),
                    unregistered.onnx(),
                    unregistered.golden(),
                    attachments);
            int atOnce = 2 * Runtime.getRuntime().availableProcessors();
            try (LoadedModel model =
                            LoadedModel.load(engine, bundle, RuntimeSettings.forThisMachine(), workers, () -> {});
                    ExecutorService threads = Executors.newFixedThreadPool(
                            atOnce, Thread.ofVirtual().name("reference-", 0).factory())) {
                return predict(model, threads, images, progress);
            }
        }
    }

    private static List<Predicted> predict(
            LoadedModel model, ExecutorService threads, List<HeldOutImage> images, EvaluationProgress progress) {
        List<Future<Prediction>> running = images.stream()
                .map(image ->
                        threads.submit(() -> model.predict(CandidateModel.read(image.file()), Deadline.in(LIMIT))))
                .toList();
        List<Predicted> predicted = new ArrayList<>();
        try {
            for (int i = 0; i < running.size(); i++) {
                Optional<Prediction> prediction = prediction(running.get(i));
                if (prediction.isPresent()) {
                    predicted.add(new Predicted(images.get(i), prediction.get()));
                }
                progress.at(i + 1, running.size());
            }
            return predicted;
        } finally {
            running.forEach(future -> future.cancel(true));
        }
    }

    /** Empty where the image cannot be predicted. */
    private static Optional<Prediction> prediction(Future<Prediction> running) {
        try {
            return Optional.of(running.get());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof FoveaException) {
                return Optional.empty();
            }
            throw new FoveaException(ErrorCode.INTERNAL, "A held-out image could not be predicted.", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FoveaException(ErrorCode.CANCELLED, "The registration was cancelled.", e);
        }
    }
}
