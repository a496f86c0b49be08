package dev.fovea.model.tensor;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.Objects;

/**
 * What a network takes or gives under one name.
 *
 * @param name as in the graph
 * @param type of the elements
 * @param shape lengths of the axes; -1 for an axis of any length
 */
public record TensorMetadata(
        String name, @JsonProperty("datatype") DataType type, long[] shape) {

    /** Whether the first axis takes any number of images. */
    public boolean batches() {
        return shape.length > 0 && shape[0] < 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TensorMetadata that
                && name.equals(that.name)
                && type == that.type
                && Arrays.equals(shape, that.shape);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, type, Arrays.hashCode(shape));
    }

    @Override
    public String toString() {
        return name + " " + type + Arrays.toString(shape);
    }
}
