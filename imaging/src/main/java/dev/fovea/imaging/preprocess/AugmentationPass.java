package dev.fovea.imaging.preprocess;

import dev.fovea.imaging.Size;
import java.util.random.RandomGenerator;

/** Applies an {@link Augmentation} to one image. Plain Java, so that every machine produces the same bytes. */
final class AugmentationPass {

    /** Fixed-point weights of the bilinear interpolation. */
    private static final int BITS = 8;

    private static final int ONE = 1 << BITS;

    /** ITU-R BT.601 luma in 1/256: red, green, blue. */
    private static final int[] LUMA = {77, 150, 29};

    private final Augmentation.Geometric geometric;
    private final Augmentation.Photometric photometric;
    private final Size from;
    private final int height;
    private final int width;
    private final int channels;
    private final RandomGenerator random;

    AugmentationPass(Augmentation augmentation, Size from, Size to, int channels, RandomGenerator random) {
        this.geometric = augmentation.geometric();
        this.photometric = augmentation.photometric();
        this.from = from;
        this.height = to.height();
        this.width = to.width();
        this.channels = channels;
        this.random = random;
    }

    void run(byte[] source, byte[] target, int offset) {
        place(source, target, offset);
        recolor(target, offset);
        if (random.nextDouble() < photometric.blur()) {
            blur(target, offset);
        }
        addNoise(target, offset, random.nextDouble() * photometric.noise());
        cutOut(target, offset);
    }

    /** Crop, shift, mirror and flip in one bilinear resampling. */
    private void place(byte[] source, byte[] target, int offset) {
        double area = between(geometric.minArea(), 1);
        double aspect = Math.exp(between(-1, 1) * Math.log(geometric.aspect()) / 2);
        double wide = Math.min(1, Math.sqrt(area) * aspect);
        double high = Math.min(1, Math.sqrt(area) / aspect);
        Line columns = line(from.width(), width, wide, geometric.mirror() && random.nextBoolean());
        Line rows = line(from.height(), height, high, geometric.flip() && random.nextBoolean());
        for (int y = 0; y < height; y++) {
            int above = rows.first[y] * from.width() * channels;
            int below = rows.second[y] * from.width() * channels;
            int share = rows.share[y];
            for (int x = 0; x < width; x++) {
                int left = columns.first[x] * channels;
                int right = columns.second[x] * channels;
                int part = columns.share[x];
                for (int c = 0; c < channels; c++) {
                    int top = mix(source[above + left + c], source[above + right + c], part);
                    int bottom = mix(source[below + left + c], source[below + right + c], part);
                    int value = top * (ONE - share) + bottom * share;
                    target[offset++] = (byte) ((value + (1 << (2 * BITS - 1))) >> (2 * BITS));
                }
            }
        }
    }

    /** For each target position, the two source positions and the weight of the second. */
    private record Line(int[] first, int[] second, int[] share) {}

    private Line line(int source, int length, double kept, boolean reversed) {
        double start = between(-geometric.shift(), 1 - kept + geometric.shift()) * source;
        double step = kept * source / length;
        Line line = new Line(new int[length], new int[length], new int[length]);
        for (int i = 0; i < length; i++) {
            double at = start + (i + 0.5) * step - 0.5;
            int low = (int) Math.floor(at);
            int to = reversed ? length - 1 - i : i;
            line.first[to] = reflect(low, source);
            line.second[to] = reflect(low + 1, source);
            line.share[to] = (int) Math.round((at - low) * ONE);
        }
        return line;
    }

    private static int reflect(int position, int length) {
        int folded = Math.floorMod(position, 2 * length);
        return folded < length ? folded : 2 * length - 1 - folded;
    }

    private static int mix(byte a, byte b, int share) {
        return (a & 255) * (ONE - share) + (b & 255) * share;
    }

    private void recolor(byte[] pixels, int offset) {
        double gain = 1 + between(-photometric.contrast(), photometric.contrast());
        double shift = between(-photometric.brightness(), photometric.brightness()) * 255;
        int saturation = (int) Math.round((1 + between(-photometric.saturation(), photometric.saturation())) * ONE);
        byte[] curve = new byte[256];
        for (int i = 0; i < 256; i++) {
            curve[i] = clamp((int) Math.round((i - 128) * gain + 128 + shift));
        }
        int end = offset + height * width * channels;
        for (int i = offset; i < end; i++) {
            pixels[i] = curve[pixels[i] & 255];
        }
        if (channels == 3 && saturation != ONE) {
            saturate(pixels, offset, end, saturation);
        }
    }

    private static void saturate(byte[] pixels, int offset, int end, int saturation) {
        for (int i = offset; i < end; i += 3) {
            int red = pixels[i] & 255;
            int green = pixels[i + 1] & 255;
            int blue = pixels[i + 2] & 255;
            int gray = (red * LUMA[0] + green * LUMA[1] + blue * LUMA[2]) >> 8;
            pixels[i] = clamp(gray + (((red - gray) * saturation) >> BITS));
            pixels[i + 1] = clamp(gray + (((green - gray) * saturation) >> BITS));
            pixels[i + 2] = clamp(gray + (((blue - gray) * saturation) >> BITS));
        }
    }

    private void blur(byte[] pixels, int offset) {
        byte[] sharp = java.util.Arrays.copyOfRange(pixels, offset, offset + height * width * channels);
        int row = width * channels;
        for (int y = 1; y < height - 1; y++) {
            for (int i = y * row + channels; i < (y + 1) * row - channels; i++) {
                int sum = 0;
                for (int near = i - row; near <= i + row; near += row) {
                    sum += (sharp[near - channels] & 255) + (sharp[near] & 255) + (sharp[near + channels] & 255);
                }
                pixels[offset + i] = (byte) (sum / 9);
            }
        }
    }

    /** Approximately normal noise of the given deviation: the sum of four uniform bytes. */
    private void addNoise(byte[] pixels, int offset, double deviation) {
        // Four uniform bytes have the variance 4 · (256² − 1) / 12 and the mean 510.
        int scale = (int) Math.round(deviation / Math.sqrt(4 * (65536 - 1) / 12.0) * 65536);
        if (scale == 0) {
            return;
        }
        int end = offset + height * width * channels;
        for (int i = offset; i < end; i += 2) {
            long bits = random.nextLong();
            pixels[i] = noisy(pixels[i], (int) bits, scale);
            if (i + 1 < end) {
                pixels[i + 1] = noisy(pixels[i + 1], (int) (bits >>> 32), scale);
            }
        }
    }

    private static byte noisy(byte pixel, int bits, int scale) {
        int sum = (bits & 255) + ((bits >>> 8) & 255) + ((bits >>> 16) & 255) + (bits >>> 24) - 510;
        return clamp((pixel & 255) + ((sum * scale) >> 16));
    }

    private void cutOut(byte[] pixels, int offset) {
        int high = (int) (height * random.nextDouble() * photometric.cutout());
        int wide = (int) (width * random.nextDouble() * photometric.cutout());
        int top = random.nextInt(height - high + 1);
        int left = random.nextInt(width - wide + 1);
        for (int y = top; y < top + high; y++) {
            int from = offset + (y * width + left) * channels;
            java.util.Arrays.fill(pixels, from, from + wide * channels, (byte) 128);
        }
    }

    private double between(double low, double high) {
        return low + (high - low) * random.nextDouble();
    }

    private static byte clamp(int value) {
        return (byte) Math.clamp(value, 0, 255);
    }
}
