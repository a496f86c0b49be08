package dev.fovea.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.fovea.training.OptimizerSettings.Optimization;
import dev.fovea.training.graph.GraphParameter;
import dev.fovea.training.kernel.TorchKernels;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;

/**
 * Gradient descent step with clipping of the global norm (Pascanu et al. 2013, <i>On the difficulty of training
 * recurrent neural networks</i>, algorithm 1). Owns the moments, which are attached to the given manager.
 */
public final class WeightUpdate {

    private static final float MOMENTUM = 0.9f;

    /**
     * A parameter with its moments.
     *
     * @param second stays unused without Adam
     * @param steps its own number of steps, as a parameter that was frozen has no moments yet; a scalar
     */
    private record Slot(GraphParameter learned, NDArray first, NDArray second, NDArray steps, double weightDecay) {

        static Slot of(GraphParameter learned, NDManager manager, double weightDecay) {
            Slot slot = new Slot(
                    learned, learned.array().zerosLike(), learned.array().zerosLike(), manager.create(0f), weightDecay);
            slot.first.attach(manager);
            slot.second.attach(manager);
            return slot;
        }

        NDArray parameter() {
            return learned.array();
        }
    }

    /** What parameters must share to be moved by one call. */
    private record Pace(double rate, double weightDecay) {}

    private final Optimization kind;
    private final double clipNorm;
    private final List<Slot> slots = new ArrayList<>();
    private final TorchKernels kernels;

    /** No steps yet; moments are attached to {@code manager}. */
    public WeightUpdate(List<GraphParameter> parameters, OptimizerSettings settings, NDManager manager) {
        this.kind = settings.kind();
        this.clipNorm = settings.clipNorm();
        this.kernels = new TorchKernels(manager);
        for (GraphParameter learned : parameters) {
            // Pulling a bias or a normalisation's scale towards zero only costs accuracy.
            double decay = learned.array().getShape().dimension() > 1 ? settings.weightDecay() : 0;
            slots.add(Slot.of(learned, manager, decay));
        }
    }

    /** The moments by the names of their parameters; owned by this. */
    public Map<String, NDArray> moments() {
        Map<String, NDArray> moments = new LinkedHashMap<>();
        for (Slot slot : slots) {
            moments.put("first/" + slot.learned.name(), slot.first);
            moments.put("second/" + slot.learned.name(), slot.second);
            moments.put("steps/" + slot.learned.name(), slot.steps);
        }
        return moments;
    }

    /** One step with the same rate everywhere. */
    public double step(double learningRate, NDManager pass) {
        return step(depth -> learningRate, pass);
    }

    /**
     * One step; gradients are zero afterwards. Frozen parameters stay.
     *
     * @param rates the learning rate by a parameter's depth, 0 near the image to 1 at the scores
     * @return the gradients' norm before clipping; when it is not finite nothing was moved
     */
    public double step(DoubleUnaryOperator rates, NDManager pass) {
        Map<Slot, NDArray> gradients = new LinkedHashMap<>();
        for (Slot slot : slots) {
            if (slot.parameter().hasGradient()) {
                NDArray gradient = slot.parameter().getGradient();
                gradient.attach(pass);
                gradients.put(slot, gradient);
            }
        }
        List<NDArray> all = List.copyOf(gradients.values());
        double norm = kernels.norm(all);
        if (Double.isFinite(norm)) {
            move(gradients, rates, Math.max(1, norm / clipNorm), pass);
        }
        // also those that are no numbers, or every later sum of gradients would be none
        kernels.clear(all);
        return norm;
    }

    private void move(Map<Slot, NDArray> gradients, DoubleUnaryOperator rates, double divisor, NDManager pass) {
        switch (kind) {
            case SGD ->
                gradients.forEach((slot, gradient) -> {
                    float rate = (float) rates.applyAsDouble(slot.learned.depth());
                    momentum(slot, gradient, rate, (float) (1 / divisor));
                });
            case ADAM_W -> {
                NDArray scale = pass.create((float) divisor);
                Map<Pace, List<Slot>> paces = new LinkedHashMap<>();
                for (Slot slot : gradients.keySet()) {
                    Pace pace = new Pace(rates.applyAsDouble(slot.learned.depth()), slot.weightDecay);
                    paces.computeIfAbsent(pace, each -> new ArrayList<>()).add(slot);
                }
                paces.forEach((pace, together) -> kernels.adamW(
                        new TorchKernels.AdamMoments(
                                each(together, Slot::parameter),
                                each(together, Slot::first),
                                each(together, Slot::second),
                                each(together, Slot::steps)),
                        each(together, gradients::get),
                        pace.rate(),
                        pace.weightDecay(),
                        scale));
            }
        }
    }

    private static List<NDArray> each(List<Slot> slots, Function<Slot, NDArray> part) {
        return slots.stream().map(part).toList();
    }

    private static void momentum(Slot slot, NDArray gradient, float learningRate, float rescale) {
        NDList parameter = new NDList(slot.parameter());
        slot.parameter()
                .getNDArrayInternal()
                .sgdUpdate(
                        new NDList(slot.parameter(), gradient, slot.first),
                        parameter,
                        learningRate,
                        (float) slot.weightDecay,
                        rescale,
                        -1,
                        MOMENTUM,
                        false);
    }
}
