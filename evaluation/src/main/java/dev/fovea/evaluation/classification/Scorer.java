package dev.fovea.evaluation.classification;

/**
 * The serving path for evaluation: decoding, preprocessing, inference. Called concurrently if the evaluator is
 * concurrent.
 */
@FunctionalInterface
public interface Scorer {

    /**
     * The logits before softmax and temperature.
     *
     * @param image the encoded file's bytes
     * @return logits {@code [K]} in label order; for a network with probabilities, their logarithms
     * @throws dev.fovea.fault.FoveaException if the image is rejected, with the error code of serving
     */
    double[] logits(byte[] image);
}
