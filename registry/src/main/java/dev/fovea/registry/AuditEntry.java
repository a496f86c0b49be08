package dev.fovea.registry;

import java.time.Instant;

/**
 * One line of the append-only trail: who did what, when and why.
 *
 * @param at when it was done
 * @param who the person or key that requested it
 * @param action what was done
 * @param model the model's name
 * @param version the version concerned; for a rollback the one returned to; 0 for what concerns several
 * @param reason in the requester's words; may be empty
 * @param detail the change in words ({@code "1 → 2"})
 */
public record AuditEntry(
        Instant at, String who, Action action, String model, int version, String reason, String detail) {

    /** What can be done to a model. */
    public enum Action {
        REGISTER,
        PROMOTE,
        CANARY,
        END_CANARY,
        SPLIT,
        END_SPLIT,
        ROLLBACK,
        CASCADE,
        END_CASCADE,
        FALLBACK,
        END_FALLBACK,
        EXPORT,
        ARCHIVE,
        RESTORE,
        DELETE
    }
}
