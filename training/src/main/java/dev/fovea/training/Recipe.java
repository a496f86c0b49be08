package dev.fovea.training;

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
import dev.fovea.model.graph.NetworkBuilder;
import dev.fovea.model.graph.NetworkBuilder.Family;
import dev.fovea.model.graph.NetworkBuilder.Scale;
import dev.fovea.model.graph.OnnxModel;
import java.util.List;
import java.util.Optional;

/**
 * What network to start from when there is none: its make and the size of image it sees.
 *
 * @param family how its blocks are made
 * @param scale how wide and deep
 * @param edge of the square that images are stretched to, pixels
 */
public record Recipe(Family family, Scale scale, int edge) {

    /** Learns a few thousand images in minutes on two cores. */
    public static final Recipe DEFAULT = new Recipe(Family.RESIDUAL, Scale.SMALL, 128);

    /** Some 2.6 times the work per image of {@link #DEFAULT}, for when accuracy matters more. */
    public static final Recipe LARGER = new Recipe(Family.RESIDUAL, Scale.MEDIUM, 128);

    /**
     * The preprocessing contract of the network. The whole image is stretched to the square, so that defects at the rim
     * are kept. Channels are RGB; mean and deviation scale 8-bit pixels to about -2..2. Scaled JPEG decoding and the
     * area filter are the fastest pair; training and serving use both.
     */
    public PreprocessingContract contract() {
        return new PreprocessingContract(
                Orientation.EXIF,
                ColorOrder.RGB,
                Alpha.WHITE,
                new Resize.Stretch(Size.square(edge), Resize.Filter.AREA, Resize.ResizeEngine.OPENCV),
                Optional.empty(),
                new TensorFormat(
                        1 / 255.0, List.of(0.5, 0.5, 0.5), List.of(0.25, 0.25, 0.25), Layout.NCHW, ElementType.FLOAT32),
                DecodeMode.FAST);
    }

    /** A network with fresh weights for that contract. */
    public OnnxModel network(int classes, long seed) {
        return NetworkBuilder.build(family, scale, 3, Size.square(edge), classes, seed);
    }
}
