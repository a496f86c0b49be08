package dev.fovea.registry;

/** The fallback of a model that fails for reasons of its own. */
public sealed interface Fallback {

    /** The prediction of another model, which is usually simpler. */
    record FallbackModel(ModelRef other) implements Fallback {
        @Override
        public String toString() {
            return other.toString();
        }
    }

    /** A fixed label. */
    record Label(String label) implements Fallback {
        @Override
        public String toString() {
            return "\"%s\"".formatted(label);
        }
    }
}
