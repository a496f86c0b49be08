package dev.fovea.server;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * Parts to close, the newest first. A part that fails to close does not keep the others open. Any thread may add parts.
 */
final class CloseStack implements AutoCloseable {

    private final Deque<Entry> entries = new ArrayDeque<>(); // the oldest first, guarded by this

    private interface Entry extends AutoCloseable {
        @Override
        void close();
    }

    /** Adds a part, and returns it. */
    synchronized <T> T add(T part, Consumer<T> close) {
        entries.addLast(() -> close.accept(part));
        return part;
    }

    /** Closes all parts; throws the first failure, with the others suppressed. Closing again does nothing. */
    @Override
    public void close() {
        Deque<Entry> open;
        synchronized (this) {
            open = new ArrayDeque<>(entries);
            entries.clear();
        }
        unwind(open);
    }

    private static void unwind(Deque<Entry> open) {
        if (!open.isEmpty()) {
            try (Entry _ = open.removeFirst()) {
                unwind(open);
            }
        }
    }
}
