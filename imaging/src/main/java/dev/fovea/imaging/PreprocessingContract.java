package dev.fovea.imaging;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.preprocess.Preprocessor;
import java.util.List;
import java.util.Optional;

/**
 * What is done to an image before the network sees it, as data. It is stored with the model and executed by the same
 * {@link Preprocessor} in training, evaluation and serving.
 *
 * @param orientation whether the image is turned upright by its EXIF tag first
 * @param color the order and number of channels the network takes
 * @param alpha how transparency is handled
 * @param resize how the image is brought to size
 * @param crop a centred crop after the resize, or empty
 * @param tensor what the network's input tensor holds, with one mean and std per channel
 * @param decode whether JPEG may be decoded at a fraction of its size
 */
public record PreprocessingContract(
        Orientation orientation,
        ColorOrder color,
        Alpha alpha,
        Resize resize,
        Optional<Crop> crop,
        TensorFormat tensor,
        DecodeMode decode) {

    /** Whether the EXIF orientation is applied. */
    public enum Orientation {
        EXIF,
        IGNORE
    }

    /** The order of the channels in the tensor. */
    public enum ColorOrder {
        RGB(3),
        BGR(3),
        GRAY(1);

        private final int channels;

        ColorOrder(int channels) {
            this.channels = channels;
        }

        /** Number of channels: 3 or 1. */
        public int channels() {
            return channels;
        }
    }

    /** How an alpha channel is handled. */
    public sealed interface Alpha {
        /** The image is laid over one colour. */
        record Over(int red, int green, int blue) implements Alpha {
            public Over {
                require(
                        inByte(red) && inByte(green) && inByte(blue),
                        "alpha colour (%d,%d,%d) is outside 0..255".formatted(red, green, blue));
            }
        }

        /** The channel is thrown away; hidden colours show. */
        record Drop() implements Alpha {}

        /** White, as most viewers use. */
        Alpha WHITE = new Over(255, 255, 255);
    }

    /** Whether JPEG may be decoded at 1/2, 1/4 or 1/8 while that leaves at least 1.25 times the size needed. */
    public enum DecodeMode {
        EXACT,
        FAST
    }

    /** Checks that the parts fit together. */
    public PreprocessingContract {
        requirePerChannel("mean", tensor.mean(), color);
        requirePerChannel("std", tensor.std(), color);
        if (resize instanceof Resize.ShortestEdge edge && crop.isPresent()) {
            // a square image comes out with both edges as short as that
            Size size = crop.get().size();
            require(
                    Math.max(size.height(), size.width()) <= edge.edge(),
                    "crop %s is larger than the shortest edge %d it is cut from".formatted(size, edge.edge()));
        }
        if (resize instanceof Resize.ShortestEdge) {
            require(
                    crop.isPresent(),
                    "resize with fit shortest-edge leaves images of different shapes; add crop {\"center\": [height, width]}");
        }
        if (crop.isPresent() && resize.fixedSize().isPresent()) {
            Size whole = resize.fixedSize().get();
            Size cut = crop.get().size();
            require(
                    cut.height() <= whole.height() && cut.width() <= whole.width(),
                    "crop %s is larger than the resized image %s".formatted(cut, whole));
        }
    }

    /** The same for a network that takes other numbers. */
    public PreprocessingContract withType(TensorFormat.ElementType other) {
        return new PreprocessingContract(orientation, color, alpha, resize, crop, tensor.withType(other), decode);
    }

    /** The same with another decode mode. */
    public PreprocessingContract withDecode(DecodeMode other) {
        return new PreprocessingContract(orientation, color, alpha, resize, crop, tensor, other);
    }

    /**
     * The same without a crop: whole images are stretched to {@link #outputSize}, so that nothing at an edge is lost.
     */
    public PreprocessingContract stretched() {
        return stretched(outputSize());
    }

    /** The same for whole images that are stretched to another size. */
    public PreprocessingContract stretched(Size size) {
        Resize whole = new Resize.Stretch(size, resize.filter(), resize.engine());
        return new PreprocessingContract(orientation, color, alpha, whole, Optional.empty(), tensor, decode);
    }

    /** The size in pixels of what the network sees. */
    public Size outputSize() {
        return crop.map(Crop::size).or(resize::fixedSize).orElseThrow();
    }

    /** The shape of one image's tensor without the batch axis, in the order of its layout. */
    public List<Integer> outputShape() {
        Size size = outputSize();
        return switch (tensor.layout()) {
            case NCHW -> List.of(color.channels(), size.height(), size.width());
            case NHWC -> List.of(size.height(), size.width(), color.channels());
        };
    }

    /** Bytes of one image's tensor. */
    public int outputBytes() {
        Size size = outputSize();
        return size.height() * size.width() * color.channels() * tensor.type().bytes();
    }

    private static void requirePerChannel(String name, List<Double> values, ColorOrder color) {
        require(
                values.size() == color.channels(),
                "%s has %d values but color %s has %d channels"
                        .formatted(name, values.size(), color, color.channels()));
    }

    private static boolean inByte(int value) {
        return value >= 0 && value <= 255;
    }

    static void require(boolean condition, String message) {
        if (!condition) {
            throw new FoveaException(ErrorCode.CONTRACT_INVALID, "The contract's " + message + ".");
        }
    }
}
