package dev.fovea.pipeline.evaluation;

import com.github.f4b6a3.ulid.UlidCreator;
import dev.fovea.evaluation.EvaluatedImage;
import dev.fovea.evaluation.Evaluation;
import dev.fovea.evaluation.EvaluationStore;
import dev.fovea.evaluation.ImageResult;
import dev.fovea.evaluation.classification.FailedImage;
import dev.fovea.evaluation.classification.Scored;
import dev.fovea.evaluation.classification.ScoredImages;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.ImageLimits;
import dev.fovea.imaging.quality.Thumbnails;
import dev.fovea.model.decoder.Task;
import dev.fovea.registry.VersionId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Records evaluations: the result of each image, and thumbnails. At most {@value #MAX_THUMBNAILS} thumbnails are
 * stored, wrong predictions first, many in one blob.
 */
public final class EvaluationRecorder {

    static final int MAX_THUMBNAILS = 5000;
    private static final int PER_PACK = 64;
    private static final int LABEL_EDGE = 96;
    private static final int OBJECT_EDGE = 256;

    private final EvaluationStore store;

    public EvaluationRecorder(EvaluationStore store) {
        this.store = store;
    }

    /** An image with its result, before it is recorded. */
    record RecordedImages(Path file, String name, String contentHash, ImageResult result) {}

    /**
     * An evaluation to record.
     *
     * @param report as JSON
     */
    public record NewEvaluation(
            String id,
            VersionId version,
            Evaluation.Origin origin,
            Task task,
            Evaluation.EvaluationSource data,
            String report,
            List<RecordedImages> results) {

        public NewEvaluation {
            results = List.copyOf(results);
        }
    }

    /** A new id; ids of later calls sort after it. */
    public static String newId() {
        return UlidCreator.getMonotonicUlid().toString();
    }

    /** Stores it; durable on return. */
    public Evaluation record(NewEvaluation entry) {
        Evaluation evaluation = new Evaluation(
                entry.id(),
                entry.version().model(),
                entry.version().version(),
                entry.origin(),
                entry.task().toString(),
                entry.data(),
                Instant.now().truncatedTo(ChronoUnit.MICROS),
                entry.report());
        Map<Integer, EvaluatedImage.Thumbnail> thumbnails = thumbnails(
                entry.results(),
                new Thumbnails(entry.task() == Task.CLASSIFICATION ? LABEL_EDGE : OBJECT_EDGE, ImageLimits.DEFAULT));
        List<EvaluatedImage> images = IntStream.range(0, entry.results().size())
                .mapToObj(number -> {
                    RecordedImages result = entry.results().get(number);
                    return new EvaluatedImage(
                            number,
                            result.name(),
                            result.contentHash(),
                            result.result(),
                            Optional.ofNullable(thumbnails.get(number)));
                })
                .toList();
        store.save(evaluation, images);
        return evaluation;
    }

    /**
     * Results of a classifier.
     *
     * @param images in the order of their numbers; scores refer to their files
     * @param temperature divisor of the logits
     */
    public static List<RecordedImages> classified(
            List<EvaluationImages.EvaluationImage> images, ScoredImages scored, double temperature) {
        Map<String, ImageResult> results = new HashMap<>();
        for (Scored one : scored.scored()) {
            results.put(
                    one.image(),
                    new ImageResult.Classified(
                            scored.labels().get(one.truth()),
                            scored.labels().get(one.prediction()),
                            one.confidence(temperature)));
        }
        Map<String, FailedImage> failed = new HashMap<>();
        scored.failed().forEach(image -> failed.put(image.image(), image));
        List<RecordedImages> all = new ArrayList<>();
        for (EvaluationImages.EvaluationImage image : images) {
            String file = image.file().toString();
            ImageResult result = results.get(file);
            FailedImage failure = failed.get(file);
            if (result == null && failure != null) {
                result = new ImageResult.FailedPrediction(
                        image.label(), failure.code().name(), failure.message().replace(file, image.name()));
            }
            if (result != null) {
                all.add(new RecordedImages(image.file(), image.name(), image.contentHash(), result));
            }
        }
        return all;
    }

    private Map<Integer, EvaluatedImage.Thumbnail> thumbnails(List<RecordedImages> results, Thumbnails maker) {
        List<Integer> wanted = wanted(results);
        Map<Integer, EvaluatedImage.Thumbnail> placed = new HashMap<>();
        for (int from = 0; from < wanted.size(); from += PER_PACK) {
            ByteArrayOutputStream pack = new ByteArrayOutputStream();
            Map<Integer, int[]> places = new HashMap<>();
            for (int number : wanted.subList(from, Math.min(wanted.size(), from + PER_PACK))) {
                jpeg(results.get(number).file(), maker).ifPresent(bytes -> {
                    places.put(number, new int[] {pack.size(), bytes.length});
                    pack.writeBytes(bytes);
                });
            }
            if (!places.isEmpty()) {
                String id = store.putPack(pack.toByteArray());
                places.forEach(
                        (number, place) -> placed.put(number, new EvaluatedImage.Thumbnail(id, place[0], place[1])));
            }
        }
        return placed;
    }

    /** Numbers of the images to make thumbnails of, in order. */
    private static List<Integer> wanted(List<RecordedImages> results) {
        List<Integer> wrongFirst = IntStream.range(0, results.size())
                .boxed()
                .sorted(Comparator.comparing(
                        number -> results.get(number).result().correct()))
                .toList();
        Set<Integer> wanted = new HashSet<>(wrongFirst.subList(0, Math.min(MAX_THUMBNAILS, wrongFirst.size())));
        return IntStream.range(0, results.size())
                .boxed()
                .filter(wanted::contains)
                .toList();
    }

    /** Empty for an image that is missing or cannot be decoded. */
    private static Optional<byte[]> jpeg(Path file, Thumbnails maker) {
        try {
            return Optional.of(maker.jpeg(Files.readAllBytes(file)));
        } catch (IOException | FoveaException e) {
            return Optional.empty();
        }
    }
}
