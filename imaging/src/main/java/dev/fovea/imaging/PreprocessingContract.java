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
 * <p>The value of one tensor element is {@code (byte * scale - mean[c]) / std[c]}, with {@code c} counted in the order
 * of {@link #color}.
 *
 * @param orientation whether the image is turned upright by its EXIF tag first
 * @param color the order and number of channels the network takes
 * @param alpha how transparency is handled
 * @param resize how the image is brought to size
 * @param crop a centred crop after the resize, or empty
 * @param scale factor on the 8-bit value, usually 1/255
 * @param mean per channel, subtracted after scaling; one entry per channel
 * @param std per channel, the divisor; one entry per channel, none zero
 * @param layout the order of the tensor's axes
 * @param type the tensor's element type
 * @param decode whether JPEG may be decoded at a fraction of its size
 */
public record PreprocessingContract(
        Orientation orientation,
        ColorOrder color,
        Alpha alpha,
        Resize resize,
        Optional<Crop> crop,
        double scale,
        List<Double> mean,
        List<Double> std,
        Layout layout,
        ElementType type,
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

    /** The order of the tensor's axes. */
    public enum Layout {
        NCHW,
        NHWC
    }

    /** The type of the tensor's elements. */
    public enum ElementType {
        FLOAT32(4),
        FLOAT16(2),
        UINT8(1);

        private final int bytes;

        ElementType(int bytes) {
            this.bytes = bytes;
        }

        /** Bytes per element. */
        public int bytes() {
            return bytes;
        }
    }

    /** Whether JPEG may be decoded at 1/2, 1/4 or 1/8 while that leaves at least 1.5 times the size needed. */
    public enum DecodeMode {
        EXACT,
        FAST
    }

    /** Checks that the parts fit together. */
    public PreprocessingContract {
        mean = List.copyOf(mean);
        std = List.copyOf(std);
        require(Double.isFinite(scale) && scale != 0, "scale is %s; it must be a number other than 0".formatted(scale));
        requirePerChannel("mean", mean, color);
        requirePerChannel("std", std, color);
        require(std.stream().allMatch(s -> s != 0), "std %s contains a 0, which would divide by zero".formatted(std));
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
    public PreprocessingContract withType(ElementType other) {
        return new PreprocessingContract(
                orientation, color, alpha, resize, crop, scale, mean, std, layout, other, decode);
    }

    /** The size in pixels of what the network sees. */
    public Size outputSize() {
        return crop.map(Crop::size).or(resize::fixedSize).orElseThrow();
    }

    /** The shape of one image's tensor without the batch axis, in {@link #layout} order. */
    public List<Integer> outputShape() {
        Size size = outputSize();
        return switch (layout) {
            case NCHW -> List.of(color.channels(), size.height(), size.width());
            case NHWC -> List.of(size.height(), size.width(), color.channels());
        };
    }

    /** Bytes of one image's tensor. */
    public int outputBytes() {
        Size size = outputSize();
        return size.height() * size.width() * color.channels() * type.bytes();
    }

    private static void requirePerChannel(String name, List<Double> values, ColorOrder color) {
        require(
                values.size() == color.channels(),
                "%s has %d values but color %s has %d channels"
                        .formatted(name, values.size(), color, color.channels()));
        require(
                values.stream().allMatch(Double::isFinite),
                "%s %s contains a value that is not finite".formatted(name, values));
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
