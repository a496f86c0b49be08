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

    private final Map<Priority, ArrayDeque<Inference>> lines = new EnumMap<>(Priority.class);
    private int items;

    RequestQueue() {
        for (Priority priority : Priority.values()) {
            lines.put(priority, new ArrayDeque<>());
        }
    }

    void add(Inference request) {
        line(request.priority()).add(request);
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
        for (ArrayDeque<Inference> line : lines.values()) {
            Inference next = wanted(line);
            if (next != null) {
                if (next.items() > room || (beside != null && !next.fits(beside))) {
                    return null;
                }
                take(line);
                return next;
            }
        }
        return null;
    }

    private @Nullable Inference wanted(ArrayDeque<Inference> line) {
        Inference next = line.peek();
        while (next != null && !next.isWanted()) {
            take(line);
            next = line.peek();
        }
        return next;
    }

    private void take(ArrayDeque<Inference> line) {
        items -= line.remove().items();
    }

    /** Everything that is left. */
    List<Inference> clear() {
        List<Inference> rest = new ArrayList<>();
        lines.values().forEach(line -> {
            rest.addAll(line);
            line.clear();
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

    private ArrayDeque<Inference> line(Priority priority) {
        return java.util.Objects.requireNonNull(lines.get(priority));
    }
}
