package dev.fovea.serving.pool;

import dev.fovea.registry.ModelVersion;
import dev.fovea.registry.RegisteredModel;
import dev.fovea.registry.Registry;
import dev.fovea.registry.Rollback;
import dev.fovea.registry.VersionDeletion;
import java.util.OptionalInt;

/**
 * Changes of traffic in a serving process: a version is loaded and proved before the registry is told, and the route
 * has flipped when the method returns.
 */
public final class Releases {

    private final Registry registry;
    private final Predictor predictor;
    private final VersionDeletion deletion;

    /** Releases through a registry and the predictor that must follow it. */
    public Releases(Registry registry, Predictor predictor, VersionDeletion deletion) {
        this.registry = registry;
        this.predictor = predictor;
        this.deletion = deletion;
    }

    /**
     * What a promotion did.
     *
     * @param model afterwards
     * @param unchanged whether the version was in production already
     */
    public record Promoted(RegisteredModel model, boolean unchanged) {}

    /**
     * Validates a version and puts it into production. One that is there already is left as it is, and so is a canary
     * beside it.
     */
    public Promoted promote(String name, int version, String who, String reason) {
        RegisteredModel before = registry.model(name);
        if (before.promotion().filter(current -> current.version() == version).isPresent()) {
            return new Promoted(before, true);
        }
        predictor.prepare(name, version);
        return new Promoted(followed(registry.promote(name, version, who, reason)), false);
    }

    /** Proves a version and sends it a share of the traffic; 0 percent ends the canary. */
    public RegisteredModel canary(String name, int version, double percent, String who, String reason) {
        if (percent != 0) {
            predictor.prepare(name, version);
        }
        return followed(registry.canary(name, version, percent, who, reason));
    }

    /** Proves the production version before this one, which is loaded as a rule, and returns to it. */
    public Rollback rollback(String name, String who, String reason) {
        OptionalInt earlier = registry.model(name).earlierProduction();
        if (earlier.isPresent()) {
            predictor.prepare(name, earlier.getAsInt());
        }
        Rollback rollback = registry.rollback(name, who, reason);
        followed(rollback.model());
        return rollback;
    }

    /** Deletes a version, retires it here and removes its files; throws as {@link VersionDeletion#unregister} does. */
    public void delete(String name, int version, String who, String reason) {
        ModelVersion _ = deletion.unregister(name, version, who, reason);
        if (registry.find(name).isPresent()) {
            predictor.follow(name);
        } else {
            predictor.forgetDeleted();
        }
        deletion.removeFiles();
    }

    /**
     * Deletes a model with all its versions, retires them here and removes their files.
     *
     * @param serving whether that is wanted although it serves; requests for it get {@code MODEL_UNKNOWN} from then on
     */
    public void deleteAll(String name, boolean serving, String who, String reason) {
        RegisteredModel _ = deletion.unregisterAll(name, serving, who, reason);
        predictor.forgetDeleted();
        deletion.removeFiles();
    }

    /** Archives a version, as {@link Registry#archive} does, and retires it here. */
    public RegisteredModel archive(String name, int version, String who, String reason) {
        return followed(registry.archive(name, version, who, reason));
    }

    /** Restores an archived version; it is loaded when it is asked for or promoted. */
    public RegisteredModel restore(String name, int version, String who, String reason) {
        return followed(registry.restore(name, version, who, reason));
    }

    private RegisteredModel followed(RegisteredModel model) {
        predictor.follow(model.name());
        return model;
    }
}
