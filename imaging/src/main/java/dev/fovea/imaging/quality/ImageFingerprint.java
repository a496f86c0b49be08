package dev.fovea.imaging.quality;

import dev.fovea.imaging.Decoder;
import dev.fovea.imaging.Image;
import dev.fovea.imaging.ImageHeader;
import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.imaging.PreprocessingContract.Alpha;
import dev.fovea.imaging.PreprocessingContract.ColorOrder;
import dev.fovea.imaging.PreprocessingContract.DecodeMode;
import dev.fovea.imaging.PreprocessingContract.Orientation;
import dev.fovea.imaging.Resize;
import dev.fovea.imaging.Size;
import dev.fovea.imaging.TensorFormat;
import dev.fovea.imaging.TensorFormat.ElementType;
import dev.fovea.imaging.TensorFormat.Layout;
import java.util.List;
import java.util.Optional;

/**
 * Header and perceptual hash of an image file. JPEG is decoded no larger than the hash needs. Compare the hash only
 * with other fingerprints, not with hashes of whole images.
 *
 * @param header the image's header
 * @param hash empty for an image without contrast, whose hash would depend on noise only
 */
public record ImageFingerprint(ImageHeader header, Optional<PerceptualHash> hash) {

    /** Of it, only how an image is decoded matters. */
    private static final PreprocessingContract SMALL = new PreprocessingContract(
            Orientation.EXIF,
            ColorOrder.RGB,
            Alpha.WHITE,
            new Resize.Stretch(Size.square(PerceptualHash.EDGE), Resize.Filter.AREA, Resize.ResizeEngine.OPENCV),
            Optional.empty(),
            new TensorFormat(1, List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0), Layout.NCHW, ElementType.UINT8),
            DecodeMode.FAST);

    /** The fingerprint of an image file; errors are those of {@link Decoder}. Native work, for a platform thread. */
    public static ImageFingerprint of(byte[] bytes, Decoder decoder) {
        ImageHeader header = decoder.header(bytes);
        try (Image image = decoder.decode(bytes, header, SMALL)) {
            return new ImageFingerprint(header, PerceptualHash.ofStructured(image));
        }
    }
}
