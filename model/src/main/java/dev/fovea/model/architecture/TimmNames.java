package dev.fovea.model.architecture;

/**
 * timm's names. Source: {@code timm/models/_efficientnet_blocks.py}: a block that does not widen is a
 * {@code DepthwiseSeparableConv}, others are {@code InvertedResidual}.
 *
 * @param last name of the last convolution before the mean
 * @param lastNorm name of its normalisation
 */
record TimmNames(String last, String lastNorm) implements MobileNames {

    /** MobileNetV2 and EfficientNet. */
    static final TimmNames WITH_HEAD = new TimmNames("conv_head", "bn2");

    /**
     * MobileNetV3, whose {@code conv_head} comes after the mean.
     *
     * @param stages of blocks before the last convolution
     */
    static TimmNames mobileNetV3(int stages) {
        String last = "blocks.%d.0".formatted(stages);
        return new TimmNames(last + ".conv", last + ".bn1");
    }

    @Override
    public String library() {
        return "timm";
    }

    @Override
    public String stem() {
        return "conv_stem";
    }

    @Override
    public String stemNorm() {
        return "bn1";
    }

    private static String of(MobileBlock block, String part) {
        return "blocks.%d.%d.%s".formatted(block.place().stage(), block.place().inStage(), part);
    }

    private static boolean widens(MobileBlock block) {
        return block.place().widens();
    }

    @Override
    public String widen(MobileBlock block) {
        return of(block, "conv_pw");
    }

    @Override
    public String widenNorm(MobileBlock block) {
        return of(block, "bn1");
    }

    @Override
    public String depthwise(MobileBlock block) {
        return of(block, "conv_dw");
    }

    @Override
    public String depthwiseNorm(MobileBlock block) {
        return of(block, widens(block) ? "bn2" : "bn1");
    }

    @Override
    public String squeeze(MobileBlock block) {
        return of(block, "se.conv_reduce");
    }

    @Override
    public String excite(MobileBlock block) {
        return of(block, "se.conv_expand");
    }

    @Override
    public String narrow(MobileBlock block) {
        return of(block, widens(block) ? "conv_pwl" : "conv_pw");
    }

    @Override
    public String narrowNorm(MobileBlock block) {
        return of(block, widens(block) ? "bn3" : "bn2");
    }

    @Override
    public String hidden() {
        return "conv_head";
    }

    @Override
    public String classifier() {
        return "classifier";
    }
}
