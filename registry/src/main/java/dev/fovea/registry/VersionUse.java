package dev.fovea.registry;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;

/** What a version is used for: production, a canary, what a rollback returns to, a cascade. */
final class VersionUse {

    private VersionUse() {}

    /** Refuses a version that something uses: {@code STATE_CONFLICT} with the command that ends the use. */
    static void requireNone(RegisteredModel model, int number) {
        if (model.promotion().filter(known -> known.version() == number).isPresent()) {
            throw conflict(("Version %2$d of %1$s is in production. Promote another one first: fovea promote %1$s N; "
                            + "and a third, or a rollback would return to it.")
                    .formatted(model.name(), number));
        }
        if (model.rollout() instanceof Rollout.CanaryTraffic(int version, double percent) && version == number) {
            throw conflict("Version %2$d of %1$s is the canary at %3$s %%. End it first: fovea canary %1$s %2$d 0"
                    .formatted(model.name(), number, percent));
        }
        if (model.earlierProduction().stream().anyMatch(version -> version == number)) {
            throw conflict(
                    "A rollback of %1$s returns to version %2$d. Promote another version first: fovea promote %1$s N"
                            .formatted(model.name(), number));
        }
        if (model.assistance()
                .cascade()
                .filter(cascade -> cascade.version() == number)
                .isPresent()) {
            throw conflict("The threshold of the cascade of %1$s was chosen for version %2$d. "
                    .formatted(model.name(), number)
                    .concat("End the cascade first, or set it anew: fovea cascade off %s".formatted(model.name())));
        }
    }

    private static FoveaException conflict(String message) {
        return new FoveaException(ErrorCode.STATE_CONFLICT, message);
    }
}
