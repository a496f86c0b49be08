package dev.fovea.fault;

/**
 * Every way in which work can fail, as a closed vocabulary. A code names what went wrong, its {@link Kind} says whose
 * turn it is to act; a transport (HTTP, the command line) maps the kind to its own status and never the other way
 * round.
 */
public enum ErrorCode {
    /** An image of a kind that is not read, or no image at all. */
    IMAGE_FORMAT_UNSUPPORTED(Kind.BAD_INPUT),
    /** An image whose file is larger than the limit. */
    IMAGE_FILE_TOO_LARGE(Kind.TOO_LARGE),
    /** An image whose header announces more pixels than the limit. */
    IMAGE_TOO_MANY_PIXELS(Kind.TOO_LARGE),
    /** An image that is truncated or damaged. */
    IMAGE_CORRUPT(Kind.BAD_INPUT),
    /** An image smaller than the work needs. */
    IMAGE_TOO_SMALL(Kind.BAD_INPUT),

    /** A preprocessing contract that contradicts itself or cannot be read. */
    CONTRACT_INVALID(Kind.BAD_INPUT),
    /** A contract that does not produce what the model's input takes. */
    CONTRACT_MISMATCH(Kind.BAD_INPUT),
    /** A declared postprocessing that contradicts itself, cannot be read, or does not fit the model's outputs. */
    HEAD_INVALID(Kind.BAD_INPUT),
    /** A file that is not an ONNX model, or is cut short. */
    MODEL_CORRUPT(Kind.BAD_INPUT),
    /** A model that needs operators which the runtime does not have, or which draw random numbers. */
    MODEL_OPERATOR_UNSUPPORTED(Kind.BAD_INPUT),
    /** A model whose inputs or outputs are of a kind that is not served. */
    MODEL_SIGNATURE_UNSUPPORTED(Kind.BAD_INPUT),
    /** A model that takes more time or memory to load, validate or fold than the limit allows. */
    MODEL_LIMIT_EXCEEDED(Kind.BAD_INPUT),
    /** A model whose output does not fit the list of labels. */
    LABELS_MISMATCH(Kind.BAD_INPUT),
    /** A bundle that is incomplete or was changed after it was written. */
    BUNDLE_CORRUPT(Kind.FAILED),
    /** A model that no longer gives the answers it was registered with. */
    PROOF_FAILED(Kind.FAILED),
    /** A tensor whose datatype, shape or bytes do not fit together or do not fit the model. */
    TENSOR_INVALID(Kind.BAD_INPUT),
    /** The network or its images gave a result that is not a number. */
    INFERENCE_FAILED(Kind.FAILED),
    /** A model instance that made no progress and was replaced by a fresh one. */
    INSTANCE_HUNG(Kind.FAILED),
    /** A service elsewhere that answered with an error, too late or not at all. */
    REMOTE_FAILED(Kind.UNAVAILABLE),
    /** A service elsewhere that is not asked: it failed too often lately, is busy, or its budget is spent. */
    REMOTE_SUSPENDED(Kind.UNAVAILABLE),

    /** No model of that name. */
    MODEL_UNKNOWN(Kind.NOT_FOUND),
    /** No such version of the model. */
    VERSION_UNKNOWN(Kind.NOT_FOUND),
    /** The model has no version that answers requests. */
    MODEL_NOT_SERVED(Kind.UNAVAILABLE),
    /** There is no earlier production version to return to. */
    NOTHING_TO_ROLL_BACK(Kind.CONFLICT),
    /** The thing is in a state in which this cannot be done. */
    STATE_CONFLICT(Kind.CONFLICT),

    /** A folder of images that is empty, unreadable or otherwise not a data set. */
    DATASET_INVALID(Kind.BAD_INPUT),
    /** No data set version of that id. */
    DATASET_UNKNOWN(Kind.NOT_FOUND),
    /** Training came to no result. */
    TRAINING_FAILED(Kind.FAILED),
    /** The work was cancelled by a person or by a stop. */
    CANCELLED(Kind.FAILED),

    /** More requests are waiting than may wait. */
    OVERLOADED(Kind.OVERLOADED),
    /** The request's deadline passed before it could be answered. */
    DEADLINE_EXCEEDED(Kind.TIMEOUT),
    /** The program is stopping. */
    STOPPING(Kind.UNAVAILABLE),

    /** An argument of a request or a command that is not understood. */
    ARGUMENT_INVALID(Kind.BAD_INPUT),
    /** No such page, route or thing. */
    NOT_FOUND(Kind.NOT_FOUND),
    /** Configuration with which the program cannot start. */
    CONFIGURATION_INVALID(Kind.BAD_CONFIGURATION),
    /** A missing or wrong API key. */
    UNAUTHENTICATED(Kind.UNAUTHENTICATED),
    /** A request from where none is answered: a page of another origin, a foreign host name. */
    FORBIDDEN(Kind.FORBIDDEN),
    /** The home directory was written by a newer version of the program. */
    HOME_TOO_NEW(Kind.BAD_CONFIGURATION),

    /** The home was written by a version whose models and tables this one does not read. */
    HOME_TOO_OLD(Kind.BAD_CONFIGURATION),
    /** Reading or writing storage failed, a full disk among the reasons. */
    STORAGE_FAILED(Kind.FAILED),
    /** A fault of the program's own. */
    INTERNAL(Kind.FAILED);

    /** Whose turn it is: what a caller may conclude from a code without knowing it. */
    public enum Kind {
        BAD_INPUT,
        TOO_LARGE,
        UNAUTHENTICATED,
        FORBIDDEN,
        NOT_FOUND,
        CONFLICT,
        OVERLOADED,
        TIMEOUT,
        UNAVAILABLE,
        BAD_CONFIGURATION,
        FAILED
    }

    private final Kind kind;

    ErrorCode(Kind kind) {
        this.kind = kind;
    }

    /** The family that a transport maps to its own status. */
    public Kind kind() {
        return kind;
    }
}
