package dev.fovea.imaging;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.PreprocessingContract.DecodeMode;
import dev.fovea.imaging.PreprocessingContract.Orientation;
import dev.fovea.imaging.codec.BmpDecoder;
import dev.fovea.imaging.codec.ByteReader;
import dev.fovea.imaging.codec.CmykJpeg;
import dev.fovea.imaging.codec.GifDecoder;
import dev.fovea.imaging.codec.PngTransparency;
import dev.fovea.imaging.codec.PnmDecoder;
import dev.fovea.imaging.codec.tiff.TiffDecoder;
import java.util.Optional;
import java.util.OptionalInt;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;
import org.jspecify.annotations.Nullable;

/**
 * Decodes image files. The first bytes determine the format. Size limits are checked on the header, before any pixel is
 * decoded. 16-bit images become 8-bit by their high byte, palettes become colour, CMYK becomes blue-green-red.
 * Thread-safe; the work is native and belongs on a platform thread.
 *
 * <p>Errors: {@code IMAGE_FORMAT_UNSUPPORTED}, {@code IMAGE_FILE_TOO_LARGE}, {@code IMAGE_TOO_MANY_PIXELS},
 * {@code IMAGE_CORRUPT}.
 */
public final class Decoder {

    /** Keeps the high byte: {@code round(v / 256 - 0.498)} is {@code floor(v / 256)} for every 16-bit value. */
    private static final double HIGH_BYTE_SCALE = 1 / 256.0;

    private static final double HIGH_BYTE_SHIFT = -0.498;

    private final ImageLimits limits;

    /** A decoder that refuses what is past the limits. */
    public Decoder(ImageLimits limits) {
        this.limits = limits;
        Natives.load();
    }

    /** Reads and checks the header only. */
    public ImageHeader header(byte[] bytes) {
        if (bytes.length > limits.maxBytes()) {
            throw new FoveaException(
                    ErrorCode.IMAGE_FILE_TOO_LARGE,
                    "The image has %,d bytes; the limit is %,d. Send a smaller file or raise the limit."
                            .formatted(bytes.length, limits.maxBytes()));
        }
        ImageHeader header = HeaderReader.read(bytes);
        if (header.pixels() * (header.deep() ? 2 : 1) > limits.maxPixels()) {
            throw new FoveaException(
                    ErrorCode.IMAGE_TOO_MANY_PIXELS,
                    "The image has %d×%d pixels%s; the limit is %,d pixels. Send a smaller image or raise the limit."
                            .formatted(
                                    header.width(),
                                    header.height(),
                                    header.deep() ? " of 16 bits, which count twice" : "",
                                    limits.maxPixels()));
        }
        return header;
    }

    /** The whole image, upright, with alpha if it has any; the caller closes it. */
    public Image decode(byte[] bytes) {
        return decode(bytes, Orientation.EXIF);
    }

    /** The whole image, upright or as it is stored, with alpha if it has any; the caller closes it. */
    public Image decode(byte[] bytes, Orientation wanted) {
        ImageHeader header = header(bytes);
        int orientation = wanted == Orientation.EXIF ? header.orientation() : 1;
        return decode(bytes, header, opencv_imgcodecs.IMREAD_UNCHANGED, orientation);
    }

    /** The image as a contract wants it decoded (orientation, scaled decode); the caller closes it. */
    public Image decode(byte[] bytes, PreprocessingContract contract) {
        return decode(bytes, header(bytes), contract);
    }

    /** The same with a header that was read before. */
    public Image decode(byte[] bytes, ImageHeader header, PreprocessingContract contract) {
        int orientation = contract.orientation() == Orientation.EXIF ? header.orientation() : 1;
        int flags = contract.decode() == DecodeMode.FAST && header.format() == ImageFormat.JPEG
                ? ScaledDecode.flags(header, Orient.swapsEdges(orientation), contract)
                : opencv_imgcodecs.IMREAD_UNCHANGED;
        return decode(bytes, header, flags, orientation);
    }

    private static Image decode(byte[] bytes, ImageHeader header, int flags, int orientation) {
        try {
            return pixels(bytes, header, flags, orientation);
        } catch (ByteReader.OutOfBytes e) {
            throw HeaderReader.corrupt(
                    "%s file of %,d bytes ends inside one of its parts".formatted(header.format(), bytes.length));
        }
    }

    private static Image pixels(byte[] bytes, ImageHeader header, int flags, int orientation) {
        if (header.format() == ImageFormat.JPEG && !JpegHeader.isComplete(bytes)) {
            throw HeaderReader.corrupt("JPEG file of %,d bytes is cut short".formatted(bytes.length));
        }
        Optional<Mat> own = own(bytes, header);
        if (own.isPresent()) {
            return upright(own.get(), orientation);
        }
        byte[] still = header.format() == ImageFormat.PNG ? StillPng.of(bytes) : bytes;
        Mat pixels = imdecode(still, header, flags);
        try {
            if (pixels.empty()) {
                throw undecodable(header, null);
            }
            OptionalInt hidden = header.format() == ImageFormat.PNG && pixels.channels() == 1
                    ? PngTransparency.key(bytes)
                    : OptionalInt.empty();
            if (hidden.isPresent()) {
                Mat transparent = PngTransparency.apply(pixels, bytes, hidden.getAsInt());
                pixels.close();
                return upright(transparent, orientation);
            }
            toBytes(pixels, header);
        } catch (RuntimeException e) {
            pixels.close();
            throw e;
        }
        return upright(pixels, orientation);
    }

    /** Formats, and kinds of JPEG, that OpenCV does not read or reads otherwise than Pillow. */
    private static Optional<Mat> own(byte[] bytes, ImageHeader header) {
        return switch (header.format()) {
            case TIFF -> Optional.of(TiffDecoder.decode(bytes));
            case BMP -> Optional.of(BmpDecoder.decode(bytes));
            case GIF -> Optional.of(GifDecoder.decode(bytes));
            case PNM -> Optional.of(PnmDecoder.decode(bytes));
            case JPEG -> CmykJpeg.decode(bytes); // in full even where others are decoded at a fraction
            case PNG, WEBP -> Optional.empty();
        };
    }

    private static Image upright(Mat pixels, int orientation) {
        try {
            Orient.apply(pixels, orientation);
            return new Image(pixels);
        } catch (RuntimeException e) {
            pixels.close();
            throw e;
        }
    }

    private static Mat imdecode(byte[] bytes, ImageHeader header, int flags) {
        try (BytePointer pointer = new BytePointer(bytes);
                Mat encoded = new Mat(1, bytes.length, opencv_core.CV_8UC1, pointer)) {
            return opencv_imgcodecs.imdecode(encoded, flags);
        } catch (RuntimeException e) {
            // OpenCV's message names source files and does not help the caller
            throw undecodable(header, e);
        }
    }

    private static FoveaException undecodable(ImageHeader header, @Nullable RuntimeException cause) {
        return new FoveaException(
                ErrorCode.IMAGE_CORRUPT,
                "The %s data of %d×%d pixels does not decode: it is damaged, or encoded in a way that is not read. Save it anew as JPEG or PNG."
                        .formatted(header.format(), header.width(), header.height()),
                cause);
    }

    private static void toBytes(Mat pixels, ImageHeader header) {
        if (pixels.channels() != 1 && pixels.channels() != 3 && pixels.channels() != 4) {
            throw new FoveaException(
                    ErrorCode.IMAGE_FORMAT_UNSUPPORTED,
                    "The %s has %d channels. Convert it to grey, RGB or RGB with transparency."
                            .formatted(header.format(), pixels.channels()));
        }
        switch (pixels.depth()) {
            case opencv_core.CV_8U -> {
                // as it should be
            }
            case opencv_core.CV_16U -> pixels.convertTo(pixels, opencv_core.CV_8U, HIGH_BYTE_SCALE, HIGH_BYTE_SHIFT);
            default ->
                throw new FoveaException(
                        ErrorCode.IMAGE_FORMAT_UNSUPPORTED,
                        "The %s has samples that are neither 8-bit nor 16-bit unsigned. Convert it to 8 or 16 bit."
                                .formatted(header.format()));
        }
    }
}
