package dev.fovea.serving.routing;

import dev.fovea.fault.ErrorCode;
import java.util.Set;

/** Whose fault an error is, as far as a fallback is concerned. */
final class ModelFailure {

    private static final Set<ErrorCode> ITS_OWN = Set.of(
            ErrorCode.MODEL_NOT_SERVED,
            ErrorCode.INSTANCE_HUNG,
            ErrorCode.INFERENCE_FAILED,
            ErrorCode.BUNDLE_CORRUPT,
            ErrorCode.PROOF_FAILED,
            ErrorCode.REMOTE_FAILED,
            ErrorCode.REMOTE_SUSPENDED);

    private static final Set<ErrorCode> THE_IMAGES = Set.of(
            ErrorCode.IMAGE_FORMAT_UNSUPPORTED,
            ErrorCode.IMAGE_FILE_TOO_LARGE,
            ErrorCode.IMAGE_TOO_MANY_PIXELS,
            ErrorCode.IMAGE_CORRUPT,
            ErrorCode.IMAGE_TOO_SMALL);

    private static final Set<ErrorCode> THE_CALLS = Set.of(
            ErrorCode.OVERLOADED,
            ErrorCode.DEADLINE_EXCEEDED,
            ErrorCode.CANCELLED,
            ErrorCode.STOPPING,
            ErrorCode.MODEL_UNKNOWN,
            ErrorCode.VERSION_UNKNOWN);

    private ModelFailure() {}

    /** The model's, whatever state it is in: another one may answer. */
    static boolean isItsOwn(ErrorCode code) {
        return ITS_OWN.contains(code);
    }

    /** The model's, if it is not served: a version may have failed to load for any of these reasons. */
    static boolean mayBeItsOwn(ErrorCode code) {
        return !THE_CALLS.contains(code) && !isTheImages(code);
    }

    /** The caller's. */
    static boolean isTheImages(ErrorCode code) {
        return THE_IMAGES.contains(code);
    }
}
