package dev.fovea.rollout;

import dev.fovea.registry.AuditEntry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How a rollout started.
 *
 * @param at when
 * @param who started it
 * @param reason in the person's words
 * @param before the change of traffic before it; later ones by others end the rollout
 */
public record RolloutStart(Instant at, String who, String reason, Optional<TrafficChange> before) {

    /**
     * A change of where traffic goes, as the audit trail has it.
     *
     * @param detail the change in words
     */
    public record TrafficChange(Instant at, String who, AuditEntry.Action action, int version, String detail) {

        /** The newest one of a trail. */
        public static Optional<TrafficChange> newest(List<AuditEntry> trail) {
            return trail.stream()
                    .filter(entry -> isTraffic(entry.action()))
                    .findFirst()
                    .map(entry -> new TrafficChange(
                            entry.at(), entry.who(), entry.action(), entry.version(), entry.detail()));
        }

        /** As a sentence that names the person. */
        public String text() {
            String what = switch (action) {
                case PROMOTE -> "promoted version " + version;
                case ROLLBACK -> "rolled back to version " + version;
                case CANARY -> "set a canary of version " + version;
                case END_CANARY -> "ended the canary of version " + version;
                case SPLIT -> "shared it out";
                case END_SPLIT -> "gave all of it to production";
                case REGISTER, CASCADE, END_CASCADE, FALLBACK, END_FALLBACK, EXPORT, ARCHIVE, RESTORE, DELETE ->
                    "version " + version;
            };
            return "%s changed traffic: %s%s".formatted(who, what, detail.isEmpty() ? "" : " (" + detail + ")");
        }

        private static boolean isTraffic(AuditEntry.Action action) {
            return switch (action) {
                case PROMOTE, CANARY, END_CANARY, SPLIT, END_SPLIT, ROLLBACK -> true;
                case REGISTER, CASCADE, END_CASCADE, FALLBACK, END_FALLBACK, EXPORT, ARCHIVE, RESTORE, DELETE -> false;
            };
        }
    }
}
