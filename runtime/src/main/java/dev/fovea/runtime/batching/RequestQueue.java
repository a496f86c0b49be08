package dev.fovea.runtime.batching;

import dev.fovea.runtime.session.Inference;
import dev.fovea.runtime.session.Priority;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Requests in the order in which they are served: by priority, then by arrival. Used under the batcher's lock. */
final class RequestQueue {

    private final Map<Priority, ArrayDeque<Inference>> queues = new EnumMap<>(Priority.class);
    private int items;

    RequestQueue() {
        for (Priority priority : Priority.values()) {
            queues.put(priority, new ArrayDeque<>());
        }
    }

    void add(Inference request) {
        queue(request.priority()).add(request);
        items += request.items();
    }

    /** The next that is still wanted; those that are not fall out. */
    @Nullable
    Inference poll() {
        return poll(null, Integer.MAX_VALUE);
    }

    /** The next, if it is no larger than the room and fits the one given. */
    @Nullable
    Inference poll(@Nullable Inference beside, int room) {
        for (ArrayDeque<Inference> queue : queues.values()) {
            Inference next = wanted(queue);
            if (next != null) {
                if (next.items() > room || (beside != null && !next.fits(beside))) {
                    return null;
                }
                take(queue);
                return next;
            }
        }
        return null;
    }

    private @Nullable Inference wanted(ArrayDeque<Inference> queue) {
        Inference next = queue.peek();
        while (next != null && !next.isWanted()) {
            take(queue);
            next = queue.peek();
        }
        return next;
    }

    private void take(ArrayDeque<Inference> queue) {
        items -= queue.remove().items();
    }

    /** Everything that is left. */
    List<Inference> clear() {
        List<Inference> rest = new ArrayList<>();
        queues.values().forEach(queue -> {
            rest.addAll(queue);
            queue.clear();
        });
        items = 0;
        return rest;
    }

    boolean isEmpty() {
        return items == 0;
    }

    /** Images in all requests. */
    int items() {
        return items;
    }

    private ArrayDeque<Inference> queue(Priority priority) {
        return java.util.Objects.requireNonNull(queues.get(priority));
    }
}
