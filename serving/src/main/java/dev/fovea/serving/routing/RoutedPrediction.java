package dev.fovea.serving.routing;

import dev.fovea.imaging.ImageHeader;
import dev.fovea.remote.RemoteAnswer;
import dev.fovea.remote.protocol.RemoteLabel;
import dev.fovea.runtime.decoding.Result;
import dev.fovea.serving.ServedPrediction;
import java.util.Optional;

/** What was answered, by who answered it. */
public sealed interface RoutedPrediction {

    /** By a version of a registered model. */
    record ByVersion(ServedPrediction answer) implements RoutedPrediction {
        @Override
        public Optional<String> label() {
            return answer.prediction().result() instanceof Result.OneLabel one
                    ? Optional.of(one.classification().best().label())
                    : Optional.empty();
        }
    }

    /**
     * By a service elsewhere.
     *
     * @param name what it is called here
     * @param image what was sent
     */
    record ByRemote(String name, RemoteAnswer answer, ImageHeader image) implements RoutedPrediction {
        @Override
        public Optional<String> label() {
            return answer.best().map(RemoteLabel::label);
        }
    }

    /** By nobody: a label that was stated beforehand. */
    record Stated(String answer) implements RoutedPrediction {
        @Override
        public Optional<String> label() {
            return Optional.of(answer);
        }
    }

    /** The one label that is the answer; empty where there is none, or things in the image are the answer. */
    Optional<String> label();
}
