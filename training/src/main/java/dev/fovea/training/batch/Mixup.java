package dev.fovea.training.batch;

import dev.fovea.training.batch.Batch.Target;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Blends each image of a batch with the one after it (Zhang et al. 2018, <i>mixup: Beyond Empirical Risk
 * Minimization</i>), so that a network cannot learn the few images there are by heart.
 *
 * @param parameter of the beta distribution of the shares; 0 blends nothing
 */
public record Mixup(double parameter) {

    private static final int ONE = 256;

    /** Blends the images of a batch in place. */
    public Batch blend(int epoch, byte[] pixels, Target[] shown, SplittableRandom random) {
        if (parameter == 0 || shown.length < 2) {
            return new Batch(epoch, pixels, shown);
        }
        int each = pixels.length / shown.length;
        Target[] targets = new Target[shown.length];
        byte[] first = Arrays.copyOf(pixels, each);
        for (int i = 0; i < shown.length; i++) {
            boolean last = i + 1 == shown.length;
            int part = (int) Math.round(share(random) * ONE);
            mix(pixels, i * each, last ? first : pixels, last ? 0 : (i + 1) * each, each, part);
            targets[i] = shown[i].blend(shown[last ? 0 : i + 1], part / (double) ONE);
        }
        return new Batch(epoch, pixels, targets);
    }

    private static void mix(byte[] target, int at, byte[] other, int from, int length, int part) {
        if (part == 0) {
            return;
        }
        for (int i = 0; i < length; i++) {
            int sum = (target[at + i] & 255) * (ONE - part) + (other[from + i] & 255) * part;
            target[at + i] = (byte) ((sum + ONE / 2) / ONE);
        }
    }

    /**
     * The smaller part of a pair drawn from the beta distribution, by Jöhnk's method, which suits parameters up to 1.
     */
    private double share(SplittableRandom random) {
        while (true) {
            double x = Math.pow(random.nextDouble(), 1 / parameter);
            double y = Math.pow(random.nextDouble(), 1 / parameter);
            double sum = x + y;
            if (sum > 0 && sum <= 1) {
                return Math.min(x, y) / sum;
            }
        }
    }
}
