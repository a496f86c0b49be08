package dev.fovea.model.outputs;

/** What the operator that makes an output implies for its numbers. */
public enum OriginKind {
    /** Probabilities that add up to 1 along one axis. */
    SOFTMAX,
    /** Logarithms of such probabilities. */
    LOG_SOFTMAX,
    /** Probabilities, each for itself. */
    SIGMOID,
    /** Probabilities times a positive constant, such as percent. */
    SCALED,
    /** Negated probabilities or their logarithms, as losses are: the smallest is the best. */
    LOSS,
    /** Distances from something per label: the smallest is the best. */
    DISTANCE,
    /** Indices of labels. */
    ARGMAX,
    /** Unbounded numbers: what a layer with weights gives. */
    LINEAR,
    /** The graph leaves it open. */
    OTHER;

    /** Whether larger numbers stand for more probable labels, by probabilities or their logarithms. */
    boolean isProbable() {
        return this == SOFTMAX || this == SIGMOID || this == LOG_SOFTMAX || this == SCALED;
    }

    /** In words, for messages. */
    String words() {
        return switch (this) {
            case SOFTMAX -> "Softmax";
            case LOG_SOFTMAX -> "LogSoftmax";
            case SIGMOID -> "Sigmoid";
            case SCALED -> "scaled probabilities";
            case LOSS -> "negated probabilities";
            case DISTANCE, ARGMAX, LINEAR, OTHER -> "other values";
        };
    }
}
