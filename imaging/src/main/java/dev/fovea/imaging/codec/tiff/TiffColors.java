package dev.fovea.imaging.codec.tiff;

import dev.fovea.imaging.codec.Colors;
import dev.fovea.imaging.codec.ImageRefusal;
import dev.fovea.imaging.codec.TiffDirectory;

/** The samples of a row, as bytes, to the pixels of a row: grey, blue-green-red, or with alpha. */
final class TiffColors {

    private final TiffSamples samples;
    private final byte[] palette;

    TiffColors(TiffSamples samples, TiffDirectory tags) {
        this.samples = samples;
        this.palette = samples.photometric() == TiffSamples.PALETTE ? palette(tags, samples.bits()) : new byte[0];
    }

    /** Channels of the pixels. */
    int channels() {
        if (samples.alpha() >= 0) {
            return 4;
        }
        return samples.photometric() <= TiffSamples.BLACK_IS_ZERO ? 1 : 3;
    }

    /** Blue, green, red per index; a map whose entries are all below 256 contains bytes, as old programs wrote it. */
    private static byte[] palette(TiffDirectory tags, int bits) {
        long[] map = tags.values(TiffDirectory.COLOR_MAP);
        int colors = 1 << bits;
        if (map.length < 3 * colors) {
            throw ImageRefusal.damaged("TIFF palette of %d values for %d colours".formatted(map.length, colors));
        }
        boolean bytes = java.util.Arrays.stream(map).allMatch(value -> value < 256);
        byte[] palette = new byte[3 * colors];
        for (int i = 0; i < colors; i++) {
            for (int c = 0; c < 3; c++) {
                long value = map[(2 - c) * colors + i];
                palette[3 * i + c] = (byte) (bytes ? value : value >> 8);
            }
        }
        return palette;
    }

    /** Converts {@code count} pixels of {@link TiffSamples#needed} or more samples each, {@code stride} apart. */
    void convert(byte[] in, int stride, int count, byte[] out) {
        int channels = channels();
        for (int i = 0, from = 0, to = 0; i < count; i++, from += stride, to += channels) {
            color(in, from, out, to, channels);
            if (samples.alpha() >= 0) {
                int alpha = in[from + samples.alpha()] & 0xff;
                out[to + 3] = (byte) alpha;
                if (samples.associated()) {
                    for (int c = 0; c < 3; c++) {
                        out[to + c] = Colors.straight(out[to + c] & 0xff, alpha);
                    }
                }
            }
        }
    }

    private void color(byte[] in, int from, byte[] out, int to, int channels) {
        switch (samples.photometric()) {
            case TiffSamples.RGB, TiffSamples.YCBCR -> {
                // YCbCr rows come as RGB
                out[to] = in[from + 2];
                out[to + 1] = in[from + 1];
                out[to + 2] = in[from];
            }
            case TiffSamples.PALETTE -> System.arraycopy(palette, 3 * (in[from] & 0xff), out, to, 3);
            case TiffSamples.SEPARATED ->
                Colors.cmyk(in[from] & 0xff, in[from + 1] & 0xff, in[from + 2] & 0xff, in[from + 3] & 0xff, out, to);
            case TiffSamples.CIE_LAB -> Colors.lab(in[from] & 0xff, in[from + 1], in[from + 2], out, to);
            default -> {
                boolean invert = samples.photometric() == TiffSamples.WHITE_IS_ZERO && !samples.wide();
                byte gray = (byte) (invert ? ~in[from] : in[from]);
                java.util.Arrays.fill(out, to, to + Math.min(channels, 3), gray);
            }
        }
    }
}
