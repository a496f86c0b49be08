package dev.fovea.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.fovea.training.OptimizerSettings.Optimization;
import dev.fovea.training.graph.GraphParameter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * Gradient descent step with clipping of the global norm (Pascanu et al. 2013, <i>On the difficulty of training
 * recurrent neural networks</i>, algorithm 1). Owns the moments, which are attached to the given manager.
 */
final class WeightUpdate {

    private static final float FIRST_DECAY = 0.9f;
    private static final float SECOND_DECAY = 0.999f;
    private static final float EPSILON = 1e-8f;

    /** A parameter with its moments; the second stays unused without Adam. */
    private static final class Slot {

        private final GraphParameter learned;
        private final NDArray first;
        private final NDArray second;
        private final float weightDecay;
        /** Its own, as a parameter that was frozen has no moments yet. */
        private int steps;

        Slot(GraphParameter learned, NDManager manager, float weightDecay) {
            this.learned = learned;
            this.first = learned.array().zerosLike();
            this.second = learned.array().zerosLike();
            this.weightDecay = weightDecay;
            first.attach(manager);
            second.attach(manager);
        }

        NDArray parameter() {
            return learned.array();
        }
    }

    private final Optimization kind;
    private final double clipNorm;
    private final List<Slot> slots = new ArrayList<>();

    WeightUpdate(List<GraphParameter> parameters, OptimizerSettings settings, NDManager manager) {
        this.kind = settings.kind();
        this.clipNorm = settings.clipNorm();
        for (GraphParameter learned : parameters) {
            // Pulling a bias or a normalisation's scale towards zero only costs accuracy.
            double decay = learned.array().getShape().dimension() > 1 ? settings.weightDecay() : 0;
            slots.add(new Slot(learned, manager, (float) decay));
        }
    }

    /** One step with the same rate everywhere. */
    double step(double learningRate, NDManager pass) {
        return step(depth -> learningRate, pass);
    }

    /**
     * One step; gradients are zero afterwards. Frozen parameters stay.
     *
     * @param rates the learning rate by a parameter's depth, 0 near the image to 1 at the scores
     * @return the gradients' norm before clipping; when it is not finite nothing was moved
     */
    double step(DoubleUnaryOperator rates, NDManager pass) {
        List<Slot> active =
                slots.stream().filter(slot -> slot.parameter().hasGradient()).toList();
        List<NDArray> gradients = new ArrayList<>();
        NDList squares = new NDList();
        for (Slot slot : active) {
            NDArray gradient = slot.parameter().getGradient();
            gradient.attach(pass);
            gradients.add(gradient);
            squares.add(gradient.square().sum());
        }
        double norm = Math.sqrt(ai.djl.ndarray.NDArrays.stack(squares).sum().getFloat());
        if (!Double.isFinite(norm)) {
            return norm;
        }
        float rescale = (float) Math.min(1, clipNorm / Math.max(norm, 1e-12));
        for (int i = 0; i < active.size(); i++) {
            Slot slot = active.get(i);
            float rate = (float) rates.applyAsDouble(slot.learned.depth());
            update(slot, gradients.get(i), rate, rescale);
        }
        return norm;
    }

    private void update(Slot slot, NDArray gradient, float learningRate, float rescale) {
        NDList parameter = new NDList(slot.parameter());
        slot.steps++;
        switch (kind) {
            case SGD ->
                slot.parameter()
                        .getNDArrayInternal()
                        .sgdUpdate(
                                new NDList(slot.parameter(), gradient, slot.first),
                                parameter,
                                learningRate,
                                slot.weightDecay,
                                rescale,
                                -1,
                                FIRST_DECAY,
                                false);
            case ADAM_W -> {
                double correction =
                        Math.sqrt(1 - Math.pow(SECOND_DECAY, slot.steps)) / (1 - Math.pow(FIRST_DECAY, slot.steps));
                slot.parameter()
                        .getNDArrayInternal()
                        .adamUpdate(
                                new NDList(slot.parameter(), gradient, slot.first, slot.second),
                                parameter,
                                learningRate,
                                (float) (learningRate * correction),
                                slot.weightDecay,
                                rescale,
                                -1,
                                FIRST_DECAY,
                                SECOND_DECAY,
                                EPSILON,
                                false,
                                true);
            }
        }
    }
}
