package dev.fovea.training;

import static dev.fovea.training.TrainingSettings.require;

/**
 * How weights follow gradients.
 *
 * @param kind update rule
 * @param learningRate maximum, reached after the warm-up
 * @param weightDecay decay of weight matrices and kernels; biases and normalisation are exempt
 * @param clipNorm maximum global Euclidean norm of the gradients
 */
public record OptimizerSettings(Optimization kind, double learningRate, double weightDecay, double clipNorm) {

    /** Update rules. */
    public enum Optimization {
        /** Loshchilov and Hutter 2019, <i>Decoupled Weight Decay Regularization</i>, algorithm 2. */
        ADAM_W,
        /** Stochastic gradient descent with momentum 0.9. */
        SGD
    }

    public OptimizerSettings {
        require(learningRate > 0 && learningRate <= 10, "learning rate %s must lie in 0..10", learningRate);
        require(weightDecay >= 0 && weightDecay < 1, "weight decay %s must lie in 0..1", weightDecay);
        require(clipNorm > 0, "clip norm %s must be positive", clipNorm);
    }
}
