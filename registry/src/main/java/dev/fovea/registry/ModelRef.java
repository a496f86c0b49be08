package dev.fovea.registry;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;

/** A reference to a local model or to a remote service. */
public sealed interface ModelRef {

    /** The prefix of remote names, which registered names cannot have. */
    String REMOTE_PREFIX = "remote:";

    /** A registered model; its production version serves. */
    record Local(String name) implements ModelRef {
        public Local {
            ModelName.require(name);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** A configured remote service. */
    record Remote(String name) implements ModelRef {
        public Remote {
            ModelName.require(name);
        }

        @Override
        public String toString() {
            return REMOTE_PREFIX + name;
        }
    }

    /** Reads what {@code toString} writes: {@code resnet} or {@code remote:vision}. */
    static ModelRef parse(String text) {
        if (text.isBlank()) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "The other model's name is empty. Write it as resnet, or as remote:vision for a service.");
        }
        return text.startsWith(REMOTE_PREFIX) ? new Remote(text.substring(REMOTE_PREFIX.length())) : new Local(text);
    }
}
