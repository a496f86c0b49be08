package dev.fovea.serving;

import dev.fovea.imaging.ImageHeader;
import dev.fovea.remote.RemotePrediction;
import dev.fovea.remote.protocol.RemoteLabel;
import java.util.Optional;

/** What an image's response says, by what served it. */
public sealed interface RoutedPrediction permits ServedPrediction, RoutedPrediction.ByRemote, RoutedPrediction.Stated {

    /**
     * By a remote service.
     *
     * @param name its local name
     * @param image what was sent
     */
    record ByRemote(String name, RemotePrediction answer, ImageHeader image) implements RoutedPrediction {
        @Override
        public Optional<String> label() {
            return answer.best().map(RemoteLabel::label);
        }
    }

    /** A default response: a label that was configured beforehand. */
    record Stated(String answer) implements RoutedPrediction {
        @Override
        public Optional<String> label() {
            return Optional.of(answer);
        }
    }

    /** The predicted label; empty where there is none, as for detections. */
    Optional<String> label();
}
