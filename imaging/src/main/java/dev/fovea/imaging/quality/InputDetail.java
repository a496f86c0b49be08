package dev.fovea.imaging.quality;

/**
 * The fine structure of the image of a request, at the resolution at which it was decoded for the model. It is measured
 * on the green channel, which is most of the luma.
 *
 * @param sharpness variance of the Laplacian of the levels; low means blurred
 * @param noise standard deviation of the noise of the levels in the flattest quarter of the sampled patches, by the
 *     mask that neither planes nor edges pass (J. Immerkær, "Fast noise variance estimation", Computer Vision and Image
 *     Understanding 64, 1996)
 * @param blockiness steps at one of eight columns and rows relative to the others, where it is largest, as JPEG's
 *     blocks make them; about 1 without blocks
 */
public record InputDetail(double sharpness, double noise, double blockiness) {

    /** Of an image too small for a patch. */
    static final InputDetail NONE = new InputDetail(0, 0, 1);
}
