package dev.fovea.registry;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * A model with all its versions and where its traffic goes; immutable. The methods that change it give another one and
 * refuse what makes no sense, so that every state a store holds is a legal one.
 *
 * @param name the model's name
 * @param versions by number, ascending; empty only before the first is registered
 * @param promotions the production history, a stack: the last one is production, a rollback takes it off
 * @param aliases where each alias that is set points
 * @param rollout how traffic is shared out
 * @param assistance who answers when this model is unsure or cannot
 */
public record RegisteredModel(
        String name,
        List<ModelVersion> versions,
        List<Promotion> promotions,
        Map<Alias, Integer> aliases,
        Rollout rollout,
        Assistance assistance) {

    public RegisteredModel {
        versions = List.copyOf(versions);
        promotions = List.copyOf(promotions);
        aliases = Map.copyOf(aliases);
    }

    /** A name nothing has been registered under. */
    public static RegisteredModel unregistered(String name) {
        return new RegisteredModel(name, List.of(), List.of(), Map.of(), new Rollout.None(), Assistance.NONE);
    }

    /** The version that an alias stands for. */
    public Optional<ModelVersion> alias(Alias alias) {
        return Optional.ofNullable(aliases.get(alias)).map(this::version);
    }

    /** The promotion that is in force. */
    public Optional<Promotion> promotion() {
        return promotions.isEmpty() ? Optional.empty() : Optional.of(promotions.getLast());
    }

    /** The version that was registered last. */
    public Optional<ModelVersion> latest() {
        return versions.isEmpty() ? Optional.empty() : Optional.of(versions.getLast());
    }

    /** A version by number; {@code VERSION_UNKNOWN} with those that exist. */
    public ModelVersion version(int number) {
        return versions.stream()
                .filter(version -> version.number() == number)
                .findFirst()
                .orElseThrow(() -> new FoveaException(
                        ErrorCode.VERSION_UNKNOWN,
                        "%s has no version %d; it has %s.".formatted(name, number, versionNumbers())));
    }

    /** With one more version under the next number, which becomes the candidate. */
    RegisteredModel registered(Registration registration, Instant at) {
        List<ModelVersion> more = new ArrayList<>(versions);
        int number = latest().map(ModelVersion::number).orElse(0) + 1;
        more.add(new ModelVersion(number, at, registration));
        return new RegisteredModel(name, more, promotions, withAlias(Alias.CANDIDATE, number), rollout, assistance);
    }

    /** With a version in production and nothing on trial. */
    RegisteredModel promoted(int number, Instant at) {
        version(number);
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
        version(number);
        if (!(percent >= 0.01 && percent <= 100)) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "A canary of %s %% is not possible; give 0.01 to 100, or 0 to end it.".formatted(percent));
        }
        int production = promotion()
                .orElseThrow(() -> conflict("%s has no production version to try version %d beside; promote one first."
                        .formatted(name, number)))
                .version();
        if (number == production) {
            throw conflict("Version %d of %s is in production already; choose another one of %s."
                    .formatted(number, name, versionNumbers()));
        }
        return new RegisteredModel(
                name,
                versions,
                promotions,
                withAlias(Alias.CANDIDATE, number),
                new Rollout.Canary(number, percent),
                assistance);
    }

    /** The production version that a rollback returns to. */
    public OptionalInt earlierProduction() {
        return promotions.size() < 2
                ? OptionalInt.empty()
                : OptionalInt.of(promotions.get(promotions.size() - 2).version());
    }

    /** Refuses a version that does not exist, and one that is not the canary while another one is. */
    void requireCanary(int number) {
        version(number);
        if (rollout instanceof Rollout.Canary(int version, double ignored) && version != number) {
            throw conflict("The canary of %s is version %d, not %d; name that one to end it."
                    .formatted(name, version, number));
        }
    }

    /** With all traffic in production. */
    RegisteredModel withoutCanary() {
        return new RegisteredModel(name, versions, promotions, aliases, new Rollout.None(), assistance);
    }

    /** With other help. */
    RegisteredModel assistedBy(Assistance other) {
        return new RegisteredModel(name, versions, promotions, aliases, rollout, other);
    }

    private RegisteredModel inProduction(List<Promotion> history) {
        int production = history.getLast().version();
        Map<Alias, Integer> moved = withAlias(Alias.PRODUCTION, production);
        moved.remove(Alias.CANDIDATE, production);
        return new RegisteredModel(name, versions, history, moved, new Rollout.None(), assistance);
    }

    private Map<Alias, Integer> withAlias(Alias alias, int number) {
        Map<Alias, Integer> moved = new EnumMap<>(Alias.class);
        moved.putAll(aliases);
        moved.put(alias, number);
        return moved;
    }

    private String versionNumbers() {
        return versions.stream()
                .map(version -> Integer.toString(version.number()))
                .collect(Collectors.joining(", "));
    }

    private static FoveaException conflict(String message) {
        return new FoveaException(ErrorCode.STATE_CONFLICT, message);
    }
}
