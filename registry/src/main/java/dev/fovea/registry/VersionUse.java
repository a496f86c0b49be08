package dev.fovea.registry;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.util.stream.Collectors;

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
            throw conflict(("Version %2$d of %1$s is the canary at %3$s %%. End it first: fovea canary %1$s %2$d 0, "
                            + "or the rollout that made it: fovea rollout stop %1$s")
                    .formatted(model.name(), number, percent));
        }
        if (model.rollout() instanceof Rollout.SplitTraffic split && split.includes(number)) {
            throw conflict("Version %2$d of %1$s is part of an experiment. Stop it first: fovea experiment stop %1$s"
                    .formatted(model.name(), number));
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

    /** {@code STATE_CONFLICT} while an experiment shares traffic out. */
    static void requireNoExperiment(RegisteredModel model) {
        if (model.rollout() instanceof Rollout.SplitTraffic split) {
            throw conflict(("An experiment shares the traffic of %1$s out over versions %2$s and production. "
                            + "Stop it first: fovea experiment stop %1$s")
                    .formatted(model.name(), numbers(split)));
        }
    }

    private static String numbers(Rollout.SplitTraffic split) {
        return split.percents().keySet().stream().map(Object::toString).collect(Collectors.joining(", "));
    }

    /** Refuses a version that does not exist, and one that is not the canary while another one is. */
    static void requireCanary(RegisteredModel model, int number) {
        requireNoExperiment(model);
        model.version(number);
        if (model.rollout() instanceof Rollout.CanaryTraffic(int version, double ignored) && version != number) {
            throw conflict("The canary of %s is version %d, not %d; name that one to end it."
                    .formatted(model.name(), version, number));
        }
    }

    /** {@code STATE_CONFLICT} beside a canary. */
    static void requireNoCanary(RegisteredModel model) {
        if (model.rollout() instanceof Rollout.CanaryTraffic(int version, double percent)) {
            throw conflict(("Version %2$d of %1$s is a canary of %3$s %%. End it first: fovea canary %1$s %2$d 0, "
                            + "or the rollout that made it: fovea rollout stop %1$s")
                    .formatted(model.name(), version, percent));
        }
    }

    private static FoveaException conflict(String message) {
        return new FoveaException(ErrorCode.STATE_CONFLICT, message);
    }
}
