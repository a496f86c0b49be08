package dev.fovea.training;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.Size;
import dev.fovea.training.batch.Batch;
import dev.fovea.training.graph.InputScaling;
import dev.fovea.training.graph.TrainableGraph;
import dev.fovea.training.operator.GraphMode;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;

/**
 * One step of learning: loss of a batch, gradients, update. Everything it makes is freed at its end.
 *
 * @param graph that learns
 * @param scaling of the pixels
 * @param loss to make smaller
 * @param update of the weights
 * @param size of the training images
 */
record TrainingStep(
        TrainableGraph graph, InputScaling scaling, ClassificationLoss loss, WeightUpdate update, Size size) {

    /**
     * Takes the step.
     *
     * @param mode one of the two of learning
     * @param rates the learning rate by depth, see {@link WeightUpdate#step}
     * @param afterwards called within the pass, once the weights have moved
     * @return the loss before it; empty when it, or its gradient, is no longer a number
     */
    OptionalDouble take(NDManager root, Batch batch, GraphMode mode, DoubleUnaryOperator rates, Runnable afterwards) {
        try (NDManager pass = root.newSubManager()) {
            double value;
            try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                NDArray scores =
                        graph.forward(scaling.tensor(pass, batch.pixels(), batch.targets().length, size), mode);
                NDArray mean = loss.of(scores, batch.targets());
                collector.backward(mean);
                value = mean.getFloat();
            }
            double norm = update.step(rates, pass);
            if (!Double.isFinite(value) || !Double.isFinite(norm)) {
                return OptionalDouble.empty();
            }
            afterwards.run();
            return OptionalDouble.of(value);
        }
    }

    /** The error of a training whose numbers overflowed, at this learning rate. */
    static FoveaException diverged(double rate) {
        return new FoveaException(
                ErrorCode.TRAINING_FAILED,
                "The loss is no longer a number (learning rate %s). Lower the learning rate.".formatted(rate));
    }
}
