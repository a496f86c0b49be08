package dev.fovea.model.decoder;

/**
 * Which of a detector's candidates are predicted.
 *
 * @param score minimum score of a detection, 0 to 1
 * @param overlap a candidate whose intersection over union with a better one is larger than this is dropped, 0 to 1
 * @param acrossClasses whether a candidate is also dropped for a better one of another class
 * @param limit maximum count of detections per image, positive
 */
public record Selection(double score, double overlap, boolean acrossClasses, int limit) {

    /** The defaults of Ultralytics: score 0.25, overlap 0.7, class by class, 300 detections. */
    public static final Selection DEFAULT = new Selection(0.25, 0.7, false, 300);

    public Selection {
        DecoderConfig.requireShare("score", score);
        DecoderConfig.requireShare("overlap", overlap);
        DecoderConfig.requirePositive("limit", limit);
    }

    /** The same with another minimum score. */
    public Selection withScore(double minScore) {
        return new Selection(minScore, overlap, acrossClasses, limit);
    }
}
