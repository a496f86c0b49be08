package dev.fovea.monitoring.objectives.history;

import java.time.Instant;
import java.util.List;

/** The history of how requests went. Every failure of the medium is {@code STORAGE_FAILED}. */
public interface ServiceLevelStore {

    /** A slot of a model. */
    record ModelSlot(String model, ServiceSlot slot) {}

    /** Adds counts to what is stored of the same server, model and start; all or nothing, durable on return. */
    void add(String server, List<ModelSlot> slots);

    /** The slots of a model on all servers that start in a time, by their start. */
    List<ServiceSlot> slots(String model, Instant from, Instant until);

    /** Makes slots of an hour of a server's short ones that start before a time. */
    void rollUp(String server, Instant before);

    /** Removes slots that start before a time. */
    void removeBefore(Instant moment);
}
