package dev.fovea.registry;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;

/** A model that steps in for another one. */
public sealed interface OtherModel {

    /** What names of models elsewhere begin with, so that they are never taken for registered ones. */
    String ELSEWHERE = "remote:";

    /** One that is registered here; whatever version is in production answers. */
    record Here(String name) implements OtherModel {
        public Here {
            ModelName.require(name);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** A configured service. */
    record Elsewhere(String name) implements OtherModel {
        public Elsewhere {
            ModelName.require(name);
        }

        @Override
        public String toString() {
            return ELSEWHERE + name;
        }
    }

    /** Reads what {@code toString} writes: {@code resnet} or {@code remote:vision}. */
    static OtherModel parse(String text) {
        if (text.isBlank()) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "The other model's name is empty. Write it as resnet, or as remote:vision for a service.");
        }
        return text.startsWith(ELSEWHERE) ? new Elsewhere(text.substring(ELSEWHERE.length())) : new Here(text);
    }
}
