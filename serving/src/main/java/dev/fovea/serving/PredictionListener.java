package dev.fovea.serving;

import dev.fovea.fault.ErrorCode;
import dev.fovea.registry.VersionId;
import dev.fovea.runtime.session.Timings;

/** Hears of every request's end, on the request's thread; must not block. */
public interface PredictionListener {

    /** A request was answered. */
    void answered(ServedPrediction answer);

    /** Tensors were answered; {@code nanos} from the request's arrival to its answer. */
    void inferred(VersionId version, Timings timings, long nanos);

    /** A request failed after its version was chosen. */
    void failed(VersionId version, ErrorCode code);
}
