package dev.fovea.registry;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.util.Optional;

/**
 * Deletes versions for good: first from the registry, then the bundle, unless another version has the same. The network
 * is not loaded, so that versions that are damaged or cannot respond can be deleted. The number is not given again and
 * the audit trail keeps all entries. Thread-safe.
 */
public final class VersionDeletion {

    private final Registry registry;
    private final BundleStore bundles;

    /** Deletion from a registry and its bundles. */
    public VersionDeletion(Registry registry, BundleStore bundles) {
        this.registry = registry;
        this.bundles = bundles;
    }

    /**
     * Takes a version out of the registry; its bundle stays for {@link #removeBundle}.
     *
     * @return the version as it was
     * @throws FoveaException {@code MODEL_UNKNOWN}, {@code VERSION_UNKNOWN}; {@code STATE_CONFLICT} with the remedy
     *     while it is in production, the canary, what a rollback returns to, or used by a cascade or a fallback
     */
    public ModelVersion unregister(String name, int number, String who, String reason) {
        RegisteredModel model = registry.model(name);
        ModelVersion version = model.version(number);
        if (model.versions().size() == 1) {
            requireNoUser(name);
        }
        registry.delete(name, number, who, reason);
        return version;
    }

    /**
     * Removes the bundle of a version that {@link #unregister} took out.
     *
     * @return false when another version has the same bundle, which is kept
     */
    public boolean removeBundle(ModelVersion version) {
        boolean shared = registry.models().stream()
                .flatMap(model -> model.versions().stream())
                .anyMatch(other -> other.bundleId().equals(version.bundleId()));
        if (!shared) {
            bundles.remove(version.bundleId());
        }
        return !shared;
    }

    /** Another model's cascade or fallback is served by whatever is in production, so only the last version matters. */
    private void requireNoUser(String name) {
        OtherModel here = new OtherModel.Here(name);
        for (RegisteredModel other : registry.models()) {
            Assistance assistance = other.assistance();
            Optional<String> use = assistance
                    .cascade()
                    .filter(cascade -> cascade.larger().equals(here))
                    .map(ignored -> "cascade")
                    .or(() -> assistance
                            .fallback()
                            .filter(fallback -> fallback.equals(new Fallback.Model(here)))
                            .map(ignored -> "fallback"));
            use.ifPresent(kind -> {
                throw new FoveaException(
                        ErrorCode.STATE_CONFLICT,
                        "The %1$s of %2$s uses %3$s, and this is its last version. End the %1$s first: fovea %1$s off %2$s"
                                .formatted(kind, other.name(), name));
            });
        }
    }
}
