package dev.fovea.model.graph;

import java.util.List;
import java.util.Optional;

/**
 * One input or output of a model.
 *
 * @param name as in the graph
 * @param type the ONNX element type's name in lower case ({@code float}, {@code float16}, {@code uint8}, …)
 * @param axes in order; empty list for a scalar
 */
public record TensorSpec(String name, String type, List<Axis> axes) {

    /** One axis: a number, a name that stands for any number, or unknown. */
    public sealed interface Axis {
        /** A fixed length. */
        record Fixed(long length) implements Axis {
            @Override
            public String toString() {
                return Long.toString(length);
            }
        }

        /** Any length; {@code name} is the graph's own, or {@code ?}. */
        record Symbolic(String name) implements Axis {
            @Override
            public String toString() {
                return name;
            }
        }

        /** The length when it is fixed. */
        default Optional<Long> fixed() {
            return this instanceof Fixed fixed ? Optional.of(fixed.length()) : Optional.empty();
        }
    }

    public TensorSpec {
        axes = List.copyOf(axes);
    }

    @Override
    public String toString() {
        return name + " " + type + axes;
    }
}
