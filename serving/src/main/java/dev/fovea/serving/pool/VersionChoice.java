package dev.fovea.serving.pool;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.registry.ModelVersion;
import dev.fovea.registry.RegisteredModel;
import dev.fovea.registry.Registry;
import dev.fovea.registry.Rollout;
import dev.fovea.registry.VersionId;
import dev.fovea.serving.PredictionTarget;
import dev.fovea.serving.VersionAssignment;
import java.util.Optional;
import java.util.OptionalInt;

/** Chooses the version that serves a request; reads the routes and the pool, and may load a version. */
final class VersionChoice {

    private final Registry registry;
    private final ModelPool pool;

    VersionChoice(Registry registry, ModelPool pool) {
        this.registry = registry;
        this.pool = pool;
    }

    /**
     * A version for a request.
     *
     * @param missed the version that the request belongs to, where that one is not ready and production serves instead
     * @param rollout that it was chosen by
     */
    record Chosen(LoadedVersion version, OptionalInt missed, Rollout rollout) {

        VersionAssignment assignment() {
            return new VersionAssignment(version.id(), missed, rollout);
        }
    }

    /** The requested version, else the canary or variant for its share, else production. */
    Chosen of(Route route, PredictionTarget target, byte[] identity) {
        if (target.version().isPresent()) {
            return new Chosen(stated(version(route, target.version().get())), OptionalInt.empty(), new Rollout.None());
        }
        Rollout rollout = route.model().rollout();
        OptionalInt beside = RolloutChoice.beside(rollout, target.key(), identity);
        if (beside.isEmpty()) {
            return new Chosen(production(route), OptionalInt.empty(), rollout);
        }
        return ready(target.model(), beside.getAsInt())
                .map(version -> new Chosen(version, OptionalInt.empty(), rollout))
                .orElseGet(() -> new Chosen(production(route), beside, rollout));
    }

    /** From the registry where the route does not know it: another process may just have registered or restored it. */
    private ModelVersion version(Route route, int number) {
        return route.model().active().stream()
                .filter(version -> version.number() == number)
                .findFirst()
                .orElseGet(() -> registry.model(route.model().name()).active(number));
    }

    private LoadedVersion stated(ModelVersion version) {
        LoadedVersion instance =
                ready(version.name(), version.number()).orElseGet(() -> pool.ensureUnlessFailing(version));
        ModelPool.failure(instance.state()).ifPresent(why -> {
            throw why;
        });
        return instance;
    }

    LoadedVersion production(Route route) {
        String name = route.model().name();
        if (route.production().isEmpty()) {
            throw new FoveaException(ErrorCode.MODEL_NOT_SERVED, notPromoted(route.model()));
        }
        VersionId id = new VersionId(name, route.production().getAsInt());
        return pool.find(id)
                .orElseThrow(() -> new FoveaException(
                        ErrorCode.MODEL_NOT_SERVED, "%s version %d is not loaded.".formatted(name, id.version())));
    }

    Optional<LoadedVersion> ready(String name, int number) {
        return pool.find(new VersionId(name, number))
                .filter(instance -> instance.state() instanceof LoadedVersionState.Ready);
    }

    /** The error without a production version, and the command that changes it. */
    private static String notPromoted(RegisteredModel model) {
        int newest = model.latest().map(ModelVersion::number).orElse(1);
        return "%s has no version in production. Check its evaluation, then promote one: fovea promote %s %d."
                .formatted(model.name(), model.name(), newest);
    }

    static FoveaException notServed(String name, LoadedVersion instance) {
        return ModelPool.failure(instance.state())
                .orElseGet(() -> new FoveaException(
                        ErrorCode.MODEL_NOT_SERVED,
                        "%s version %d is %s. Try again shortly."
                                .formatted(
                                        name,
                                        instance.id().version(),
                                        instance.state().label())));
    }
}
