package dev.fovea.pipeline.head;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** The images of several tasks, each once, and where those of a task are among them. */
final class TaskRows {

    private final List<LabelledFile> images = new ArrayList<>();
    private final Map<String, Integer> rows = new HashMap<>();

    TaskRows(Collection<List<LabelledFile>> tasks) {
        for (List<LabelledFile> task : tasks) {
            for (LabelledFile image : task) {
                if (rows.putIfAbsent(image.contentHash(), images.size()) == null) {
                    images.add(image);
                }
            }
        }
    }

    /** Training and test images of all tasks. */
    static TaskRows of(MultiTaskHeads.TaskOrders orders) {
        return new TaskRows(orders.tasks().values().stream()
                .flatMap(order -> Stream.of(order.training(), order.test()))
                .toList());
    }

    /** All images, no two of the same content. */
    List<LabelledFile> images() {
        return images;
    }

    /** The places of a task's images among {@link #images}. */
    int[] of(List<LabelledFile> task) {
        return task.stream()
                .mapToInt(image -> Objects.requireNonNull(rows.get(image.contentHash())))
                .toArray();
    }
}
