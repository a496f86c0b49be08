package dev.fovea.monitoring;

import dev.fovea.registry.VersionId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A store that lasts as long as the test. */
final class MemoryStore implements MonitoringStore {

    private final Map<VersionId, Saved> states = new LinkedHashMap<>();

    @Override
    public synchronized void save(List<Saved> saved) {
        saved.forEach(state -> states.put(state.id(), state));
    }

    @Override
    public synchronized List<Saved> load() {
        return List.copyOf(states.values());
    }
}
