package dev.fovea.imaging.codec;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;

/** The two reasons for which an image is refused once its format is known. */
public final class ImageRefusal {

    private ImageRefusal() {}

    /** {@code IMAGE_CORRUPT}: the bytes break the rules of their format. */
    public static FoveaException damaged(String what) {
        return new FoveaException(
                ErrorCode.IMAGE_CORRUPT, "The image is damaged: " + what + ". Send it again or save it anew.");
    }

    /** {@code IMAGE_FORMAT_UNSUPPORTED}: a kind of the format that is not read. */
    public static FoveaException unsupported(String what, String remedy) {
        return new FoveaException(ErrorCode.IMAGE_FORMAT_UNSUPPORTED, "The image is not read: " + what + ". " + remedy);
    }
}
