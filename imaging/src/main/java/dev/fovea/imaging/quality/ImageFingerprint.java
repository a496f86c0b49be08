package dev.fovea.imaging.quality;

import dev.fovea.imaging.Decoder;
import dev.fovea.imaging.Image;
import dev.fovea.imaging.ImageHeader;
import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.imaging.PreprocessingContract.Alpha;
import dev.fovea.imaging.PreprocessingContract.ColorOrder;
import dev.fovea.imaging.PreprocessingContract.DecodeMode;
import dev.fovea.imaging.PreprocessingContract.ElementType;
import dev.fovea.imaging.PreprocessingContract.Layout;
import dev.fovea.imaging.PreprocessingContract.Orientation;
import dev.fovea.imaging.Resize;
import dev.fovea.imaging.Size;
import java.util.List;
import java.util.Optional;

/**
 * What an image looks like, taken quickly: JPEG is decoded no larger than the hash needs, so that a distance is to be
 * judged by other looks only, not by hashes of whole images.
 *
 * @param header what its header says
 * @param hash empty for an image without contrast, of which only noise would be hashed
 */
public record ImageFingerprint(ImageHeader header, Optional<PerceptualHash> hash) {

    /** Contrast in grey levels below which only noise is left to hash. */
    private static final double FLAT = 2;

    /** Of it, only how an image is decoded matters. */
    private static final PreprocessingContract SMALL = new PreprocessingContract(
            Orientation.EXIF,
            ColorOrder.RGB,
            Alpha.WHITE,
            new Resize.Stretch(Size.square(PerceptualHash.EDGE), Resize.Filter.AREA, Resize.ResizeEngine.OPENCV),
            Optional.empty(),
            1,
            List.of(0.0, 0.0, 0.0),
            List.of(1.0, 1.0, 1.0),
            Layout.NCHW,
            ElementType.UINT8,
            DecodeMode.FAST);

    /** The look of a file's image; errors are those of {@link Decoder}. Native work, for a platform thread. */
    public static ImageFingerprint of(byte[] bytes, Decoder decoder) {
        ImageHeader header = decoder.header(bytes);
        try (Image image = decoder.decode(bytes, header, SMALL)) {
            boolean flat = ImageQuality.of(image).contrast() < FLAT;
            return new ImageFingerprint(header, flat ? Optional.empty() : Optional.of(PerceptualHash.of(image)));
        }
    }
}
