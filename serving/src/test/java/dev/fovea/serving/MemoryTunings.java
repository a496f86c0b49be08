package dev.fovea.serving;

import dev.fovea.runtime.tuning.Tuning;
import dev.fovea.runtime.tuning.Tunings;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Tunings in memory. */
public final class MemoryTunings implements Tunings {

    private final Map<String, Tuning> tunings = new ConcurrentHashMap<>();

    @Override
    public Optional<Tuning> find(String bundle, String machine) {
        return Optional.ofNullable(tunings.get(bundle + machine));
    }

    @Override
    public void save(String bundle, String machine, Tuning tuning) {
        tunings.put(bundle + machine, tuning);
    }
}
