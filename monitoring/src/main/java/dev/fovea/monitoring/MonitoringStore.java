package dev.fovea.monitoring;

import dev.fovea.registry.VersionId;
import java.util.List;

/** Where monitoring survives a restart. Every failure of the medium is {@code STORAGE_FAILED}. */
public interface MonitoringStore {

    /** Replaces the states of the given versions atomically; durable on return. */
    void save(List<Saved> states);

    /** All stored states. */
    List<Saved> load();

    /**
     * The state of one version.
     *
     * @param state opaque bytes, some ten to a hundred kilobytes
     */
    record Saved(VersionId id, byte[] state) {}
}
