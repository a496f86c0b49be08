package dev.fovea.registry;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.registry.AuditEntry.Action;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/**
 * Who changes the registry and why: what every entry of the trail has in common.
 *
 * @param clock of the entries, to the microsecond as stores keep it
 */
record ChangeAuthor(String who, String reason, InstantSource clock) {

    ChangeAuthor {
        if (who.isBlank()) {
            throw new FoveaException(ErrorCode.ARGUMENT_INVALID, "A change needs an author; the name given is empty.");
        }
        Registry.requireReason(reason);
    }

    Change made(RegisteredModel after, Action action, int version, String detail) {
        return new Change.Made(
                after,
                new AuditEntry(
                        clock.instant().truncatedTo(ChronoUnit.MICROS),
                        who,
                        action,
                        after.name(),
                        version,
                        reason,
                        detail));
    }
}
