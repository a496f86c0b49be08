package dev.fovea.alerts;

import java.time.Instant;
import java.util.List;

/** The port of silences. Every change is durable on return. Errors are those of {@link AlertStore}. */
public interface SilenceStore {

    /** Keeps a new one. */
    void add(Silence silence);

    /** Ends one now; false for one that is unknown or has ended. */
    boolean end(String id, Instant now);

    /** Those that are in force, the oldest first. */
    List<Silence> inForce(Instant now);

    /** Deletes those that ended before a time; returns how many. */
    int prune(Instant before);
}
