package dev.fovea.model.head;

/**
 * A linear classifier on features: {@code logits = W x + b}.
 *
 * @param classes K
 * @param features D
 * @param weights {@code [K*D]}, the weights of one class after those of another
 * @param bias {@code [K]}
 */
@SuppressWarnings("ArrayRecordComponent") // large, written into a graph, not compared
public record LinearHead(int classes, int features, float[] weights, float[] bias) {

    public LinearHead {
        if (weights.length != classes * features || bias.length != classes) {
            throw new IllegalArgumentException("%d classes of %d features, but %d weights and %d biases"
                    .formatted(classes, features, weights.length, bias.length));
        }
    }
}
