package dev.fovea.model.architecture;

/** What follows a convolution, element by element. */
enum LayerActivation {
    NONE,
    RELU,
    /** min(max(x, 0), 6) */
    RELU6,
    /** x · hardSigmoid(x) */
    HARD_SWISH,
    /** min(max(x / 6 + 1/2, 0), 1) */
    HARD_SIGMOID
}
