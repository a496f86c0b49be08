package dev.fovea.model.architecture;

/** How a library names the tensors of networks of inverted bottlenecks; each name without its last part. */
interface MobileNames {

    /** The library. */
    String library();

    String stem();

    String stemNorm();

    String widen(MobileBlock block);

    String widenNorm(MobileBlock block);

    String depthwise(MobileBlock block);

    String depthwiseNorm(MobileBlock block);

    /** The convolution that squeezes. */
    String squeeze(MobileBlock block);

    /** The convolution that excites. */
    String excite(MobileBlock block);

    String narrow(MobileBlock block);

    String narrowNorm(MobileBlock block);

    /** The last convolution, before the mean is taken. */
    String last();

    String lastNorm();

    /** The layer between the mean and the classifier, in networks that have one. */
    String hidden();

    String classifier();
}
