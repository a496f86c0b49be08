package dev.fovea.registry;

/** What is answered when a model cannot answer for reasons of its own. */
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
