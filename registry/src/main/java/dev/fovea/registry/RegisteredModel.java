package dev.fovea.registry;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A model with all its versions and where its traffic goes; immutable. The methods that change it give another one and
 * refuse what makes no sense, so that every state a store holds is a legal one.
 *
 * @param name the model's name
 * @param versions by number, ascending; empty before the first is registered and after the last is deleted
 * @param promotions the production history, a stack: the last one is production, a rollback takes it off
 * @param aliases where each alias that is set points
 * @param rollout how traffic is shared out
 * @param assistance the cascade and fallback of this model
 * @param archived the numbers of versions that are set aside: not loaded, and neither in production nor in its history,
 *     nor beside it
 * @param deleted the numbers of deleted versions; none of them is given again
 */
public record RegisteredModel(
        String name,
        List<ModelVersion> versions,
        List<Promotion> promotions,
        Map<Alias, Integer> aliases,
        Rollout rollout,
        Assistance assistance,
        Set<Integer> archived,
        Set<Integer> deleted) {

    private static final String UNKNOWN = "%s has no version %d; it has %s.";

    public RegisteredModel {
        versions = List.copyOf(versions);
        promotions = List.copyOf(promotions);
        aliases = Map.copyOf(aliases);
        archived = Set.copyOf(archived);
        deleted = Set.copyOf(deleted);
    }

    /** A name nothing has been registered under. */
    public static RegisteredModel unregistered(String name) {
        return new RegisteredModel(
                name, List.of(), List.of(), Map.of(), new Rollout.None(), Assistance.NONE, Set.of(), Set.of());
    }

    /** The version that an alias stands for. */
    public Optional<ModelVersion> alias(Alias alias) {
        return Optional.ofNullable(aliases.get(alias)).map(this::version);
    }

    /** The promotion that is in force. */
    public Optional<Promotion> promotion() {
        return promotions.isEmpty() ? Optional.empty() : Optional.of(promotions.getLast());
    }

    /** The version that was registered last and is not archived; where all are archived, the last of them. */
    public Optional<ModelVersion> latest() {
        List<ModelVersion> active = active();
        return versions.isEmpty()
                ? Optional.empty()
                : Optional.of(active.isEmpty() ? versions.getLast() : active.getLast());
    }

    /** The versions that are not archived. */
    public List<ModelVersion> active() {
        return versions.stream().filter(version -> !isArchived(version)).toList();
    }

    /** Whether a version is set aside until it is restored. */
    public boolean isArchived(ModelVersion version) {
        return archived.contains(version.number());
    }

    /** A version that may be loaded; {@code VERSION_UNKNOWN}, and {@code STATE_CONFLICT} for an archived one. */
    public ModelVersion active(int number) {
        ModelVersion version = version(number);
        if (isArchived(version)) {
            throw conflict("Version %2$d of %1$s is archived. Restore it first: fovea restore %1$s@%2$d"
                    .formatted(name, number));
        }
        return version;
    }

    /** A version by number; {@code VERSION_UNKNOWN} with those that exist. */
    public ModelVersion version(int number) {
        return versions.stream()
                .filter(version -> version.number() == number)
                .findFirst()
                .orElseThrow(() -> new FoveaException(
                        ErrorCode.VERSION_UNKNOWN,
                        (deleted.contains(number) ? "Version %2$d of %1$s was deleted; %1$s has %3$s." : UNKNOWN)
                                .formatted(name, number, versionNumbers())));
    }

    /** With one more version under the next number, which becomes the candidate. */
    RegisteredModel registered(Registration registration, Instant at) {
        List<ModelVersion> more = new ArrayList<>(versions);
        int number = 1 + Math.max(highest(numbers()), highest(deleted.stream()));
        more.add(new ModelVersion(number, at, registration));
        return new RegisteredModel(
                name, more, promotions, withAlias(Alias.CANDIDATE, number), rollout, assistance, archived, deleted);
    }

    /** With a version in production and nothing on trial. */
    RegisteredModel promoted(int number, Instant at) {
        active(number);
        List<Promotion> more = new ArrayList<>(promotions);
        more.add(new Promotion(number, at));
        return inProduction(more);
    }

    /** With the production version before this one; {@code NOTHING_TO_ROLL_BACK} if there was none. */
    RegisteredModel rolledBack() {
        if (promotions.size() < 2) {
            throw new FoveaException(
                    ErrorCode.NOTHING_TO_ROLL_BACK,
                    promotion()
                            .map(only ->
                                    "Version %d is the first production version of %s; promote another one instead."
                                            .formatted(only.version(), name))
                            .orElse("%s has no production version yet; promote one of %s first."
                                    .formatted(name, versionNumbers())));
        }
        return inProduction(promotions.subList(0, promotions.size() - 1));
    }

    /** With a share of the traffic going to a version that is not production. */
    RegisteredModel withCanary(int number, double percent) {
        active(number);
        if (!(percent >= 0.01 && percent <= 100)) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "A canary of %s %% is not possible; give 0.01 to 100, or 0 to end it.".formatted(percent));
        }
        VersionUse.requireNoExperiment(this);
        requireBeside(number);
        return new RegisteredModel(
                name,
                versions,
                promotions,
                withAlias(Alias.CANDIDATE, number),
                new Rollout.CanaryTraffic(number, percent),
                assistance,
                archived,
                deleted);
    }

    private void requireBeside(int number) {
        int production = promotion()
                .orElseThrow(() -> conflict("%s has no production version to try version %d beside; promote one first."
                        .formatted(name, number)))
                .version();
        if (number == production) {
            throw conflict("Version %d of %s is in production already; choose another one of %s."
                    .formatted(number, name, versionNumbers()));
        }
    }

    /** With traffic shared out over versions that are not production. */
    RegisteredModel withSplit(Rollout.SplitTraffic split) {
        VersionUse.requireNoCanary(this);
        split.percents().keySet().forEach(number -> requireBeside(active(number).number()));
        return sharing(split);
    }

    /** The production version that a rollback returns to. */
    public OptionalInt earlierProduction() {
        return promotions.size() < 2
                ? OptionalInt.empty()
                : OptionalInt.of(promotions.get(promotions.size() - 2).version());
    }

    /** With traffic shared out in another way. */
    RegisteredModel sharing(Rollout other) {
        return new RegisteredModel(name, versions, promotions, aliases, other, assistance, archived, deleted);
    }

    /** Without a version that nothing uses; {@code STATE_CONFLICT} with the remedy where something does. */
    RegisteredModel without(int number) {
        version(number);
        VersionUse.requireNone(this, number);
        List<ModelVersion> others =
                versions.stream().filter(version -> version.number() != number).toList();
        Assistance help = others.isEmpty() ? Assistance.NONE : assistance;
        return new RegisteredModel(
                name,
                others,
                Promotion.without(promotions, number),
                aliasesWithout(number),
                rollout,
                help,
                without(archived, number),
                with(deleted, number));
    }

    /**
     * Without any version.
     *
     * @param serving whether that is wanted although it serves; else {@code STATE_CONFLICT} while a version is in
     *     production
     */
    RegisteredModel withoutAny(boolean serving) {
        promotion().filter(ignored -> !serving).ifPresent(known -> {
            throw conflict(("%1$s serves: version %2$d is in production. To delete it all the same: "
                            + "fovea delete %1$s --force, over HTTP ?force=true. Requests for it get 404 from then on.")
                    .formatted(name, known.version()));
        });
        Set<Integer> gone = Stream.concat(deleted.stream(), numbers()).collect(Collectors.toSet());
        return new RegisteredModel(
                name, List.of(), List.of(), Map.of(), new Rollout.None(), Assistance.NONE, Set.of(), gone);
    }

    /** With a version set aside that nothing uses; {@code STATE_CONFLICT} with the remedy where something does. */
    RegisteredModel archived(int number) {
        version(number);
        VersionUse.requireNone(this, number);
        return new RegisteredModel(
                name,
                versions,
                Promotion.without(promotions, number),
                aliasesWithout(number),
                rollout,
                assistance,
                with(archived, number),
                deleted);
    }

    /** With an archived version that may be used again; neither its aliases nor its place in the history return. */
    RegisteredModel restored(int number) {
        version(number);
        return new RegisteredModel(
                name, versions, promotions, aliases, rollout, assistance, without(archived, number), deleted);
    }

    private Map<Alias, Integer> aliasesWithout(int number) {
        Map<Alias, Integer> kept = new EnumMap<>(Alias.class);
        aliases.forEach((alias, version) -> {
            if (version != number) {
                kept.put(alias, version);
            }
        });
        return kept;
    }

    private static Set<Integer> with(Set<Integer> numbers, int number) {
        return Stream.concat(numbers.stream(), Stream.of(number)).collect(Collectors.toSet());
    }

    private static Set<Integer> without(Set<Integer> numbers, int number) {
        return numbers.stream().filter(other -> other != number).collect(Collectors.toSet());
    }

    /** With other help. */
    RegisteredModel assistedBy(Assistance other) {
        return new RegisteredModel(name, versions, promotions, aliases, rollout, other, archived, deleted);
    }

    private RegisteredModel inProduction(List<Promotion> history) {
        int production = history.getLast().version();
        Map<Alias, Integer> moved = withAlias(Alias.PRODUCTION, production);
        moved.remove(Alias.CANDIDATE, production);
        return new RegisteredModel(name, versions, history, moved, new Rollout.None(), assistance, archived, deleted);
    }

    private Map<Alias, Integer> withAlias(Alias alias, int number) {
        Map<Alias, Integer> moved = new EnumMap<>(Alias.class);
        moved.putAll(aliases);
        moved.put(alias, number);
        return moved;
    }

    private String versionNumbers() {
        return versions.isEmpty() ? "none" : numbers().map(Object::toString).collect(Collectors.joining(", "));
    }

    private Stream<Integer> numbers() {
        return versions.stream().map(ModelVersion::number);
    }

    private static int highest(Stream<Integer> numbers) {
        return numbers.max(Comparator.naturalOrder()).orElse(0);
    }

    private static FoveaException conflict(String message) {
        return new FoveaException(ErrorCode.STATE_CONFLICT, message);
    }
}
