package dev.fovea.training.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.fovea.training.kernel.TorchKernels;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The exponential moving average of a graph's weights and running statistics (Polyak and Juditsky 1992, <i>Acceleration
 * of Stochastic Approximation by Averaging</i>; the warm-up as in TensorFlow's {@code ExponentialMovingAverage}). Owned
 * by the given manager.
 */
public final class WeightAverage {

    private final Map<String, NDArray> current;
    private final Map<String, NDArray> average = new LinkedHashMap<>();
    private final double decay;
    private final TorchKernels kernels;
    private int updates;

    /** Starts at the graph's values; {@code decay} is the share that stays at each update once warm. */
    public WeightAverage(TrainableGraph graph, double decay, NDManager manager) {
        this.current = graph.changing();
        this.decay = decay;
        this.kernels = new TorchKernels(manager);
        current.forEach((name, array) -> {
            NDArray copy = array.stopGradient().duplicate();
            copy.attach(manager);
            average.put(name, copy);
        });
    }

    /** Takes in the graph's values after a step. */
    public void update() {
        updates++;
        double kept = Math.min(decay, (1.0 + updates) / (10.0 + updates));
        kernels.average(List.copyOf(average.values()), List.copyOf(current.values()), 1 - kept);
    }

    /** How often it was updated. */
    public int updates() {
        return updates;
    }

    /** Goes on after so many updates, whose averages the arrays hold. */
    public void resume(int count) {
        updates = count;
    }

    /** The averages by initializer name, for {@link TrainableGraph#forward} and {@link TrainableGraph#snapshot}. */
    public Map<String, NDArray> values() {
        return average;
    }
}
