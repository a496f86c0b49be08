package dev.fovea.serving;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.Decoder;
import dev.fovea.imaging.PictureFormat;
import dev.fovea.imaging.PictureHeader;
import dev.fovea.registry.Fallback;
import dev.fovea.runtime.PictureRequest;
import java.time.Duration;
import java.util.Optional;

/** Asks configured services, after a look at the picture's header: what is no picture costs nothing. */
public final class Elsewhere {

    private final Remotes remotes;
    private final Decoder decoder;

    /** Asks these services, within the decoder's limits. */
    public Elsewhere(Remotes remotes, Decoder decoder) {
        this.remotes = remotes;
        this.decoder = decoder;
    }

    /** What a service says; errors as of {@link dev.fovea.remote.RemoteModel#answer} and of the decoder's header. */
    public Given.ByRemote answer(String name, PictureRequest picture) {
        ServedRemote remote = remotes.find(name);
        PictureHeader header = sendable(picture.bytes(), name);
        return new Given.ByRemote(
                name,
                remote.model()
                        .answer(
                                picture.bytes(),
                                Duration.ofNanos(picture.deadline().remainingNanos())),
                header);
    }

    /** Reads and checks a picture's header. */
    PictureHeader header(byte[] picture) {
        return decoder.header(picture);
    }

    Optional<Fallback> fallback(String name) {
        return remotes.find(name).fallback();
    }

    private PictureHeader sendable(byte[] picture, String name) {
        PictureHeader header = header(picture);
        if (header.format() != PictureFormat.JPEG && header.format() != PictureFormat.PNG) {
            throw new FoveaException(
                    ErrorCode.PICTURE_FORMAT_UNSUPPORTED,
                    "The picture is a %s; remote:%s takes JPEG and PNG. Send one of those."
                            .formatted(header.format(), name));
        }
        return header;
    }
}
