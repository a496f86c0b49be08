package dev.fovea.alerts;

import com.github.f4b6a3.ulid.UlidCreator;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The silences of a home. Thread-safe. */
public final class Silences {

    private static final Duration LONGEST = Duration.ofDays(366);

    private final SilenceStore store;
    private final InstantSource clock;

    public Silences(SilenceStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * Holds alerts back for a while.
     *
     * @throws FoveaException {@code ARGUMENT_INVALID} for an end that has passed or is more than a year away, and
     *     without a reason
     */
    public Silence add(Optional<String> model, Optional<AlertKind> kind, Instant until, String by, String why) {
        Instant now = clock.instant();
        if (!until.isAfter(now)) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID, "The silence would end at %s, which has passed.".formatted(until));
        }
        if (until.isAfter(now.plus(LONGEST))) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "The silence would end at %s; a silence lasts %d days at most.".formatted(until, LONGEST.toDays()));
        }
        if (why.isBlank()) {
            throw new FoveaException(ErrorCode.ARGUMENT_INVALID, "A silence needs a reason. Say why.");
        }
        Silence silence =
                new Silence(UlidCreator.getMonotonicUlid().toString(), model, kind, now, until, by, why.strip());
        store.add(silence);
        return silence;
    }

    /**
     * Ends a silence before its time; alerts that it held back and that still hold are told.
     *
     * @throws FoveaException {@code NOT_FOUND} for one that is unknown or has ended
     */
    public void end(String id) {
        if (!store.end(id, clock.instant())) {
            throw new FoveaException(
                    ErrorCode.NOT_FOUND,
                    "There is no silence \"%s\" in force. List them: fovea alerts silences".formatted(id));
        }
    }

    /** The silences that are in force. */
    public List<Silence> inForce() {
        return store.inForce(clock.instant());
    }
}
