package dev.fovea.serving;

import dev.fovea.imaging.ImageHeader;
import dev.fovea.remote.RemotePrediction;
import dev.fovea.remote.protocol.RemoteLabel;
import java.util.Optional;

/** The prediction for an image, by what served it. */
public sealed interface RoutedPrediction
        permits ServedPrediction, RoutedPrediction.ByRemote, RoutedPrediction.DefaultLabel {

    /**
     * By a remote service.
     *
     * @param name its local name
     * @param image what was sent
     */
    record ByRemote(String name, RemotePrediction prediction, ImageHeader image) implements RoutedPrediction {
        @Override
        public Optional<String> label() {
            return prediction.best().map(RemoteLabel::label);
        }
    }

    /**
     * A default response: a label that was configured beforehand.
     *
     * @param image what was sent
     */
    record DefaultLabel(String text, ImageHeader image) implements RoutedPrediction {
        @Override
        public Optional<String> label() {
            return Optional.of(text);
        }
    }

    /** The predicted label; empty where there is none, as for detections. */
    Optional<String> label();
}
