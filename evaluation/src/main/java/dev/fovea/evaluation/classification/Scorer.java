package dev.fovea.evaluation.classification;

/**
 * The serving path, as evaluation sees it: decode, contract, network. Called by several threads at once when the
 * evaluator was told to.
 */
@FunctionalInterface
public interface Scorer {

    /**
     * The network's answer before softmax and temperature.
     *
     * @param image the encoded file's bytes
     * @return logits {@code [K]} in label order; for a network that gives probabilities, their logarithms
     * @throws dev.fovea.fault.FoveaException if the image cannot be answered, with the code that serving would give
     */
    double[] logits(byte[] image);
}
