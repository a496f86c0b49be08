package dev.fovea.datasets;

import dev.fovea.fault.ErrorCode;
import dev.fovea.imaging.PerceptualHash;
import dev.fovea.imaging.PictureFormat;
import dev.fovea.imaging.PictureQuality;
import java.util.Optional;

/** What came of opening one file. */
public sealed interface Examined {

    /** Where the file lay. */
    FoundFile found();

    /**
     * A picture that decodes.
     *
     * @param contentHash SHA-256 of the file's bytes, 64 hexadecimal digits
     * @param format told by the content
     * @param look the perceptual hash, empty for a picture without structure (one colour all over)
     * @param quality size in pixels, sharpness, brightness
     */
    record Usable(
            FoundFile found,
            String contentHash,
            PictureFormat format,
            Optional<PerceptualHash> look,
            PictureQuality quality)
            implements Examined {

        /** Whether the file's name ends as its format's files do. */
        public boolean nameFitsFormat() {
            return format.fitsName(found.path());
        }
    }

    /** A file that is called a picture and cannot be used as one. */
    record Refused(FoundFile found, ErrorCode code, String message) implements Examined {}

    /** A file that neither is a picture nor claims to be one. */
    record NoPicture(FoundFile found) implements Examined {}
}
