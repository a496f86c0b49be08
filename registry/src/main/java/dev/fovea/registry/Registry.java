package dev.fovea.registry;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.registry.AuditEntry.Action;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The models, their versions and their traffic, with every change on record. Any number of threads and of processes may
 * use the same store: changes happen one after the other, and what a method returned is durable.
 */
public final class Registry {

    private static final int LONGEST_REASON = 1000;

    private final ModelStore store;
    private final InstantSource clock;

    /** A registry on a store; the clock stamps versions, promotions and the trail. */
    public Registry(ModelStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Gives a bundle that is already stored the next number of its model; it becomes the candidate. */
    public ModelVersion register(Registration registration, String who) {
        ChangeAuthor author = author(who, registration.note());
        return store.change(registration.name(), before -> {
                    RegisteredModel after = before.registered(registration, now());
                    int number = after.versions().getLast().number();
                    return author.made(after, Action.REGISTER, number, "bundle " + registration.bundleId());
                })
                .versions()
                .getLast();
    }

    /**
     * Refuses with {@code ARGUMENT_INVALID} what the trail does not keep as a reason: long text and control characters.
     */
    public static void requireReason(String reason) {
        if (reason.length() > LONGEST_REASON) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "The reason or note has %,d characters; the audit trail keeps up to %,d. Shorten it."
                            .formatted(reason.length(), LONGEST_REASON));
        }
        if (reason.chars().anyMatch(Character::isISOControl)) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "The reason or note holds a control character, a line break for example. Write it as one line.");
        }
    }

    /** All models by name. */
    public List<RegisteredModel> models() {
        return store.models();
    }

    /** One model, if there is one of that name. */
    public Optional<RegisteredModel> find(String name) {
        return store.model(name);
    }

    /** One model; {@code MODEL_UNKNOWN} with those that exist. */
    public RegisteredModel model(String name) {
        return store.model(name).orElseThrow(() -> unknown(name));
    }

    /** One version; {@code MODEL_UNKNOWN} or {@code VERSION_UNKNOWN} with what exists. */
    public ModelVersion version(String name, int number) {
        return model(name).version(number);
    }

    /** The version stated, else the one in production; {@code MODEL_NOT_SERVED} when there is neither. */
    public ModelVersion version(String name, Optional<Integer> stated) {
        RegisteredModel model = model(name);
        return stated.map(model::version)
                .or(() -> model.alias(Alias.PRODUCTION))
                .orElseThrow(() -> new FoveaException(
                        ErrorCode.MODEL_NOT_SERVED,
                        "%1$s has no version in production. Name one, or promote one: fovea promote %1$s %2$d."
                                .formatted(
                                        name,
                                        model.latest().map(ModelVersion::number).orElse(1))));
    }

    /** The same, of versions that may be used: {@code STATE_CONFLICT} for an archived one. */
    public ModelVersion active(String name, Optional<Integer> stated) {
        return model(name).active(version(name, stated).number());
    }

    /**
     * Puts a version into production and ends a canary or split. Promoting what is in production already changes
     * nothing, and a canary beside it goes on.
     */
    public RegisteredModel promote(String name, int version, String who, String reason) {
        ChangeAuthor author = author(who, reason);
        return change(name, before -> {
            int production = production(before);
            if (production == version) {
                return new Change.Kept(before);
            }
            String detail = production == 0 ? "first production version" : production + " → " + version;
            return author.made(before.promoted(version, now()), Action.PROMOTE, version, detail);
        });
    }

    /**
     * Sends a share of the traffic to a version beside production.
     *
     * @param percent 0.01 to 100; 0 ends the canary, which must be the version stated if there is one
     */
    public RegisteredModel canary(String name, int version, double percent, String who, String reason) {
        ChangeAuthor author = author(who, reason);
        return change(name, before -> {
            if (percent == 0) {
                VersionUse.requireCanary(before, version);
                return ended(before, author);
            }
            RegisteredModel after = before.withCanary(version, percent);
            Change made = author.made(after, Action.CANARY, version, percent + " %");
            return after.equals(before) ? new Change.Kept(before) : made;
        });
    }

    /** Shares traffic out over versions beside production; {@code STATE_CONFLICT} beside a canary. */
    public RegisteredModel split(String name, Rollout.SplitTraffic split, String who, String reason) {
        ChangeAuthor author = author(who, reason);
        return change(name, before -> {
            return before.rollout().equals(split)
                    ? new Change.Kept(before)
                    : author.made(before.withSplit(split), Action.SPLIT, 0, split.text());
        });
    }

    /** Sends all traffic to production again; a canary stays. */
    public RegisteredModel endSplit(String name, String who, String reason) {
        ChangeAuthor author = author(who, reason);
        return change(
                name, now -> now.rollout() instanceof Rollout.SplitTraffic ? ended(now, author) : new Change.Kept(now));
    }

    /**
     * Returns to the production version before this one and ends a canary. After promoting 1, 2 and 3, rollbacks give
     * 2, then 1, then {@code NOTHING_TO_ROLL_BACK}.
     */
    public Rollback rollback(String name, String who, String reason) {
        ChangeAuthor author = author(who, reason);
        int[] from = new int[1];
        RegisteredModel after = change(name, before -> {
            RegisteredModel earlier = before.rolledBack();
            from[0] = production(before);
            int to = production(earlier);
            return author.made(earlier, Action.ROLLBACK, to, from[0] + " → " + to);
        });
        return new Rollback(from[0], production(after), after);
    }

    /** Takes a version out for good; {@code STATE_CONFLICT} while something uses it. For {@link VersionDeletion}. */
    RegisteredModel delete(String name, int version, String who, String reason) {
        ChangeAuthor author = author(who, reason);
        return change(name, before -> {
            String detail = "bundle " + before.version(version).bundleId();
            return author.made(before.without(version), Action.DELETE, version, detail);
        });
    }

    /**
     * Takes a model out for good, all versions at once. {@link VersionDeletion} calls it.
     *
     * @param serving whether that is wanted although it serves; else {@code STATE_CONFLICT} while a version is in
     *     production
     * @return the model as it was
     */
    RegisteredModel deleteAll(String name, boolean serving, String who, String reason) {
        ChangeAuthor author = author(who, reason);
        RegisteredModel[] was = new RegisteredModel[1];
        change(name, before -> {
            was[0] = before;
            String versions = before.versions().stream()
                    .map(version -> Integer.toString(version.number()))
                    .collect(Collectors.joining(", "));
            String production = before.promotion()
                    .map(known -> "; %d was in production".formatted(known.version()))
                    .orElse("");
            return author.made(before.withoutAny(serving), Action.DELETE, 0, "all versions: " + versions + production);
        });
        return was[0];
    }

    /**
     * Sets a version aside that nothing uses: it is not loaded, not listed by default and cannot be promoted until it
     * is restored. Its figures, evaluations and bundle stay. Nothing changes for one that is archived already.
     *
     * @throws FoveaException {@code MODEL_UNKNOWN}, {@code VERSION_UNKNOWN}; {@code STATE_CONFLICT} with the remedy
     *     while it is in production, the canary, what a rollback returns to, or used by a cascade
     */
    public RegisteredModel archive(String name, int version, String who, String reason) {
        ChangeAuthor author = author(who, reason);
        return change(
                name,
                before -> before.isArchived(before.version(version))
                        ? new Change.Kept(before)
                        : author.made(before.archived(version), Action.ARCHIVE, version, ""));
    }

    /** Takes a version back that was archived; it can be promoted again. Nothing changes for one that is not. */
    public RegisteredModel restore(String name, int version, String who, String reason) {
        ChangeAuthor author = author(who, reason);
        return change(
                name,
                before -> before.isArchived(before.version(version))
                        ? author.made(before.restored(version), Action.RESTORE, version, "")
                        : new Change.Kept(before));
    }

    /** Whether the last version of a model was deleted, and none is registered since. */
    public boolean isDeleted(String name) {
        return store.model(name).isEmpty()
                && store.audit(name, 1).stream().anyMatch(last -> last.action() == Action.DELETE);
    }

    /** Puts on record that a version was handed out. {@link VersionExport} calls it. */
    void exported(VersionId id, String who, String reason, String detail) {
        ChangeAuthor author = author(who, reason);
        change(id.model(), before -> {
            before.version(id.version());
            return author.made(before, Action.EXPORT, id.version(), detail);
        });
    }

    /** The newest entries of a model's trail, newest first, also of a deleted one; else {@code MODEL_UNKNOWN}. */
    public List<AuditEntry> audit(String name, int limit) {
        List<AuditEntry> trail = store.audit(name, limit);
        if (trail.isEmpty()) {
            model(name);
        }
        return trail;
    }

    /** A number that grows with every change by any process; a running server polls it and reconciles. */
    public long revision() {
        return store.revision();
    }

    RegisteredModel change(String name, Function<RegisteredModel, Change> step) {
        model(name); // its error names those that exist
        return store.change(name, before -> {
            if (before.versions().isEmpty()) {
                throw new FoveaException(
                        ErrorCode.MODEL_UNKNOWN, "The last version of %s was just deleted.".formatted(name));
            }
            return step.apply(before);
        });
    }

    private static Change ended(RegisteredModel before, ChangeAuthor author) {
        RegisteredModel after = before.sharing(new Rollout.None());
        return switch (before.rollout()) {
            case Rollout.None() -> new Change.Kept(before);
            case Rollout.CanaryTraffic canary ->
                author.made(after, Action.END_CANARY, canary.version(), "was " + canary.text());
            case Rollout.SplitTraffic split -> author.made(after, Action.END_SPLIT, 0, "was " + split.text());
        };
    }

    private static int production(RegisteredModel model) {
        return model.promotion().map(Promotion::version).orElse(0);
    }

    ChangeAuthor author(String who, String reason) {
        return new ChangeAuthor(who, reason, clock);
    }

    /** Changes of who helps a model out. */
    public AssistanceRegistry assistance() {
        return new AssistanceRegistry(this);
    }

    /** To the microsecond, as stores keep it: what is returned equals what is read later. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private FoveaException unknown(String name) {
        String known = store.models().stream().map(RegisteredModel::name).collect(Collectors.joining(", "));
        return new FoveaException(
                ErrorCode.MODEL_UNKNOWN,
                "No model is called \"%s\"; %s"
                        .formatted(name, known.isEmpty() ? "none is registered yet." : "these exist: " + known + "."));
    }
}
