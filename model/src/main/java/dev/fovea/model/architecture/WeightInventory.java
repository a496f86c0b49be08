package dev.fovea.model.architecture;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** Notes which tensors a network needs and gives no values: what is written with it is thrown away. */
final class WeightInventory implements WeightSource {

    private final SequencedMap<String, List<Long>> shapes = new LinkedHashMap<>();

    @Override
    public float[] values(String name, List<Long> shape) {
        shapes.put(name, shape);
        return new float[0];
    }

    /** Shapes by name, in the order in which the network was written. */
    SequencedMap<String, List<Long>> shapes() {
        return shapes;
    }
}
