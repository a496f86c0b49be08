package dev.fovea.evaluation;

import java.util.List;
import java.util.Optional;

/** Stores evaluations durably, shared by processes. Thread-safe. Storage errors are {@code STORAGE_FAILED}. */
public interface EvaluationStore {

    /** Stores an evaluation with its images atomically. */
    void save(Evaluation evaluation, List<EvaluatedImage> images);

    /** One evaluation. */
    Optional<Evaluation> find(String id);

    /** The evaluations of a version, the newest first. */
    List<Evaluation> list(String model, int version);

    /** The images of an evaluation in their order; empty for one that does not exist. */
    List<EvaluatedImage> images(String id);

    /** One image of an evaluation. */
    Optional<EvaluatedImage> image(String id, int number);

    /** Stores the bytes of a pack of thumbnails and returns its id. */
    String putPack(byte[] thumbnails);

    /** The bytes of a pack; {@code NOT_FOUND} if it was removed. */
    byte[] pack(String id);
}
