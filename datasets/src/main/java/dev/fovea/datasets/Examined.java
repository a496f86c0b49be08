package dev.fovea.datasets;

import dev.fovea.fault.ErrorCode;
import dev.fovea.imaging.ImageFormat;
import dev.fovea.imaging.quality.ImageMeasures;
import dev.fovea.imaging.quality.PerceptualHash;
import java.util.Optional;

/** The validation result of one file. */
public sealed interface Examined {

    /** Where the file lay. */
    FoundFile found();

    /**
     * An image that decodes.
     *
     * @param contentHash SHA-256 of the file's bytes, 64 hexadecimal digits
     * @param format detected from the content
     * @param perceptualHash the perceptual hash, empty for an image of one colour
     * @param measures size in pixels and what is measured of the pixels
     */
    record Usable(
            FoundFile found,
            String contentHash,
            ImageFormat format,
            Optional<PerceptualHash> perceptualHash,
            ImageMeasures measures)
            implements Examined {

        /** Whether the file's name ends as its format's files do. */
        public boolean nameFitsFormat() {
            return format.fitsName(found.path());
        }
    }

    /** A file that is called an image and cannot be used as one. */
    record InvalidImage(FoundFile found, ErrorCode code, String message) implements Examined {}

    /** A file that neither is an image nor claims to be one. */
    record NoImage(FoundFile found) implements Examined {}
}
