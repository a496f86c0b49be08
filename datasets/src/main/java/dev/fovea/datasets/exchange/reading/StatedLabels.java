package dev.fovea.datasets.exchange.reading;

import dev.fovea.datasets.annotation.ClassLabels;
import java.util.List;

/** An annotation as its file states it. */
public sealed interface StatedLabels {

    /** Classes of the whole image. */
    record OfImage(ClassLabels labels) implements StatedLabels {}

    /** Objects. */
    record OfObjects(List<StatedObject> objects) implements StatedLabels {
        public OfObjects {
            objects = List.copyOf(objects);
        }
    }

    /** What a model predicted. */
    record OfModel(StatedLabels labels, String model) {}
}
