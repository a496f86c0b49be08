package dev.fovea.storage.truth;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times as epoch microseconds. */
final class Micros {

    private Micros() {}

    static long of(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }
}
