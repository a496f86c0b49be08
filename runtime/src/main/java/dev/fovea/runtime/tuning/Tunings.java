package dev.fovea.runtime.tuning;

import java.util.Optional;

/** The store of tunings: the newest for each bundle and machine. Thread-safe. */
public interface Tunings {

    /** The tuning of a bundle on a machine. */
    Optional<Tuning> find(String bundle, String machine);

    /** Replaces an earlier tuning; servers that follow the registry see it. */
    void save(String bundle, String machine, Tuning tuning);

    /** Stores nothing. */
    static Tunings none() {
        return new Tunings() {
            @Override
            public Optional<Tuning> find(String bundle, String machine) {
                return Optional.empty();
            }

            @Override
            public void save(String bundle, String machine, Tuning tuning) {}
        };
    }
}
