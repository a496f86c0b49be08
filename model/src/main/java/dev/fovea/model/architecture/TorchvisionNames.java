package dev.fovea.model.architecture;

/**
 * torchvision's names: modules by their number in a sequence. Source: {@code torchvision/models/mobilenetv2.py} and
 * {@code mobilenetv3.py}.
 *
 * @param third whether the network is MobileNetV3, whose blocks are sequences of pairs throughout
 * @param blocks how many there are
 */
record TorchvisionNames(boolean third, int blocks) implements MobileNames {

    @Override
    public String library() {
        return "torchvision";
    }

    @Override
    public String stem() {
        return "features.0.0";
    }

    @Override
    public String stemNorm() {
        return "features.0.1";
    }

    /** The part of a block with a number, counted without the widening where there is none. */
    private String part(MobileBlock block, int number) {
        return "features.%d.%s.%d"
                .formatted(
                        block.place().index() + 1,
                        third ? "block" : "conv",
                        block.place().widens() ? number : number - 1);
    }

    @Override
    public String widen(MobileBlock block) {
        return part(block, 0) + ".0";
    }

    @Override
    public String widenNorm(MobileBlock block) {
        return part(block, 0) + ".1";
    }

    @Override
    public String depthwise(MobileBlock block) {
        return part(block, 1) + ".0";
    }

    @Override
    public String depthwiseNorm(MobileBlock block) {
        return part(block, 1) + ".1";
    }

    @Override
    public String squeeze(MobileBlock block) {
        return part(block, 2) + ".fc1";
    }

    @Override
    public String excite(MobileBlock block) {
        return part(block, 2) + ".fc2";
    }

    @Override
    public String narrow(MobileBlock block) {
        return third ? part(block, block.squeezes() ? 3 : 2) + ".0" : part(block, 2);
    }

    @Override
    public String narrowNorm(MobileBlock block) {
        return third ? part(block, block.squeezes() ? 3 : 2) + ".1" : part(block, 3);
    }

    @Override
    public String last() {
        return "features.%d.0".formatted(blocks + 1);
    }

    @Override
    public String lastNorm() {
        return "features.%d.1".formatted(blocks + 1);
    }

    @Override
    public String hidden() {
        return "classifier.0";
    }

    @Override
    public String classifier() {
        return third ? "classifier.3" : "classifier.1";
    }
}
