package dev.fovea.serving.pool;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.Bundle;
import dev.fovea.registry.BundleStore;
import dev.fovea.registry.ModelVersion;
import dev.fovea.registry.VersionId;
import dev.fovea.runtime.InstanceSettings;
import dev.fovea.runtime.LoadedModel;
import dev.fovea.runtime.RuntimeSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * The model versions loaded in this process. Loading and retiring happen under the pool's one lock, one after another,
 * on the caller's thread; finding and entering an instance never waits for a load.
 */
final class ModelPool {

    /** How long a version that nothing routes to stays loaded after its last request. */
    private static final Duration IDLE = Duration.ofMinutes(5);

    /** The backoff after a failed load, during which requests get its error; doubled with each failure. */
    static final Duration FIRST_RETRY = Duration.ofSeconds(10);

    static final Duration LAST_RETRY = Duration.ofMinutes(5);

    private final BundleStore bundles;
    private final ModelHost host;
    private final LoadedVersion.Listener listener;
    private volatile Map<VersionId, LoadedVersion> instances = Map.of();
    private volatile boolean drained;
    private final RetryBackoff<VersionId> retries;

    ModelPool(BundleStore bundles, ModelHost host, LoadedVersion.Listener listener, LongSupplier nanos) {
        this.retries = new RetryBackoff<>(FIRST_RETRY, LAST_RETRY, nanos);
        this.bundles = bundles;
        this.host = host;
        this.listener = listener;
    }

    Optional<LoadedVersion> find(VersionId id) {
        return Optional.ofNullable(instances.get(id));
    }

    /** Whether it is still the instance of its version. */
    boolean isCurrent(LoadedVersion instance) {
        return instances.get(instance.id()) == instance;
    }

    /**
     * The instance of a version, loaded now if it is not; its state says whether that succeeded. A failed one is loaded
     * again.
     */
    LoadedVersion ensure(ModelVersion version) {
        LoadedVersion present = instances.get(version.id());
        return present != null && isReady(present) ? present : load(version);
    }

    private synchronized LoadedVersion load(ModelVersion version) {
        LoadedVersion present = instances.get(version.id());
        if (present != null && isReady(present)) {
            return present;
        }
        if (drained) {
            throw new FoveaException(ErrorCode.STOPPING, "The program is stopping. Send the request again.");
        }
        LoadedVersion fresh = new LoadedVersion(version.id(), listener);
        put(fresh);
        load(fresh, version);
        return fresh;
    }

    private void load(LoadedVersion fresh, ModelVersion version) {
        fresh.load(
                opened -> LoadedModel.load(host.engine(), bundle(version), settings(version), host.workers(), opened));
        if (isReady(fresh)) {
            retries.reset(version.id());
        } else {
            retries.failed(version.id());
        }
    }

    /** The tuned settings on this machine, else the default ones. */
    private RuntimeSettings settings(ModelVersion version) {
        return host.tunings()
                .find(version.bundleId(), host.machine())
                .map(tuning -> host.settings().with(tuning.chosen().setting()))
                .orElse(host.settings());
    }

    Bundle bundle(ModelVersion version) {
        return bundles.bundle(version.bundleId());
    }

    /**
     * The same, and one that was tuned since it was loaded is loaded anew beside itself; requests go over to the fresh
     * one when it is ready, and the old one drains.
     */
    void ensureTuned(ModelVersion version) {
        LoadedVersion present = ensureUnlessFailing(version);
        if (present.setting()
                .filter(setting -> !setting.equals(InstanceSettings.of(settings(version))))
                .isPresent()) {
            reload(present, version);
        }
    }

    private synchronized void reload(LoadedVersion present, ModelVersion version) {
        if (drained || !isCurrent(present)) {
            return;
        }
        LoadedVersion fresh = new LoadedVersion(version.id(), listener);
        load(fresh, version);
        if (isReady(fresh)) {
            put(fresh);
            present.drain();
        }
    }

    /**
     * The same without an explicit command: a failed version is loaded again after its backoff only, and one that timed
     * out is not loaded again.
     */
    LoadedVersion ensureUnlessFailing(ModelVersion version) {
        return find(version.id())
                .filter(instance -> failedLately(instance) || isGivenUp(instance))
                .orElseGet(() -> ensure(version));
    }

    /** Lets versions of a model that failed be tried at once: the model has changed. */
    void retryNow(String model) {
        instances.keySet().stream().filter(id -> id.model().equals(model)).forEach(retries::reset);
    }

    /** Whether a version could not be loaded some time ago. */
    boolean isDueForRetry(VersionId id) {
        return find(id).filter(instance -> failure(instance.state()).isPresent()).stream()
                .anyMatch(instance -> !failedLately(instance) && !isGivenUp(instance));
    }

    /**
     * Whether loading timed out. Retrying it would delay other loads; only {@link #ensure}, an explicit command, does.
     */
    private static boolean isGivenUp(LoadedVersion instance) {
        return failure(instance.state())
                .filter(why -> why.code() == ErrorCode.MODEL_LIMIT_EXCEEDED)
                .isPresent();
    }

    private boolean failedLately(LoadedVersion instance) {
        return failure(instance.state()).isPresent() && !retries.isDue(instance.id());
    }

    /** Retires a model's versions that are not wanted and were not used lately. */
    synchronized void retireOthers(String model, Set<Integer> wanted) {
        for (LoadedVersion instance : instances.values()) {
            boolean other = instance.id().model().equals(model)
                    && !wanted.contains(instance.id().version());
            if (other && instance.idleNanos() > IDLE.toNanos()) {
                remove(instance);
                instance.drain();
            }
        }
    }

    /** Retires a version that was deleted once its last requests have ended. */
    synchronized void retire(VersionId id) {
        find(id).ifPresent(instance -> {
            remove(instance);
            instance.drain();
        });
    }

    /** Retires all versions of a model once their last requests have ended. */
    synchronized void retireAll(String model) {
        for (LoadedVersion instance : instances.values()) {
            if (instance.id().model().equals(model)) {
                remove(instance);
                instance.drain();
            }
        }
    }

    /** Accepts and loads nothing new; each model is freed when its last request has ended. */
    synchronized void drainAll() {
        drained = true;
        instances.values().forEach(LoadedVersion::drain);
    }

    /** The models that serve requests. */
    List<LoadedModel> ready() {
        return instances.values().stream()
                .map(LoadedVersion::state)
                .filter(LoadedVersionState.Ready.class::isInstance)
                .map(state -> ((LoadedVersionState.Ready) state).model())
                .toList();
    }

    /** Never waits for a load. */
    boolean isDrained() {
        return drained;
    }

    /** {@code FoveaException} of a failed instance. */
    static Optional<FoveaException> failure(LoadedVersionState state) {
        return state instanceof LoadedVersionState.LoadFailed(FoveaException why) ? Optional.of(why) : Optional.empty();
    }

    private static boolean isReady(LoadedVersion instance) {
        return instance.state() instanceof LoadedVersionState.Ready;
    }

    private void put(LoadedVersion instance) {
        Map<VersionId, LoadedVersion> next = new HashMap<>(instances);
        next.put(instance.id(), instance);
        instances = Map.copyOf(next);
    }

    private void remove(LoadedVersion instance) {
        retries.reset(instance.id());
        Map<VersionId, LoadedVersion> next = new HashMap<>(instances);
        next.remove(instance.id(), instance);
        instances = Map.copyOf(next);
    }
}
