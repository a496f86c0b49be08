package dev.fovea.training.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.LinkedHashMap;
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
    private int updates;

    /** Starts at the graph's values; {@code decay} is the share that stays at each update once warm. */
    public WeightAverage(TrainableGraph graph, double decay, NDManager manager) {
        this.current = graph.changing();
        this.decay = decay;
        current.forEach((name, array) -> {
            NDArray copy = array.stopGradient().duplicate();
            copy.attach(manager);
            average.put(name, copy);
        });
    }

    /** Takes in the graph's values after a step; call it within the step's pass, which owns what is made on the way. */
    public void update() {
        updates++;
        double kept = Math.min(decay, (1.0 + updates) / (10.0 + updates));
        average.forEach((name, mean) -> {
            NDArray array = current.get(name);
            if (array != null) {
                mean.muli(kept).addi(array.stopGradient().mul(1 - kept));
            }
        });
    }

    /** The averages by initializer name, for {@link TrainableGraph#forward} and {@link TrainableGraph#snapshot}. */
    public Map<String, NDArray> values() {
        return average;
    }
}
