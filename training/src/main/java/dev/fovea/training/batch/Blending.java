package dev.fovea.training.batch;

import dev.fovea.imaging.Size;
import dev.fovea.training.batch.Batch.Target;
import java.util.SplittableRandom;

/**
 * Blends the images of a batch by mixup or by cutmix.
 *
 * @param mixup the mixup of a batch
 * @param cutMix the cutmix of a batch
 * @param cutMixShare probability of cutmix in place of mixup
 */
public record Blending(Mixup mixup, CutMix cutMix, double cutMixShare) {

    /** Blending of images of a size. */
    public static Blending of(double mixup, double cutMixShare, Size size, int channels) {
        return new Blending(new Mixup(mixup), new CutMix(size, channels), cutMixShare);
    }

    /** Blends in place; the same random stream gives the same bytes. */
    public Batch blend(int epoch, byte[] pixels, Target[] shown, SplittableRandom random) {
        return cutMixShare > 0 && random.nextDouble() < cutMixShare
                ? cutMix.blend(epoch, pixels, shown, random)
                : mixup.blend(epoch, pixels, shown, random);
    }
}
