package dev.fovea.imaging.codec.tiff;

import dev.fovea.imaging.codec.ImageRefusal;
import dev.fovea.imaging.codec.TiffDirectory;

/**
 * Meaning of a TIFF's samples.
 *
 * @param photometric TIFF 6.0, tag 262
 * @param bits per sample, the same for all
 * @param format 1 unsigned, 2 signed, 3 floating point (tag 339)
 * @param perPixel samples stored per pixel
 * @param alpha index of the alpha sample in a pixel, or −1
 * @param associated whether colours are stored multiplied by alpha
 */
record TiffSamples(int photometric, int bits, int format, int perPixel, int alpha, boolean associated) {

    static final int WHITE_IS_ZERO = 0;
    static final int BLACK_IS_ZERO = 1;
    static final int RGB = 2;
    static final int PALETTE = 3;
    static final int SEPARATED = 5;
    static final int YCBCR = 6;
    static final int CIE_LAB = 8;

    private static final int UNSIGNED = 1;
    private static final int SIGNED = 2;
    static final int FLOAT = 3;
    private static final int CMYK_INKS = 1;
    private static final int MAX_SAMPLES = 8;
    /** Extra samples (tag 338): multiplied alpha, straight alpha, and what Corel Draw 10 writes for the latter. */
    private static final int ASSOCIATED = 1;

    private static final int STRAIGHT = 2;
    private static final int COREL = 999;

    static TiffSamples of(TiffDirectory tags, int compression) {
        boolean oldJpeg = compression == TiffCompression.OLD_JPEG;
        int photometric =
                oldJpeg ? YCBCR : (int) tags.value(TiffDirectory.PHOTOMETRIC).orElse(WHITE_IS_ZERO);
        int colors = colors(photometric);
        int perPixel = (int)
                Math.min(tags.value(TiffDirectory.SAMPLES_PER_PIXEL).orElse(oldJpeg ? colors : 1), Integer.MAX_VALUE);
        if (perPixel > MAX_SAMPLES || perPixel < colors) {
            throw ImageRefusal.unsupported(
                    "its TIFF has %d samples per pixel, but %s needs %d".formatted(perPixel, name(photometric), colors),
                    "Convert it to grey, RGB or RGB with transparency.");
        }
        int bits = same(tags, TiffDirectory.BITS_PER_SAMPLE, oldJpeg ? 8 : 1, perPixel, "bits per sample");
        int stated = same(tags, TiffDirectory.SAMPLE_FORMAT, UNSIGNED, perPixel, "sample formats");
        // signed bytes are shown as the bytes they are, as Pillow does
        int format = stated == SIGNED && bits == 8 && photometric == BLACK_IS_ZERO ? UNSIGNED : stated;
        if (photometric == SEPARATED && tags.value(TiffDirectory.INK_SET).orElse(CMYK_INKS) != CMYK_INKS) {
            throw ImageRefusal.unsupported("its TIFF separates into inks other than CMYK", "Convert it to RGB.");
        }
        return withAlpha(photometric, bits, format, perPixel, colors, extras(tags, photometric, perPixel - colors))
                .checked();
    }

    /** Samples of a pixel that carry its colour. */
    private static int colors(int photometric) {
        return switch (photometric) {
            case WHITE_IS_ZERO, BLACK_IS_ZERO, PALETTE -> 1;
            case RGB, YCBCR, CIE_LAB -> 3;
            case SEPARATED -> 4;
            default ->
                throw ImageRefusal.unsupported(
                        "its TIFF states photometric interpretation %d%s"
                                .formatted(photometric, photometricName(photometric)),
                        "Convert it to RGB.");
        };
    }

    private static String photometricName(int photometric) {
        return switch (photometric) {
            case 4 -> ", a transparency mask";
            case 9 -> ", ICC L*a*b*";
            case 10 -> ", ITU L*a*b*";
            case 32803 -> ", raw samples of a colour filter array";
            case 32844, 32845 -> ", LogLuv";
            case 34892 -> ", raw samples of a camera";
            default -> "";
        };
    }

    private static String name(int photometric) {
        return switch (photometric) {
            case WHITE_IS_ZERO, BLACK_IS_ZERO -> "grey";
            case PALETTE -> "a palette";
            case SEPARATED -> "CMYK";
            case YCBCR -> "YCbCr";
            case CIE_LAB -> "L*a*b*";
            default -> "RGB";
        };
    }

    private static int same(TiffDirectory tags, int tag, int absent, int perPixel, String what) {
        long[] values = tags.values(tag);
        if (values.length == 0) {
            return absent;
        }
        for (int i = 1; i < Math.min(values.length, perPixel); i++) {
            if (values[i] != values[0]) {
                throw ImageRefusal.unsupported(
                        "its TIFF has %ss that differ within a pixel, %d and %d"
                                .formatted(what.substring(0, what.length() - 1), values[0], values[i]),
                        "Convert it to 8 bits per sample.");
            }
        }
        return (int) Math.min(values[0], Integer.MAX_VALUE);
    }

    /** The kinds of the samples beyond the colours; an undeclared fourth sample of RGB is alpha. */
    private static long[] extras(TiffDirectory tags, int photometric, int count) {
        long[] stated = tags.values(TiffDirectory.EXTRA_SAMPLES);
        if (stated.length == 0 && count == 1 && photometric == RGB) {
            return new long[] {STRAIGHT};
        }
        if (photometric <= BLACK_IS_ZERO && count > 1) {
            throw ImageRefusal.unsupported(
                    "its TIFF has %d bands, which are no colours".formatted(count + 1),
                    "Choose the bands to use and save them as grey or RGB.");
        }
        return java.util.Arrays.copyOf(stated, count);
    }

    private static TiffSamples withAlpha(
            int photometric, int bits, int format, int perPixel, int colors, long[] extras) {
        for (int i = 0; i < extras.length; i++) {
            if (extras[i] == ASSOCIATED || extras[i] == STRAIGHT || extras[i] == COREL) {
                return new TiffSamples(photometric, bits, format, perPixel, colors + i, extras[i] == ASSOCIATED);
            }
        }
        return new TiffSamples(photometric, bits, format, perPixel, -1, false);
    }

    private TiffSamples checked() {
        boolean wide = format != UNSIGNED || bits > 16;
        boolean whole = (bits == 8 || bits == 16 || bits == 32) && format <= SIGNED;
        boolean real = bits == 32 && format == FLOAT;
        boolean one = photometric == BLACK_IS_ZERO || (photometric == WHITE_IS_ZERO && format == FLOAT);
        boolean read = wide ? perPixel == 1 && one && (whole || real) : bits >= 1;
        if (!read || (photometric == PALETTE && bits > 8)) {
            throw ImageRefusal.unsupported(
                    "its TIFF has %s samples of %d bits for %s".formatted(formatName(), bits, name(photometric)),
                    "Convert it to unsigned samples of 8 or 16 bits.");
        }
        if (associated && (photometric == SEPARATED || photometric == PALETTE || photometric == CIE_LAB)) {
            throw ImageRefusal.unsupported(
                    "its TIFF has %s multiplied by its transparency".formatted(name(photometric)),
                    "Convert it to RGB with transparency.");
        }
        return this;
    }

    private String formatName() {
        return switch (format) {
            case UNSIGNED -> "unsigned";
            case SIGNED -> "signed";
            case FLOAT -> "floating-point";
            default -> "undefined (format %d)".formatted(format);
        };
    }

    /** Whether samples are numbers of which only 0 to 255 mean a grey: signed, floating-point, or of 32 bits. */
    boolean wide() {
        return format != UNSIGNED || bits > 16;
    }

    /** The samples that are needed: the colours and alpha. */
    int needed() {
        return Math.max(colors(photometric), alpha + 1);
    }
}
