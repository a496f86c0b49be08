package dev.fovea.registry;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Where models are kept, durably and shared by processes. Every failure of the medium is {@code STORAGE_FAILED}. */
public interface ModelStore {

    /** All models by name; not those whose versions are all deleted. */
    List<RegisteredModel> models();

    /** One model, if it has a version. */
    Optional<RegisteredModel> model(String name);

    /**
     * Reads the model (one without versions if there is none, which knows the numbers of those that were deleted), lets
     * the step decide, and stores the model, the audit entry and the next revision together. Steps are carried out one
     * after the other, whichever process they run in; when this returns the change is durable, and when the step throws
     * nothing has happened. A step must not use this store.
     */
    RegisteredModel change(String name, Function<RegisteredModel, Change> step);

    /** The newest entries of a model's trail, newest first. */
    List<AuditEntry> audit(String name, int limit);

    /** A number that grows with every change, of any model, by any process; cheap to read. */
    long revision();
}
