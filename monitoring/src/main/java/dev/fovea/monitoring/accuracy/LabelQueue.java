package dev.fovea.monitoring.accuracy;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Port: where people label the images of requests. */
@FunctionalInterface
public interface LabelQueue {

    /** Knows no images. */
    LabelQueue NONE = (model, requests) -> new QueuedPicks(Collections.emptySortedMap(), requests);

    /**
     * What became of requests whose images are to be labelled.
     *
     * @param images how many images come first in the labelling queue of each data set
     * @param withoutImage requests whose image is not kept
     */
    record QueuedPicks(SortedMap<String, Integer> images, List<String> withoutImage) {
        public QueuedPicks {
            images = Collections.unmodifiableSortedMap(new TreeMap<>(images));
            withoutImage = List.copyOf(withoutImage);
        }

        /** Images that come first in some queue. */
        public int queued() {
            return images.values().stream().mapToInt(count -> count).sum();
        }
    }

    /** Puts the images of requests of a model that are kept before all others. */
    QueuedPicks send(String model, List<String> requests);
}
