package dev.fovea.model.architecture;

import java.util.List;

/** Where a network's values come from while it is written. */
interface WeightSource {

    /**
     * The values of a tensor, last axis fastest.
     *
     * @param shape lengths of the axes that the network needs
     */
    float[] values(String name, List<Long> shape);
}
