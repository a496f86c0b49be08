package dev.fovea.monitoring.objectives;

import java.util.Map;

/** What was promised of each model. Every failure of the medium is {@code STORAGE_FAILED}. */
public interface ObjectiveStore {

    /** Of a model; {@link ServiceObjectives#NONE} where nothing was stated. */
    ServiceObjectives objectives(String model);

    /** Of all models that have some. */
    Map<String, ServiceObjectives> all();

    /** Replaces a model's objectives; durable on return. */
    void change(String model, ServiceObjectives objectives);
}
