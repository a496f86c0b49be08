package dev.fovea.evaluation;

import java.util.List;
import java.util.Optional;

/**
 * Where evaluations are kept, durably and shared by processes. Thread-safe. Every failure of the medium is
 * {@code STORAGE_FAILED}.
 */
public interface EvaluationStore {

    /** Keeps an evaluation with its images, all or nothing. */
    void save(Evaluation evaluation, List<EvaluatedImage> images);

    /** One evaluation. */
    Optional<Evaluation> find(String id);

    /** The evaluations of a version, the newest first. */
    List<Evaluation> list(String model, int version);

    /** The images of an evaluation in their order; empty for one that does not exist. */
    List<EvaluatedImage> images(String id);

    /** One image of an evaluation. */
    Optional<EvaluatedImage> image(String id, int number);

    /** Keeps bytes of many thumbnails together and returns their id. */
    String putPack(byte[] thumbnails);

    /** The bytes that {@link #putPack} kept; {@code NOT_FOUND} when they are gone. */
    byte[] pack(String id);
}
