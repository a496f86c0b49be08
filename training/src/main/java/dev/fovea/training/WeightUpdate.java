package dev.fovea.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.fovea.training.OptimizerSettings.Optimization;
import java.util.ArrayList;
import java.util.List;

/**
 * Gradient descent step with clipping of the global norm (Pascanu et al. 2013, <i>On the difficulty of training
 * recurrent neural networks</i>, algorithm 1). Owns the moments, which are attached to the given manager.
 */
final class WeightUpdate {

    private static final float FIRST_DECAY = 0.9f;
    private static final float SECOND_DECAY = 0.999f;
    private static final float EPSILON = 1e-8f;

    /** A parameter with its moments; the second stays unused without Adam. */
    private record Slot(NDArray parameter, NDArray first, NDArray second, float weightDecay) {}

    private final Optimization kind;
    private final double clipNorm;
    private final List<Slot> slots = new ArrayList<>();
    private int steps;

    WeightUpdate(List<NDArray> parameters, OptimizerSettings settings, NDManager manager) {
        this.kind = settings.kind();
        this.clipNorm = settings.clipNorm();
        for (NDArray parameter : parameters) {
            // Pulling a bias or a normalisation's scale towards zero only costs accuracy.
            double decay = parameter.getShape().dimension() > 1 ? settings.weightDecay() : 0;
            NDArray first = parameter.zerosLike();
            NDArray second = parameter.zerosLike();
            first.attach(manager);
            second.attach(manager);
            slots.add(new Slot(parameter, first, second, (float) decay));
        }
    }

    /**
     * One step; gradients are zero afterwards.
     *
     * @return the gradients' norm before clipping; when it is not finite nothing was moved
     */
    double step(double learningRate, NDManager pass) {
        List<NDArray> gradients = new ArrayList<>();
        NDList squares = new NDList();
        for (Slot slot : slots) {
            NDArray gradient = slot.parameter().getGradient();
            gradient.attach(pass);
            gradients.add(gradient);
            squares.add(gradient.square().sum());
        }
        double norm = Math.sqrt(ai.djl.ndarray.NDArrays.stack(squares).sum().getFloat());
        if (!Double.isFinite(norm)) {
            return norm;
        }
        steps++;
        float rescale = (float) Math.min(1, clipNorm / Math.max(norm, 1e-12));
        for (int i = 0; i < slots.size(); i++) {
            update(slots.get(i), gradients.get(i), (float) learningRate, rescale);
        }
        return norm;
    }

    private void update(Slot slot, NDArray gradient, float learningRate, float rescale) {
        NDList parameter = new NDList(slot.parameter());
        switch (kind) {
            case SGD ->
                slot.parameter()
                        .getNDArrayInternal()
                        .sgdUpdate(
                                new NDList(slot.parameter(), gradient, slot.first()),
                                parameter,
                                learningRate,
                                slot.weightDecay(),
                                rescale,
                                -1,
                                FIRST_DECAY,
                                false);
            case ADAM_W -> {
                double correction = Math.sqrt(1 - Math.pow(SECOND_DECAY, steps)) / (1 - Math.pow(FIRST_DECAY, steps));
                slot.parameter()
                        .getNDArrayInternal()
                        .adamUpdate(
                                new NDList(slot.parameter(), gradient, slot.first(), slot.second()),
                                parameter,
                                learningRate,
                                (float) (learningRate * correction),
                                slot.weightDecay(),
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
