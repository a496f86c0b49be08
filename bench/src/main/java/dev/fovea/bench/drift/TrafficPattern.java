package dev.fovea.bench.drift;

import java.util.Locale;

/** How images of simulated traffic follow each other. */
enum TrafficPattern {
    /** Independent, at an even rate. */
    INDEPENDENT(false, false),
    /** Three times as many by day as by night, half as many at weekends; classes and brightness follow the hour. */
    RHYTHM(true, false),
    /** In sessions of eight similar images on average, and with a brightness that wanders over hours. */
    SESSIONS(false, true),
    /** Both. */
    RHYTHM_AND_SESSIONS(true, true);

    private final boolean rhythm;
    private final boolean sessions;

    TrafficPattern(boolean rhythm, boolean sessions) {
        this.rhythm = rhythm;
        this.sessions = sessions;
    }

    boolean hasRhythm() {
        return rhythm;
    }

    boolean hasSessions() {
        return sessions;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
