package dev.fovea.evaluation.classification;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.runtime.decoding.Classification.Ranked;
import dev.fovea.statistics.CascadeCosts;
import dev.fovea.statistics.CascadeOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Runs labelled images through a small and a large model on their serving paths, to evaluate a cascade. An image
 * without both predictions is dropped and counted; any other failure ends the evaluation. Uses its own threads and ends
 * them.
 */
public final class CascadeEvaluator {

    private final Labeller small;
    private final Labeller large;

    /** Labels an image. Called by several threads at once. */
    @FunctionalInterface
    public interface Labeller {
        /** The best label and the latency. */
        TimedPrediction label(byte[] image);
    }

    /**
     * How a model labels an image.
     *
     * @param best label; empty when the model names none of ours
     * @param millis that the model worked, time in queues left aside
     */
    public record TimedPrediction(Optional<Ranked> best, double millis) {}

    /** An image and what it shows. */
    public record CascadeImage(Path file, String label) {}

    /**
     * The outcomes of the images.
     *
     * @param outcomes of the images with both predictions, in input order; costs are milliseconds
     * @param failed number of other images, by error code
     */
    public record CascadeScores(List<CascadeOutcome> outcomes, SortedMap<ErrorCode, Integer> failed) {
        public CascadeScores {
            outcomes = List.copyOf(outcomes);
        }
    }

    /** An evaluator of these two. */
    public CascadeEvaluator(Labeller small, Labeller large) {
        this.small = small;
        this.large = large;
    }

    /**
     * Shows all images to both.
     *
     * @param concurrency number of concurrent images
     * @throws FoveaException what the models throw that is not one image's own; {@code CANCELLED} if the thread is
     *     interrupted
     */
    public CascadeScores score(List<CascadeImage> images, int concurrency, EvaluationProgress progress) {
        List<CascadeOutcome> outcomes = new ArrayList<>();
        SortedMap<ErrorCode, Integer> failed = new TreeMap<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(
                concurrency, Thread.ofPlatform().name("cascade-", 0).daemon().factory())) {
            try {
                List<Future<CascadeOutcome>> futures = images.stream()
                        .map(image -> threads.submit(() -> outcome(image)))
                        .toList();
                int done = 0;
                for (Future<CascadeOutcome> future : futures) {
                    try {
                        outcomes.add(await(future));
                    } catch (FoveaException e) {
                        if (!e.code().isOneImages()) {
                            throw e;
                        }
                        failed.merge(e.code(), 1, Integer::sum);
                    }
                    progress.at(++done, images.size());
                }
            } finally {
                threads.shutdownNow();
            }
        }
        return new CascadeScores(outcomes, failed);
    }

    /** The large model does not run on images that the small one rejects. */
    private CascadeOutcome outcome(CascadeImage image) {
        byte[] bytes = read(image.file());
        TimedPrediction bySmall = small.label(bytes);
        Ranked first = bySmall.best()
                .orElseThrow(() -> new FoveaException(
                        ErrorCode.INFERENCE_FAILED, "The small model named nothing in %s.".formatted(image.file())));
        boolean smallRight = first.label().equals(image.label());
        // without a label of the large model, the small one's prediction is served, as in serving
        TimedPrediction byLarge = large.label(bytes);
        boolean largeRight = byLarge.best()
                .map(ranked -> ranked.label().equals(image.label()))
                .orElse(smallRight);
        return new CascadeOutcome(
                Math.clamp(first.confidence(), 0, 1),
                smallRight,
                largeRight,
                new CascadeCosts(bySmall.millis(), byLarge.millis()));
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new FoveaException(
                    ErrorCode.IMAGE_CORRUPT, "%s cannot be read. Check its rights.".formatted(file), e);
        }
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FoveaException(ErrorCode.CANCELLED, "The evaluation was interrupted.", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof FoveaException known) {
                throw known;
            }
            throw new FoveaException(ErrorCode.INTERNAL, "An image could not be evaluated.", e.getCause());
        }
    }
}
