package dev.fovea.training;

import static dev.fovea.training.TrainingSettings.require;

import dev.fovea.imaging.Size;
import dev.fovea.imaging.preprocess.Augmentation;

/**
 * Measures against overfitting and against rare classes being neglected.
 *
 * @param labelSmoothing probability spread over all classes, 0 to below 1
 * @param classWeights whether classes are weighted by the inverse square root of their frequency
 * @param augmentation of training images
 * @param mixup parameter of the beta distribution of mixup weights (Zhang et al. 2018, <i>mixup: Beyond Empirical Risk
 *     Minimization</i>); 0 for none
 * @param cutMix probability that a batch is blended by cutmix in place of mixup (Yun et al. 2019); 0 for none
 * @param scale edge of the training images as a fraction of the contract's. Random crops magnify; a fraction below 1
 *     compensates and is faster (Touvron et al. 2019, <i>Fixing the train-test resolution discrepancy</i>)
 */
public record Regularization(
        double labelSmoothing,
        boolean classWeights,
        Augmentation augmentation,
        double mixup,
        double cutMix,
        double scale) {

    public Regularization {
        require(labelSmoothing >= 0 && labelSmoothing < 1, "label smoothing %s must lie in 0..1", labelSmoothing);
        require(mixup >= 0 && mixup <= 1, "mixup %s must lie in 0..1", mixup);
        require(cutMix >= 0 && cutMix <= 1, "cutmix %s must lie in 0..1", cutMix);
        require(scale >= 0.5 && scale <= 1, "scale %s must lie in 0.5..1", scale);
    }

    /** The same with class weights or without. */
    public Regularization withClassWeights(boolean weighted) {
        return new Regularization(labelSmoothing, weighted, augmentation, mixup, cutMix, scale);
    }

    /** The same with training images of another scale. */
    public Regularization withScale(double other) {
        return new Regularization(labelSmoothing, classWeights, augmentation, mixup, cutMix, other);
    }

    /** The size of training images for a given size in serving. */
    public Size trainingSize(Size served) {
        return new Size(scaled(served.height()), scaled(served.width()));
    }

    private int scaled(int edge) {
        return Math.max(1, (int) Math.round(edge * scale));
    }
}
