package dev.fovea.serving.pool;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.registry.VersionId;
import dev.fovea.runtime.InstanceSettings;
import dev.fovea.runtime.LoadedModel;
import dev.fovea.runtime.session.Priority;
import dev.fovea.serving.pool.LoadedVersionState.Draining;
import dev.fovea.serving.pool.LoadedVersionState.LoadFailed;
import dev.fovea.serving.pool.LoadedVersionState.Loading;
import dev.fovea.serving.pool.LoadedVersionState.Ready;
import dev.fovea.serving.pool.LoadedVersionState.Retired;
import dev.fovea.serving.pool.LoadedVersionState.Warming;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One version loaded in this process, with the count of requests inside it. All transitions are made and reported here,
 * under the instance's one lock, so that listeners see them in order; the model is closed by the thread that ends the
 * last request of a draining instance.
 */
final class LoadedVersion {

    private final VersionId id;
    private final Listener listener;
    private LoadedVersionState state = new Loading();
    private int inFlight;
    private long lastUsed = System.nanoTime();
    private volatile long lastResponse = System.nanoTime() - Duration.ofDays(1).toNanos();
    private volatile Optional<FoveaException> checkFailure = Optional.empty();

    /** Called at every transition, under the instance's lock; must not block. */
    interface Listener {
        void moved(VersionId id, LoadedVersionState from, LoadedVersionState to);
    }

    LoadedVersion(VersionId id, Listener listener) {
        this.id = id;
        this.listener = listener;
    }

    VersionId id() {
        return id;
    }

    synchronized LoadedVersionState state() {
        return state;
    }

    synchronized long idleNanos() {
        return inFlight > 0 ? 0 : System.nanoTime() - lastUsed;
    }

    /**
     * Loads with the function given, which reports when the session is open; ends in Ready or LoadFailed and never
     * throws.
     */
    void load(Function<Runnable, LoadedModel> loader) {
        try {
            LoadedModel model =
                    loader.apply(() -> move(from -> from instanceof Loading loading ? loading.opened() : from));
            move(from -> from instanceof Warming warming ? warming.validated(model) : from);
        } catch (FoveaException e) {
            fail(e);
        } catch (RuntimeException | Error e) {
            // such as too little memory; the state must not stay Loading
            fail(new FoveaException(ErrorCode.INTERNAL, "%s could not be loaded: %s.".formatted(id, e), e));
        }
    }

    private void fail(FoveaException why) {
        synchronized (this) {
            lastUsed = System.nanoTime();
        }
        move(from -> switch (from) {
            case Loading loading -> loading.failed(why);
            case Warming warming -> warming.failed(why);
            case Ready ready -> ready;
            case Draining draining -> draining;
            case Retired retired -> retired;
            case LoadFailed failed -> failed;
        });
    }

    /** Enters a request, if the instance accepts it; a caller with a model calls {@link #leave}. */
    synchronized Optional<LoadedModel> enter() {
        if (state instanceof Ready(LoadedModel model)) {
            inFlight++;
            return Optional.of(model);
        }
        return Optional.empty();
    }

    /** Records a response, which counts as a health check. */
    void responded() {
        lastResponse = System.nanoTime();
    }

    /** Whether a request got its response within the last {@code span}. */
    boolean respondedWithin(Duration span) {
        return System.nanoTime() - lastResponse < span.toNanos();
    }

    /** Stores the result of a health check: empty when it passed. */
    void checked(Optional<FoveaException> failure) {
        checkFailure = failure;
    }

    /** Why it takes no requests or did not pass its last health check; empty when requests get responses. */
    Optional<FoveaException> problem() {
        LoadedVersionState now = state();
        if (now instanceof Ready) {
            return checkFailure;
        }
        return Optional.of(VersionChoice.notServed(id.model(), this));
    }

    /** How it is laid out over the machine, once it is ready. */
    Optional<InstanceSettings> setting() {
        return state() instanceof Ready(LoadedModel model) ? Optional.of(model.setting()) : Optional.empty();
    }

    /** {@code OVERLOADED} when it is ready and full. */
    void requireRoom(Priority priority) {
        if (state() instanceof Ready(LoadedModel model)) {
            model.requireRoom(priority);
        }
    }

    void leave() {
        synchronized (this) {
            inFlight--;
            lastUsed = System.nanoTime();
        }
        retireIfEmpty();
    }

    /** Takes no new requests; frees the model when the last one has left. */
    void drain() {
        move(from -> from instanceof Ready ready ? ready.drain() : from);
        retireIfEmpty();
    }

    synchronized boolean isEmpty() {
        return inFlight == 0;
    }

    private void retireIfEmpty() {
        @Nullable LoadedModel last = null;
        synchronized (this) {
            if (state instanceof Draining(LoadedModel model) && inFlight == 0) {
                last = model;
                move(from -> from instanceof Draining draining ? draining.empty() : from);
            }
        }
        if (last != null) {
            last.close();
        }
    }

    private synchronized void move(Function<LoadedVersionState, LoadedVersionState> transition) {
        LoadedVersionState from = state;
        state = transition.apply(from);
        if (from != state) {
            listener.moved(id, from, state);
        }
    }
}
