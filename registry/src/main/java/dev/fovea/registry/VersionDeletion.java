package dev.fovea.registry;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.util.Optional;

/**
 * Deletes versions and whole models for good: first from the registry, together with their evaluations and tunings,
 * then the files that nothing refers to any more. No network is loaded, so that versions that are damaged or cannot
 * respond can be deleted. The numbers are not given again and the audit trail keeps all entries. Thread-safe.
 */
public final class VersionDeletion {

    private final Registry registry;
    private final Leftovers leftovers;

    /** Deletion from a registry, and of the files that it leaves. */
    public VersionDeletion(Registry registry, Leftovers leftovers) {
        this.registry = registry;
        this.leftovers = leftovers;
    }

    /**
     * Takes a version out of the registry; its files stay for {@link #removeFiles}.
     *
     * @return the version as it was
     * @throws FoveaException {@code MODEL_UNKNOWN}, {@code VERSION_UNKNOWN}; {@code STATE_CONFLICT} with the remedy
     *     while it is in production, the canary, what a rollback returns to, or used by a cascade or a fallback
     */
    public ModelVersion unregister(String name, int number, String who, String reason) {
        RegisteredModel model = registry.model(name);
        ModelVersion version = model.version(number);
        if (model.versions().size() == 1) {
            requireNoUser(name, "this is its last version");
        }
        registry.delete(name, number, who, reason);
        return version;
    }

    /**
     * Takes a model out of the registry with all its versions; their files stay for {@link #removeFiles}.
     *
     * @param serving whether that is wanted although the model serves
     * @return the model as it was
     * @throws FoveaException {@code MODEL_UNKNOWN}; {@code STATE_CONFLICT} with the remedy while a version is in
     *     production and {@code serving} is false, and while a cascade or fallback of another model uses it
     */
    public RegisteredModel unregisterAll(String name, boolean serving, String who, String reason) {
        registry.model(name);
        requireNoUser(name, "it would fail without it");
        return registry.deleteAll(name, serving, who, reason);
    }

    /** Removes the files of what was taken out, once nothing else refers to them. */
    public void removeFiles() {
        leftovers.remove();
    }

    /** Whether a version of any model has the same bundle as this one, which is deleted. */
    public boolean isShared(ModelVersion deleted) {
        return registry.models().stream()
                .flatMap(model -> model.versions().stream())
                .anyMatch(other -> other.bundleId().equals(deleted.bundleId()));
    }

    /** Another model's cascade or fallback is served by whatever is in production, so only the last version matters. */
    private void requireNoUser(String name, String why) {
        ModelRef here = new ModelRef.Local(name);
        for (RegisteredModel other : registry.models()) {
            Assistance assistance = other.assistance();
            Optional<String> use = assistance
                    .cascade()
                    .filter(cascade -> cascade.larger().equals(here))
                    .map(ignored -> "cascade")
                    .or(() -> assistance
                            .fallback()
                            .filter(fallback -> fallback.equals(new Fallback.FallbackModel(here)))
                            .map(ignored -> "fallback"));
            use.ifPresent(kind -> {
                throw new FoveaException(
                        ErrorCode.STATE_CONFLICT,
                        "The %1$s of %2$s uses %3$s, and %4$s. End the %1$s first: fovea %1$s off %2$s"
                                .formatted(kind, other.name(), name, why));
            });
        }
    }
}
