package dev.fovea.runtime.tuning;

import java.util.Optional;

/** Where tunings are kept: one for each bundle and machine, the newest. Thread-safe. */
public interface Tunings {

    /** The tuning of a bundle on a machine. */
    Optional<Tuning> find(String bundle, String machine);

    /** Keeps a tuning in place of an earlier one; servers that follow the registry hear of it. */
    void save(String bundle, String machine, Tuning tuning);

    /** Keeps nothing. */
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
