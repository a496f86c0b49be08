package dev.fovea.imaging.codec;

import java.util.Arrays;
import java.util.Optional;

/**
 * Bit masks of blue, green, red and alpha in a 16- or 32-bit pixel. Fewer than 8 bits are scaled to 0..255 and
 * truncated, as in Pillow. As in Pillow 13, the usual 16-bit layouts have no alpha, whatever their alpha mask. 32-bit
 * pixels with four zero masks have alpha in their last byte.
 */
final class BmpMasks {

    private static final int[] FIVE_BITS = {0x7c00, 0x3e0, 0x1f, 0};
    private static final int[] FIVE_SIX_FIVE = {0xf800, 0x7e0, 0x1f, 0};
    private static final int[] EIGHT_BITS = {0xff0000, 0xff00, 0xff, 0};
    private static final int[] EIGHT_BITS_ALPHA = {0xff0000, 0xff00, 0xff, 0xff000000};

    /** Blue, green, red, alpha. */
    private final int[] masks;

    private final int channels;

    private BmpMasks(int[] redFirst) {
        this.masks = new int[] {redFirst[2], redFirst[1], redFirst[0], redFirst[3]};
        this.channels = redFirst[3] == 0 ? 3 : 4;
    }

    static BmpMasks of(Optional<int[]> stated, int bits) {
        int[] masks = stated.map(each -> specified(each, bits)).orElse(bits == 16 ? FIVE_BITS : EIGHT_BITS);
        for (int mask : masks) {
            long run = (mask & 0xffffffffL) >>> Integer.numberOfTrailingZeros(mask);
            if (mask != 0 && (run & run + 1) != 0) {
                throw ImageRefusal.damaged("BMP with the mask 0x%08x, whose bits are not contiguous".formatted(mask));
            }
        }
        if (masks[0] == 0 || masks[1] == 0 || masks[2] == 0) {
            throw ImageRefusal.unsupported(
                    "its BMP has no mask for one of red, green and blue", "Save it anew as PNG.");
        }
        return new BmpMasks(masks);
    }

    private static int[] specified(int[] stated, int bits) {
        if ((stated[0] | stated[1] | stated[2]) == 0) {
            return bits == 16 ? FIVE_BITS : stated[3] == 0 ? EIGHT_BITS_ALPHA : EIGHT_BITS;
        }
        if (bits == 16 && isColor(stated, FIVE_BITS)) {
            return FIVE_BITS;
        }
        return bits == 16 && isColor(stated, FIVE_SIX_FIVE) ? FIVE_SIX_FIVE : stated;
    }

    /** Whether red, green and blue are those of 24-bit pixels. */
    static boolean areTrueColor(int[] stated) {
        return isColor(stated, EIGHT_BITS);
    }

    private static boolean isColor(int[] stated, int[] known) {
        return Arrays.equals(stated, 0, 3, known, 0, 3);
    }

    int channels() {
        return channels;
    }

    void pixel(int value, byte[] out, int at) {
        for (int c = 0; c < channels; c++) {
            long max = (masks[c] & 0xffffffffL) >>> Integer.numberOfTrailingZeros(masks[c]);
            long part = (value & masks[c] & 0xffffffffL) >>> Integer.numberOfTrailingZeros(masks[c]);
            out[at + c] = (byte) (max == 255 ? part : part * 255 / max);
        }
    }
}
