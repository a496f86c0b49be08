package dev.fovea.inference;

import io.grpc.Context;

/** Interrupts this thread's work when its gRPC caller hangs up or has waited long enough. */
final class CallerPresence implements AutoCloseable {

    private final Context context = Context.current();
    private final Thread thread = Thread.currentThread();
    private final Context.CancellationListener gone = cancelled -> interrupt();
    private boolean watching = true;

    private CallerPresence() {}

    /** Watches until it is closed. */
    static CallerPresence watch() {
        CallerPresence presence = new CallerPresence();
        presence.context.addListener(presence.gone, Runnable::run);
        return presence;
    }

    private synchronized void interrupt() {
        if (watching) {
            thread.interrupt();
        }
    }

    @Override
    public synchronized void close() {
        watching = false;
        context.removeListener(gone);
        // an interrupt that came after the work was done is meant for nobody
        var _ = Thread.interrupted();
    }
}
