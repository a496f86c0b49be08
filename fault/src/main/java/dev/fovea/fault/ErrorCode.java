package dev.fovea.fault;

/**
 * Every way in which work can fail, as a closed vocabulary. A code names what went wrong, its {@link Kind} the family
 * that a transport (HTTP, gRPC, the command line) maps to its own status, and its {@link Blame} whose fault it is.
 * Rules about codes are methods here, never sets elsewhere.
 */
public enum ErrorCode {
    /** An image of a kind that is not read, or no image at all. */
    IMAGE_FORMAT_UNSUPPORTED(Kind.BAD_INPUT, Blame.INPUT),
    /** An image whose file is larger than the limit. */
    IMAGE_FILE_TOO_LARGE(Kind.TOO_LARGE, Blame.INPUT),
    /** An image whose header announces more pixels than the limit. */
    IMAGE_TOO_MANY_PIXELS(Kind.TOO_LARGE, Blame.INPUT),
    /** An image that is truncated or damaged. */
    IMAGE_CORRUPT(Kind.BAD_INPUT, Blame.INPUT),
    /** An image smaller than the work needs. */
    IMAGE_TOO_SMALL(Kind.BAD_INPUT, Blame.INPUT),

    /** A preprocessing contract that contradicts itself or cannot be read. */
    CONTRACT_INVALID(Kind.BAD_INPUT, Blame.MODEL),
    /** A contract that does not produce what the model's input takes. */
    CONTRACT_MISMATCH(Kind.BAD_INPUT, Blame.MODEL),
    /** A declared postprocessing that contradicts itself, cannot be read, or does not fit the model's outputs. */
    DECODER_INVALID(Kind.BAD_INPUT, Blame.MODEL),
    /** A file that is not an ONNX model, or is cut short. */
    MODEL_CORRUPT(Kind.BAD_INPUT, Blame.MODEL),
    /** A file with learned weights that contradicts itself, is cut short, or is of a kind that is not read. */
    CHECKPOINT_CORRUPT(Kind.BAD_INPUT, Blame.MODEL),
    /** A file with learned weights that asks for code to be run, or for objects that are no tensors. */
    CHECKPOINT_UNSAFE(Kind.BAD_INPUT, Blame.MODEL),
    /** Learned weights that are not those of the network which they are to fill. */
    WEIGHTS_MISMATCH(Kind.BAD_INPUT, Blame.MODEL),
    /** A model that needs operators which the runtime does not have, or which draw random numbers. */
    MODEL_OPERATOR_UNSUPPORTED(Kind.BAD_INPUT, Blame.MODEL),
    /** A model whose inputs or outputs are of a kind that is not served. */
    MODEL_SIGNATURE_UNSUPPORTED(Kind.BAD_INPUT, Blame.MODEL),
    /** A model that takes more time or memory to load, validate or fold than the limit allows. */
    MODEL_LIMIT_EXCEEDED(Kind.BAD_INPUT, Blame.MODEL),
    /** A model whose output does not fit the list of labels. */
    LABELS_MISMATCH(Kind.BAD_INPUT, Blame.MODEL),
    /** A bundle that is missing, incomplete or was changed after it was written. */
    BUNDLE_CORRUPT(Kind.FAILED, Blame.MODEL),
    /** A model that no longer gives the answers it was registered with. */
    VALIDATION_FAILED(Kind.FAILED, Blame.MODEL),
    /** A tensor whose datatype, shape or bytes do not fit together or do not fit the model. */
    TENSOR_INVALID(Kind.BAD_INPUT, Blame.INPUT),
    /** The network or its images gave a result that is not a number. */
    INFERENCE_FAILED(Kind.FAILED, Blame.MODEL),
    /** A model instance that made no progress and was replaced by a fresh one. */
    INSTANCE_HUNG(Kind.FAILED, Blame.MODEL),
    /** A service elsewhere that answered with an error, too late or not at all. */
    REMOTE_FAILED(Kind.UPSTREAM_FAILED, Blame.MODEL),
    /** A service elsewhere that is not asked: it failed too often lately, is busy, or its budget is spent. */
    REMOTE_SUSPENDED(Kind.UNAVAILABLE, Blame.MODEL),

    /** No model of that name. */
    MODEL_UNKNOWN(Kind.NOT_FOUND, Blame.CALLER),
    /** No such version of the model. */
    VERSION_UNKNOWN(Kind.NOT_FOUND, Blame.CALLER),
    /** The model has no version that answers requests. */
    MODEL_NOT_SERVED(Kind.UNAVAILABLE, Blame.MODEL),
    /** There is no earlier production version to return to. */
    NOTHING_TO_ROLL_BACK(Kind.CONFLICT, Blame.CALLER),
    /** The thing is in a state in which this cannot be done. */
    STATE_CONFLICT(Kind.CONFLICT, Blame.CALLER),
    /** A model without a version in shadow. */
    SHADOW_UNKNOWN(Kind.NOT_FOUND, Blame.CALLER),

    /** A folder of images that is empty, unreadable or otherwise not a data set. */
    DATASET_INVALID(Kind.BAD_INPUT, Blame.INPUT),
    /** No data set version of that id. */
    DATASET_UNKNOWN(Kind.NOT_FOUND, Blame.CALLER),
    /** An annotation that contradicts itself or does not fit its image or its data set. */
    ANNOTATION_INVALID(Kind.BAD_INPUT, Blame.INPUT),
    /** An image of a data set that is kept in place and whose file was changed or removed. */
    IMAGE_CHANGED(Kind.CONFLICT, Blame.INPUT),
    /** Training came to no result. */
    TRAINING_FAILED(Kind.FAILED, Blame.SERVER),
    /** Work that needs more memory than the machine or its container has. */
    MEMORY_INSUFFICIENT(Kind.FAILED, Blame.SERVER),
    /** The work was cancelled by a person or by a stop. */
    CANCELLED(Kind.CANCELLED, Blame.CALLER),

    /** More requests are waiting than may wait. */
    OVERLOADED(Kind.OVERLOADED, Blame.CAPACITY),
    /** The request's deadline passed before it could be answered. */
    DEADLINE_EXCEEDED(Kind.TIMEOUT, Blame.CAPACITY),
    /** The program is stopping. */
    STOPPING(Kind.UNAVAILABLE, Blame.CAPACITY),

    /** An argument of a request or a command that is not understood. */
    ARGUMENT_INVALID(Kind.BAD_INPUT, Blame.CALLER),
    /** No such page, route or thing. */
    NOT_FOUND(Kind.NOT_FOUND, Blame.CALLER),
    /** Configuration with which the program cannot start. */
    CONFIGURATION_INVALID(Kind.BAD_CONFIGURATION, Blame.SERVER),
    /** A missing or wrong API key. */
    UNAUTHENTICATED(Kind.UNAUTHENTICATED, Blame.CALLER),
    /**
     * A request from where none is answered, such as a page of another origin, or one under the name of somebody else.
     */
    FORBIDDEN(Kind.FORBIDDEN, Blame.CALLER),
    /** The home directory was written by a newer version of the program. */
    HOME_TOO_NEW(Kind.BAD_CONFIGURATION, Blame.SERVER),

    /** The home was written by a version whose models and tables this one does not read. */
    HOME_TOO_OLD(Kind.BAD_CONFIGURATION, Blame.SERVER),
    /** Reading or writing storage failed, a full disk among the reasons. */
    STORAGE_FAILED(Kind.FAILED, Blame.SERVER),
    /** The database or the blob store does not respond now; what needs neither goes on. */
    STORAGE_UNAVAILABLE(Kind.UNAVAILABLE, Blame.SERVER),
    /** A fault of the program's own. */
    INTERNAL(Kind.FAILED, Blame.SERVER);

    /** The family of a failure: what a transport needs to choose its own status. */
    public enum Kind {
        BAD_INPUT,
        TOO_LARGE,
        UNAUTHENTICATED,
        FORBIDDEN,
        NOT_FOUND,
        CONFLICT,
        OVERLOADED,
        TIMEOUT,
        /** Not executed; the same request may succeed later. */
        UNAVAILABLE,
        /** A remote service failed after the request was sent to it. */
        UPSTREAM_FAILED,
        CANCELLED,
        BAD_CONFIGURATION,
        FAILED
    }

    /** Whose fault a failure is. Fallbacks, health checks and evaluations decide by it. */
    public enum Blame {
        /** The request: a name, an argument, a key, or its cancellation. */
        CALLER,
        /** The images or tensors of the request: every model would refuse them. */
        INPUT,
        /** The model or the remote service: another model may answer the same input. */
        MODEL,
        /** Time and room at this moment: it says nothing about the request or the model. */
        CAPACITY,
        /** The program, its configuration or its storage. */
        SERVER
    }

    private final Kind kind;
    private final Blame blame;

    ErrorCode(Kind kind, Blame blame) {
        this.kind = kind;
        this.blame = blame;
    }

    /** The family that a transport maps to its own status. */
    public Kind kind() {
        return kind;
    }

    /** Whose fault it is. */
    public Blame blame() {
        return blame;
    }

    /** Whether work on many images records it for one image and goes on: the image's fault, or its result's. */
    public boolean isOneImages() {
        return blame == Blame.INPUT || this == INFERENCE_FAILED;
    }

    /**
     * Whether it ends only the request that met it: an equal request that waited for the same work may still succeed.
     */
    public boolean isOneRequests() {
        return blame == Blame.CALLER || blame == Blame.CAPACITY;
    }
}
