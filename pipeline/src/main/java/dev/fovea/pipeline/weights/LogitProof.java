package dev.fovea.pipeline.weights;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.util.List;

/**
 * What the authors' implementation computes for {@link TestPattern} with the same weights, recorded once.
 *
 * @param classes some classes, the highest first
 * @param logits theirs
 * @param mean of all logits
 */
public record LogitProof(List<Integer> classes, List<Double> logits, double mean) {

    /** Of the largest logit. Sums of floating point in another order differ by less than a tenth of it. */
    private static final double TOLERANCE = 1e-3;

    public LogitProof {
        classes = List.copyOf(classes);
        logits = List.copyOf(logits);
        if (classes.isEmpty() || classes.size() != logits.size()) {
            throw new IllegalArgumentException("a proof needs as many classes as logits");
        }
    }

    /** The proof that a network's own logits make. */
    static LogitProof of(float[] logits, List<Integer> classes) {
        double sum = 0;
        for (float logit : logits) {
            sum += logit;
        }
        return new LogitProof(
                classes, classes.stream().map(index -> (double) logits[index]).toList(), sum / logits.length);
    }

    /**
     * Compares a network's logits with the recorded ones.
     *
     * @throws FoveaException {@code VALIDATION_FAILED} with the largest difference
     */
    void require(String name, float[] found) {
        double scale = logits.stream().mapToDouble(Math::abs).max().orElseThrow();
        LogitProof own = of(found, classes);
        double difference = Math.abs(own.mean - mean);
        for (int i = 0; i < classes.size(); i++) {
            difference = Math.max(difference, Math.abs(own.logits.get(i) - logits.get(i)));
        }
        if (!(difference <= TOLERANCE * scale)) {
            throw new FoveaException(
                    ErrorCode.VALIDATION_FAILED,
                    "%s gives other values for the test pattern than its authors' implementation: they differ by %.3g of %.3g. It was not added; please report this."
                            .formatted(name, difference, scale));
        }
    }
}
