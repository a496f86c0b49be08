package dev.fovea.evaluation.classification;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Runs labelled images through the serving path and collects the predictions.
 *
 * <p>An unreadable or rejected image is recorded as failed; any other failure, such as an unloaded model, ends the
 * evaluation. Thread-safe; each call uses its own threads and ends them.
 */
public final class ClassificationEvaluator {

    private final List<String> labels;
    private final int concurrency;

    /**
     * An evaluator of models with these labels.
     *
     * @param labels K names in the order of the logits
     * @param concurrency number of concurrent images, 1 or more; above 1, the {@link Scorer} must be thread-safe
     */
    public ClassificationEvaluator(List<String> labels, int concurrency) {
        if (labels.isEmpty() || concurrency < 1) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "An evaluation has %d labels and %d concurrent images; both must be 1 or more."
                            .formatted(labels.size(), concurrency));
        }
        this.labels = List.copyOf(labels);
        this.concurrency = concurrency;
    }

    /**
     * Scores every image and reports.
     *
     * @throws FoveaException {@code DATASET_INVALID} if there is no image or none could be scored; what the scorer
     *     throws otherwise; {@code CANCELLED} if the thread is interrupted
     */
    public ClassificationReport evaluate(List<LabelledImage> images, Scorer scorer, EvaluationProgress progress) {
        return ClassificationReport.of(score(images, scorer, progress));
    }

    /** Scores every image and returns the predictions, for {@link Comparison}. Throws as {@link #evaluate}. */
    public ScoredImages score(List<LabelledImage> images, Scorer scorer, EvaluationProgress progress) {
        for (LabelledImage image : images) {
            checkLabel(image);
        }
        List<ImageOutcome> outcomes = new ArrayList<>(images.size());
        try (ExecutorService threads = Executors.newFixedThreadPool(
                concurrency, Thread.ofPlatform().name("evaluate-", 0).daemon().factory())) {
            try {
                List<Future<ImageOutcome>> futures = images.stream()
                        .map(image -> threads.submit(() -> outcome(image, scorer)))
                        .toList();
                for (Future<ImageOutcome> future : futures) {
                    outcomes.add(await(future));
                    progress.at(outcomes.size(), images.size());
                }
            } finally {
                // After a failure, nothing that still waits is begun; after success nothing waits.
                threads.shutdownNow();
            }
        }
        return ScoredImages.of(labels, outcomes);
    }

    private ImageOutcome outcome(LabelledImage image, Scorer scorer) {
        String name = image.file().toString();
        try {
            double[] logits = scorer.logits(Files.readAllBytes(image.file()));
            if (!Arrays.stream(logits).allMatch(Double::isFinite)) {
                return new FailedImage(
                        name,
                        ErrorCode.INFERENCE_FAILED,
                        "The model's output %s contains a value that is not finite. Train or export it again."
                                .formatted(Arrays.toString(Arrays.copyOf(logits, Math.min(8, logits.length)))));
            }
            return new Scored(image.label(), logits, name);
        } catch (IOException e) {
            return new FailedImage(
                    name,
                    ErrorCode.STORAGE_FAILED,
                    "%s cannot be read (%s). Check that it exists and may be read."
                            .formatted(name, e.getClass().getSimpleName()));
        } catch (FoveaException e) {
            if (e.code().isOneImages()) {
                return new FailedImage(name, e.code(), e.getMessage());
            }
            throw e;
        }
    }

    private void checkLabel(LabelledImage image) {
        if (image.label() < 0 || image.label() >= labels.size()) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "Image %s has label %d, but there are %d labels. Use 0 to %d."
                            .formatted(image.file(), image.label(), labels.size(), labels.size() - 1));
        }
    }

    private static ImageOutcome await(Future<ImageOutcome> future) {
        try {
            if (Thread.interrupted()) {
                // a completed future ignores the interrupt
                throw new InterruptedException();
            }
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FoveaException(ErrorCode.CANCELLED, "The evaluation was cancelled. Start it again.", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof FoveaException failure) {
                throw failure;
            }
            throw new FoveaException(
                    ErrorCode.INTERNAL, "The evaluation failed by a fault of the program. See the log.", e.getCause());
        }
    }
}
