package dev.fovea.pipeline.run;

import java.util.List;
import java.util.Optional;

/** Stores runs, durably and shared by processes. Every failure of the medium is {@code STORAGE_FAILED}. */
public interface RunStore {

    /** A home that keeps none. */
    RunStore NONE = new RunStore() {
        @Override
        public void save(RunRecord run) {
            // nothing is kept
        }

        @Override
        public Optional<RunRecord> find(String id) {
            return Optional.empty();
        }

        @Override
        public List<RunRecord> newest(RunFilter filter, int limit) {
            return List.of();
        }

        @Override
        public void prune(int max) {
            // there is nothing
        }
    };

    /**
     * Which runs.
     *
     * @param model of this model; empty for all
     * @param job of this job; empty for all
     */
    record RunFilter(Optional<String> model, Optional<String> job) {

        /** The runs of a job. */
        public static RunFilter ofJob(String id) {
            return new RunFilter(Optional.empty(), Optional.of(id));
        }
    }

    /** Stores a run, or replaces what is stored of it. */
    void save(RunRecord run);

    /** A run with its curves. */
    Optional<RunRecord> find(String id);

    /** The newest runs, newest first, without their curves. */
    List<RunRecord> newest(RunFilter filter, int limit);

    /** Deletes all but the newest of those that registered no version; the others go with their version. */
    void prune(int max);
}
