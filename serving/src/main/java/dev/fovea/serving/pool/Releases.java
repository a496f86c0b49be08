package dev.fovea.serving.pool;

import dev.fovea.registry.ModelVersion;
import dev.fovea.registry.RegisteredModel;
import dev.fovea.registry.Registry;
import dev.fovea.registry.Rollback;
import dev.fovea.registry.Rollout;
import dev.fovea.registry.VersionDeletion;
import java.util.OptionalInt;

/**
 * Changes of traffic and of the list of versions, the same for commands, the API and jobs: a version is validated
 * before the registry is changed, and in a serving process the route has flipped when the method returns.
 */
public final class Releases {

    private final Registry registry;
    private final ReleaseHost host;
    private final VersionDeletion deletion;

    /** Releases through a registry, in a process that validates and may serve. */
    public Releases(Registry registry, ReleaseHost host, VersionDeletion deletion) {
        this.registry = registry;
        this.host = host;
        this.deletion = deletion;
    }

    /**
     * What a change did.
     *
     * @param model afterwards
     * @param unchanged whether it was so already
     */
    public record Released(RegisteredModel model, boolean unchanged) {}

    /**
     * A version that is gone.
     *
     * @param shared whether its bundle stays, because another version has the same
     */
    public record Deleted(ModelVersion version, boolean shared) {}

    /**
     * Validates a version and puts it into production. One that is there already is left as it is, and so is a canary
     * beside it.
     */
    public Released promote(String name, int version, String who, String reason) {
        RegisteredModel before = registry.model(name);
        if (before.promotion().filter(current -> current.version() == version).isPresent()) {
            return new Released(before, true);
        }
        host.validate(name, version);
        return new Released(followed(registry.promote(name, version, who, reason)), false);
    }

    /** Validates a version and sends it a share of the traffic; 0 percent ends the canary. */
    public RegisteredModel canary(String name, int version, double percent, String who, String reason) {
        if (percent != 0) {
            host.validate(name, version);
        }
        return followed(registry.canary(name, version, percent, who, reason));
    }

    /** Validates versions and shares traffic out over them and production. */
    public RegisteredModel split(String name, Rollout.SplitTraffic split, String who, String reason) {
        split.percents().keySet().forEach(version -> host.validate(name, version));
        return followed(registry.split(name, split, who, reason));
    }

    /** Sends all traffic to production again; a canary stays. */
    public RegisteredModel endSplit(String name, String who, String reason) {
        return followed(registry.endSplit(name, who, reason));
    }

    /** Validates the production version before this one, which a server has loaded as a rule, and returns to it. */
    public Rollback rollback(String name, String who, String reason) {
        OptionalInt earlier = registry.model(name).earlierProduction();
        if (earlier.isPresent()) {
            host.validate(name, earlier.getAsInt());
        }
        Rollback rollback = registry.rollback(name, who, reason);
        followed(rollback.model());
        return rollback;
    }

    /** Deletes a version, retires it here and removes its files; throws as {@link VersionDeletion#unregister} does. */
    public Deleted delete(String name, int version, String who, String reason) {
        ModelVersion deleted = deletion.unregister(name, version, who, reason);
        boolean shared = deletion.isShared(deleted);
        if (registry.find(name).isPresent()) {
            host.changed(name);
        } else {
            host.deleted();
        }
        deletion.removeFiles();
        return new Deleted(deleted, shared);
    }

    /**
     * Deletes a model with all its versions, retires them here and removes their files.
     *
     * @param serving whether that is wanted although it serves; requests for it get {@code MODEL_UNKNOWN} from then on
     * @return the model as it was
     */
    public RegisteredModel deleteAll(String name, boolean serving, String who, String reason) {
        RegisteredModel was = deletion.unregisterAll(name, serving, who, reason);
        host.deleted();
        deletion.removeFiles();
        return was;
    }

    /** Archives a version, as {@link Registry#archive} does, and retires it here. */
    public Released archive(String name, int version, String who, String reason) {
        boolean archived = isArchived(name, version);
        return new Released(followed(registry.archive(name, version, who, reason)), archived);
    }

    /** Restores an archived version; it is loaded when it is requested or promoted. */
    public Released restore(String name, int version, String who, String reason) {
        boolean archived = isArchived(name, version);
        return new Released(followed(registry.restore(name, version, who, reason)), !archived);
    }

    private boolean isArchived(String name, int version) {
        RegisteredModel model = registry.model(name);
        return model.isArchived(model.version(version));
    }

    private RegisteredModel followed(RegisteredModel model) {
        host.changed(model.name());
        return model;
    }
}
