package dev.fovea.serving.pool;

import dev.fovea.fault.FoveaException;
import dev.fovea.runtime.LoadedModel;

/**
 * The life of a model version in this process: {@code Loading → Warming → Ready → Draining → Retired}, or
 * {@code Failed} from the first two. Each state offers only the transitions that are legal from it.
 */
public sealed interface LoadedVersionState {

    /** The file is being read and the session opened. */
    record Loading() implements LoadedVersionState {
        Warming opened() {
            return new Warming();
        }

        LoadFailed failed(FoveaException why) {
            return new LoadFailed(why);
        }
    }

    /** The golden test and the warm-up run. */
    record Warming() implements LoadedVersionState {
        Ready validated(LoadedModel model) {
            return new Ready(model);
        }

        LoadFailed failed(FoveaException why) {
            return new LoadFailed(why);
        }
    }

    /** It serves requests. */
    record Ready(LoadedModel model) implements LoadedVersionState {
        Draining drain() {
            return new Draining(model);
        }
    }

    /** It finishes its requests and accepts no new ones. */
    record Draining(LoadedModel model) implements LoadedVersionState {
        Retired empty() {
            return new Retired();
        }
    }

    /** Its memory is freed. */
    record Retired() implements LoadedVersionState {}

    /** It could not be loaded or failed its golden test. */
    record LoadFailed(FoveaException why) implements LoadedVersionState {}

    /** The state's name in lower case, as the API shows it. */
    default String label() {
        return switch (this) {
            case Loading ignored -> "loading";
            case Warming ignored -> "warming";
            case Ready ignored -> "ready";
            case Draining ignored -> "draining";
            case Retired ignored -> "retired";
            case LoadFailed ignored -> "failed";
        };
    }
}
