package dev.fovea.alerts;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A condition that was reported, and where it is in its life. Immutable; the methods give the next legal state.
 *
 * @param condition as it was last reported
 * @param raised when it was first raised
 * @param raises how often its condition began to hold; more than once for one that comes and goes
 * @param reported when its condition was last reported to hold
 * @param cleared since when its condition does not hold; empty while it does
 */
public record Alert(
        String id,
        Condition condition,
        AlertState state,
        Instant raised,
        int raises,
        Instant reported,
        Optional<Instant> cleared) {

    /** Events, which nobody reports again, are open for so long. */
    private static final Duration EVENTS = Duration.ofDays(1);

    /** An alert and what happened to it. */
    public record AlertStep(Alert alert, Optional<AlertEvent> event) {}

    /** A new one. */
    static AlertStep begin(String id, Condition condition, Instant now) {
        return new AlertStep(
                new Alert(id, condition, new AlertState.Raised(now), now, 1, now, Optional.empty()),
                Optional.of(AlertEvent.RAISED));
    }

    /** Whether a condition with this key that holds now is this alert. */
    boolean takes(Instant now, AlertRules rules) {
        return state.isOpen() || now.isBefore(state.at().plus(rules.reopenWithin()));
    }

    /** Its condition holds. Told again when it was resolved before, or when it is more urgent than it was. */
    AlertStep report(Condition now, Instant at) {
        boolean worse = now.severity().compareTo(condition.severity()) > 0;
        boolean again = !state.isOpen() || worse;
        int count = cleared.isPresent() || !state.isOpen() ? raises + 1 : raises;
        return new AlertStep(
                new Alert(id, now, again ? new AlertState.Raised(at) : state, raised, count, at, Optional.empty()),
                again ? Optional.of(AlertEvent.RAISED) : Optional.empty());
    }

    /** Its condition does not hold; it is resolved when that lasts. */
    Alert clear(Instant at) {
        return cleared.isPresent() ? this : new Alert(id, condition, state, raised, raises, reported, Optional.of(at));
    }

    /** Resolved when its condition has not held, or nobody has spoken of it, for long enough. */
    Optional<AlertStep> settle(Instant now, AlertRules rules) {
        Duration forget = condition.kind().isEvent() ? EVENTS : rules.forgetAfter();
        Optional<Instant> quiet =
                cleared.or(() -> now.isAfter(reported.plus(forget)) ? Optional.of(reported) : Optional.empty());
        Duration hold = rules.hold(raises);
        return quiet.filter(since -> state.isOpen() && !now.isBefore(since.plus(hold)))
                .map(since -> new AlertStep(
                        new Alert(
                                id,
                                condition,
                                new AlertState.Resolved(now),
                                raised,
                                raises,
                                reported,
                                Optional.of(since)),
                        Optional.of(AlertEvent.RESOLVED)));
    }

    /** @throws FoveaException {@code STATE_CONFLICT} when it is not raised */
    AlertStep acknowledge(String by, String note, Instant at) {
        return switch (state) {
            case AlertState.Raised _ ->
                new AlertStep(
                        new Alert(
                                id,
                                condition,
                                new AlertState.Acknowledged(at, by, note),
                                raised,
                                raises,
                                reported,
                                cleared),
                        Optional.of(AlertEvent.ACKNOWLEDGED));
            case AlertState.Acknowledged taken ->
                throw conflict("was acknowledged by %s at %s".formatted(taken.by(), taken.at()));
            case AlertState.Resolved resolved -> throw conflict("was resolved at %s".formatted(resolved.at()));
        };
    }

    private FoveaException conflict(String why) {
        return new FoveaException(
                ErrorCode.STATE_CONFLICT, "Alert %s %s; only a raised one can be acknowledged.".formatted(id, why));
    }
}
