package dev.fovea.training.batch;

import dev.fovea.imaging.Size;
import dev.fovea.training.batch.Batch.Target;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Pastes a rectangle of the next image of a batch into each image, which is then of both classes by their area (Yun et
 * al. 2019, <i>CutMix: Regularization Strategy to Train Strong Classifiers</i>). The area's share is uniform, as there.
 */
public record CutMix(Size size, int channels) {

    /** Pastes in place. */
    public Batch blend(int epoch, byte[] pixels, Target[] shown, SplittableRandom random) {
        if (shown.length < 2) {
            return new Batch(epoch, pixels, shown);
        }
        int each = pixels.length / shown.length;
        Target[] targets = new Target[shown.length];
        byte[] first = Arrays.copyOf(pixels, each);
        for (int i = 0; i < shown.length; i++) {
            boolean last = i + 1 == shown.length;
            double share = paste(pixels, i * each, last ? first : pixels, last ? 0 : (i + 1) * each, random);
            targets[i] = shown[i].blend(shown[last ? 0 : i + 1], share);
        }
        return new Batch(epoch, pixels, targets);
    }

    /** Returns the share of the area that was pasted, which is less at a border. */
    private double paste(byte[] target, int at, byte[] other, int from, SplittableRandom random) {
        double edge = Math.sqrt(1 - random.nextDouble());
        int top = start(random, size.height(), edge);
        int left = start(random, size.width(), edge);
        int bottom = Math.min(size.height(), top + (int) (size.height() * edge));
        int right = Math.min(size.width(), left + (int) (size.width() * edge));
        top = Math.max(0, top);
        left = Math.max(0, left);
        for (int y = top; y < bottom; y++) {
            int offset = (y * size.width() + left) * channels;
            System.arraycopy(other, from + offset, target, at + offset, (right - left) * channels);
        }
        double area = Math.max(0, bottom - top) * (double) Math.max(0, right - left);
        return area / ((double) size.height() * size.width());
    }

    /** The rectangle's middle is anywhere in the image. */
    private static int start(SplittableRandom random, int length, double edge) {
        return random.nextInt(length) - (int) (length * edge / 2);
    }
}
