package dev.fovea.serving;

import dev.fovea.fault.ErrorCode;
import dev.fovea.registry.VersionId;
import dev.fovea.runtime.session.Timings;

/** Is called at the end of every request, on its thread, with what was requested; must not block. */
public interface PredictionListener {

    /** A version was chosen for an image request of a caller that names none; the request may fail later. */
    default void chosen(PredictionTarget target, VersionAssignment assignment) {}

    /** No version of a model that exists could be entered; the request failed before one was chosen. */
    default void refused(PredictionTarget target, ErrorCode code) {}

    /** An image request succeeded. */
    void predicted(PredictionTarget target, ServedPrediction prediction);

    /** A tensor request succeeded; {@code nanos} from the request's arrival to its response. */
    void inferred(PredictionTarget target, VersionId version, Timings timings, long nanos);

    /**
     * A request failed after its version was chosen, or before its body was read; then the target names the version.
     */
    void failed(PredictionTarget target, VersionId version, ErrorCode code);
}
