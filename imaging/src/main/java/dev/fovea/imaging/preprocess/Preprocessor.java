package dev.fovea.imaging.preprocess;

import dev.fovea.imaging.Crop;
import dev.fovea.imaging.Geometry;
import dev.fovea.imaging.Image;
import dev.fovea.imaging.Natives;
import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.imaging.PreprocessingContract.ColorOrder;
import dev.fovea.imaging.Resize;
import dev.fovea.imaging.Size;
import java.nio.ByteBuffer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;

/** Executes a contract: image in, tensor bytes out. Thread-safe; the work belongs on a platform thread. */
public final class Preprocessor {

    private final PreprocessingContract contract;
    private final Normalizer normalizer;

    /** A preprocessor for one contract. */
    public Preprocessor(PreprocessingContract contract) {
        this.contract = contract;
        this.normalizer = Normalizer.of(contract);
        Natives.load();
    }

    /** The contract that is executed. */
    public PreprocessingContract contract() {
        return contract;
    }

    /**
     * The network's input before normalisation: 8-bit pixels of the output size, grey or in colour. The given image is
     * not changed; the caller closes both.
     */
    public Image see(Image image) {
        try (Mat colored = color(image.mat())) {
            return new Image(resizeAndCrop(colored));
        }
    }

    /**
     * Writes one image's tensor ({@link PreprocessingContract#outputBytes} bytes, native order) at the buffer's
     * position and advances it.
     */
    public void write(Image image, ByteBuffer target) {
        try (Mat colored = color(image.mat())) {
            Size size = Geometry.resized(contract.resize(), colored.rows(), colored.cols());
            if (isResampled(colored, size)) {
                resample(colored, size, window(size), tensor(target));
                advance(target);
                return;
            }
            try (Image seen = new Image(resizeAndCrop(colored))) {
                writeSeen(seen, target);
            }
        }
    }

    /** Writes the tensor of an image that {@link #see} gave. */
    public void writeSeen(Image seen, ByteBuffer target) {
        PackedPixels.of(seen.mat()).giveTo(tensor(target));
        advance(target);
    }

    private PixelRows tensor(ByteBuffer target) {
        boolean reversed = contract.color() == ColorOrder.RGB; // images are stored blue first
        return normalizer.tensor(
                contract.outputSize(), reversed, contract.tensor().layout(), target);
    }

    private void advance(ByteBuffer target) {
        target.position(target.position() + contract.outputBytes());
    }

    /** Whether Pillow's resampler gives what the network sees. */
    private boolean isResampled(Mat pixels, Size size) {
        return contract.resize().engine() != Resize.ResizeEngine.OPENCV
                && !(contract.resize() instanceof Resize.Letterbox)
                && !hasSize(pixels, size);
    }

    private static boolean hasSize(Mat pixels, Size size) {
        return pixels.rows() == size.height() && pixels.cols() == size.width();
    }

    /** The pixels as 1 or 3 channels, transparency settled; the caller closes the Mat. */
    private Mat color(Mat pixels) {
        boolean gray = contract.color() == ColorOrder.GRAY;
        return switch (pixels.channels()) {
            case 1 -> gray ? new Mat(pixels) : converted(pixels, opencv_imgproc.COLOR_GRAY2BGR);
            case 3 -> gray ? Gray.of(pixels, contract.resize().engine()) : new Mat(pixels);
            default -> {
                Mat opaque = Transparency.settle(pixels, contract.alpha());
                if (!gray) {
                    yield opaque;
                }
                try (opaque) {
                    yield Gray.of(opaque, contract.resize().engine());
                }
            }
        };
    }

    private static Mat converted(Mat pixels, int code) {
        Mat out = new Mat();
        opencv_imgproc.cvtColor(pixels, out, code);
        return out;
    }

    private Mat resizeAndCrop(Mat pixels) {
        Size size = Geometry.resized(contract.resize(), pixels.rows(), pixels.cols());
        if (contract.resize() instanceof Resize.Letterbox box) {
            Mat resized = resize(pixels, size, Window.whole(size));
            try (Mat framed = frame(resized, box)) {
                return cut(framed, window(box.size()));
            }
        }
        return resize(pixels, size, window(size));
    }

    /** A part of the resized image. */
    private record Window(int top, int left, int height, int width) {
        static Window whole(Size size) {
            return new Window(0, 0, size.height(), size.width());
        }
    }

    private Window window(Size whole) {
        if (contract.crop().isEmpty()) {
            return Window.whole(whole);
        }
        Crop crop = contract.crop().get();
        Size size = crop.size();
        return new Window(
                crop.start(whole.height(), size.height()),
                crop.start(whole.width(), size.width()),
                size.height(),
                size.width());
    }

    private Mat resize(Mat pixels, Size size, Window window) {
        if (hasSize(pixels, size)) {
            return cut(pixels, window);
        }
        return switch (contract.resize().engine()) {
            case PILLOW, PILLOW_13 -> {
                Mat out = new Mat(window.height(), window.width(), opencv_core.CV_8UC(pixels.channels()));
                resample(pixels, size, window, PackedPixels.of(out));
                yield out;
            }
            case OPENCV -> {
                try (Mat resized = opencv(pixels, size)) {
                    yield cut(resized, window);
                }
            }
        };
    }

    /** A view of the pixels, which stay as long as it does; the caller closes both. */
    private static Mat cut(Mat pixels, Window window) {
        try (Rect rect = new Rect(window.left(), window.top(), window.width(), window.height())) {
            return new Mat(pixels, rect);
        }
    }

    private Mat opencv(Mat pixels, Size size) {
        Mat out = new Mat();
        try (org.bytedeco.opencv.opencv_core.Size target =
                new org.bytedeco.opencv.opencv_core.Size(size.width(), size.height())) {
            opencv_imgproc.resize(
                    pixels, out, target, 0, 0, interpolation(contract.resize().filter()));
        }
        return out;
    }

    /** Reads and computes only what the window needs. */
    private void resample(Mat pixels, Size size, Window window, PixelRows out) {
        Resize.Filter filter = contract.resize().filter();
        ResampledAxis rows = ResampledAxis.of(pixels.rows(), size.height(), window.top(), window.height(), filter);
        ResampledAxis columns = ResampledAxis.of(pixels.cols(), size.width(), window.left(), window.width(), filter);
        PillowResampler.Passes passes = contract.resize().engine() == Resize.ResizeEngine.PILLOW_13
                ? PillowResampler.Passes.ofPillow13(pixels.rows(), pixels.cols(), size)
                : PillowResampler.Passes.HORIZONTAL_FIRST;
        PillowResampler.resize(PackedPixels.of(pixels), rows, columns, passes, out);
    }

    private static int interpolation(Resize.Filter filter) {
        return switch (filter) {
            case NEAREST -> opencv_imgproc.INTER_NEAREST;
            case BILINEAR -> opencv_imgproc.INTER_LINEAR;
            case BICUBIC -> opencv_imgproc.INTER_CUBIC;
            case LANCZOS -> opencv_imgproc.INTER_LANCZOS4;
            case AREA -> opencv_imgproc.INTER_AREA;
        };
    }

    private static Mat frame(Mat inner, Resize.Letterbox box) {
        boolean centred = box.anchor() == Resize.Anchor.CENTER;
        int top = centred ? Geometry.borderBefore(box.size().height(), inner.rows()) : 0;
        int left = centred ? Geometry.borderBefore(box.size().width(), inner.cols()) : 0;
        Mat out = new Mat();
        try (inner;
                Scalar pad = Scalar.all(box.pad())) {
            opencv_core.copyMakeBorder(
                    inner,
                    out,
                    top,
                    box.size().height() - inner.rows() - top,
                    left,
                    box.size().width() - inner.cols() - left,
                    opencv_core.BORDER_CONSTANT,
                    pad);
        }
        return out;
    }
}
