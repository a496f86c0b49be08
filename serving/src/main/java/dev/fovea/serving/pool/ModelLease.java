package dev.fovea.serving.pool;

import dev.fovea.runtime.LoadedModel;
import java.util.concurrent.atomic.AtomicBoolean;

/** Use of a loaded model, which stays loaded until this is closed. Closing again does nothing. Thread-safe. */
public final class ModelLease implements AutoCloseable {

    private final LoadedModel model;
    private final Runnable end;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** @param end gives the model back */
    ModelLease(LoadedModel model, Runnable end) {
        this.model = model;
        this.end = end;
    }

    /** The only use of a model, which is closed with it. */
    public static ModelLease owning(LoadedModel model) {
        return new ModelLease(model, model::close);
    }

    /** The model, until {@link #close}. */
    public LoadedModel model() {
        return model;
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            end.run();
        }
    }
}
