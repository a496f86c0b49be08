package dev.fovea.runtime.session;

import dev.fovea.model.graph.OnnxModel;
import java.util.Map;

/**
 * The run time of each operator of a graph.
 *
 * @param graph as the library made it to run on this machine
 * @param operators by name in that graph
 */
public record Profile(OnnxModel graph, Map<String, ProfiledOperator> operators) {

    public Profile {
        operators = Map.copyOf(operators);
    }

    /**
     * One operator.
     *
     * @param type such as {@code Conv}, of whatever domain
     * @param micros median time of a run
     * @param values that it gives, in all its outputs together
     */
    public record ProfiledOperator(String type, double micros, long values) {}
}
