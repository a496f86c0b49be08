package dev.fovea.serving.routing;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.Decoder;
import dev.fovea.imaging.ImageFormat;
import dev.fovea.imaging.ImageHeader;
import dev.fovea.registry.Fallback;
import dev.fovea.runtime.session.Deadline;
import dev.fovea.serving.PredictionRequest;
import dev.fovea.serving.RoutedPrediction;
import java.time.Duration;
import java.util.Optional;

/** Sends images to configured services. The image's header is validated first, so an invalid image costs nothing. */
public final class RemoteInference {

    private final Remotes remotes;
    private final Decoder decoder;

    /** A client of these services, within the decoder's limits. */
    public RemoteInference(Remotes remotes, Decoder decoder) {
        this.remotes = remotes;
        this.decoder = decoder;
    }

    /**
     * The service's prediction; errors as of {@link dev.fovea.remote.RemoteModel#predict} and of the decoder's header.
     */
    public RoutedPrediction.ByRemote predict(String name, PredictionRequest request) {
        return predict(name, request.image(), request.deadline());
    }

    /** The same for an image's bytes and a deadline. */
    public RoutedPrediction.ByRemote predict(String name, byte[] image, Deadline deadline) {
        ServedRemote remote = remotes.find(name);
        ImageHeader header = sendable(image, name);
        return new RoutedPrediction.ByRemote(
                name, remote.model().predict(image, Duration.ofNanos(deadline.remainingNanos())), header);
    }

    /** Reads and checks an image's header. */
    ImageHeader header(byte[] image) {
        return decoder.header(image);
    }

    Optional<Fallback> fallback(String name) {
        return remotes.find(name).fallback();
    }

    private ImageHeader sendable(byte[] image, String name) {
        ImageHeader header = header(image);
        if (header.format() != ImageFormat.JPEG && header.format() != ImageFormat.PNG) {
            throw new FoveaException(
                    ErrorCode.IMAGE_FORMAT_UNSUPPORTED,
                    "The image is a %s; remote:%s takes JPEG and PNG. Send one of those."
                            .formatted(header.format(), name));
        }
        return header;
    }
}
