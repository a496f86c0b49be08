package dev.fovea.rollout;

import dev.fovea.rollout.evidence.TrialSums;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Where rollouts are kept, durably and shared by servers. Every failure of the medium is {@code STORAGE_FAILED}. */
public interface RolloutStore {

    /** Adds a new one; {@code STATE_CONFLICT} while the model has an active one. */
    void add(StagedRollout rollout);

    /** One by its id. */
    Optional<StagedRollout> find(String id);

    /** The active ones of all models. */
    List<StagedRollout> active();

    /** A model's, newest first. */
    List<StagedRollout> list(String model, int limit);

    /**
     * Changes one: reads it, lets the step decide, and stores the result, one process at a time. When the step throws,
     * nothing has happened.
     */
    StagedRollout change(String id, UnaryOperator<StagedRollout> step);

    /**
     * Replaces what one server has counted of a rollout.
     *
     * @param server a name that no other process has, also not an earlier one
     */
    void count(String id, String server, TrialSums sums);

    /**
     * What all servers have counted of a rollout, with true labels of predictions since its start and with what the
     * candidate's shadow has compared.
     */
    TrialSums sums(StagedRollout rollout);
}
