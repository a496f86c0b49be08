package dev.fovea.imaging;

import java.util.Optional;

/** How an image is brought to the size the network takes. */
public sealed interface Resize {

    /** The interpolation; see {@link ResizeEngine} for whose arithmetic. */
    Filter filter();

    /** Whose arithmetic is reproduced. */
    ResizeEngine engine();

    /** The size that every image has afterwards, empty when it depends on the image. */
    Optional<Size> fixedSize();

    /**
     * The shorter edge becomes {@code edge}, the other keeps the proportion.
     *
     * @param longEdge rounding of its length: torchvision rounds down, others round to nearest
     */
    record ShortestEdge(int edge, Rounding longEdge, Filter filter, ResizeEngine engine) implements Resize {
        public ShortestEdge {
            Size.square(edge);
            requireKnown(filter, engine);
        }

        /** As torchvision resizes. */
        public ShortestEdge(int edge, Filter filter, ResizeEngine engine) {
            this(edge, Rounding.DOWN, filter, engine);
        }

        @Override
        public Optional<Size> fixedSize() {
            return Optional.empty();
        }
    }

    /** Both edges become the given size; the proportion may change. */
    record Stretch(Size size, Filter filter, ResizeEngine engine) implements Resize {
        public Stretch {
            requireKnown(filter, engine);
        }

        @Override
        public Optional<Size> fixedSize() {
            return Optional.of(size);
        }
    }

    /**
     * The image is made as large as fits with its proportion kept, and the rest is filled.
     *
     * @param pad the 8-bit grey value of the border
     * @param anchor where the image stands in the frame
     */
    record Letterbox(Size size, Filter filter, ResizeEngine engine, int pad, Anchor anchor) implements Resize {
        public Letterbox {
            PreprocessingContract.require(pad >= 0 && pad <= 255, "pad %d is outside 0..255".formatted(pad));
            requireKnown(filter, engine);
        }

        @Override
        public Optional<Size> fixedSize() {
            return Optional.of(size);
        }
    }

    /** Where a letterboxed image stands. */
    enum Anchor {
        CENTER,
        TOP_LEFT
    }

    /** The interpolation. */
    enum Filter {
        NEAREST,
        BILINEAR,
        BICUBIC,
        LANCZOS,
        AREA
    }

    /** Whose resampling arithmetic is reproduced to the byte; no two agree. */
    enum ResizeEngine {
        /**
         * Pillow 2.7 to 12, antialiased: always horizontally first. Also the order of PyTorch's own antialiased resize
         * of tensors. AREA is Pillow's BOX.
         */
        PILLOW,
        /** Pillow 13 and newer: the same weights, but images that lose much height are resized vertically first. */
        PILLOW_13,
        /** What models trained with cv2 saw. */
        OPENCV
    }

    private static void requireKnown(Filter filter, ResizeEngine engine) {
        java.util.Objects.requireNonNull(filter);
        java.util.Objects.requireNonNull(engine);
    }
}
