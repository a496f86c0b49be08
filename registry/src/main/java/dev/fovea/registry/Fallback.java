package dev.fovea.registry;

/** The fallback of a model that fails for reasons of its own. */
public sealed interface Fallback {

    /** What another, as a rule simpler, model says. */
    record Model(ModelRef other) implements Fallback {
        @Override
        public String toString() {
            return other.toString();
        }
    }

    /** A stated label. */
    record Label(String label) implements Fallback {
        @Override
        public String toString() {
            return "\"%s\"".formatted(label);
        }
    }
}
