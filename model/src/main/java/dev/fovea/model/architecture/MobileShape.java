package dev.fovea.model.architecture;

import static dev.fovea.model.architecture.LayerActivation.HARD_SWISH;
import static dev.fovea.model.architecture.LayerActivation.RELU;
import static dev.fovea.model.architecture.LayerActivation.RELU6;

import dev.fovea.model.architecture.MobileBlock.BlockList;
import java.util.List;

/**
 * Widths and blocks of a network of inverted bottlenecks.
 *
 * @param stem channels of the first convolution
 * @param last channels of the last one before the mean
 * @param hidden channels of a layer between the mean and the classifier; 0 for none
 * @param outer activation outside the blocks
 */
record MobileShape(int stem, List<MobileBlock> blocks, int last, int hidden, LayerActivation outer) {

    private static final int DIVISOR = 8;

    /** Table 2 of Sandler et al. 2018. */
    static MobileShape mobileNetV2() {
        List<MobileBlock> blocks = new BlockList(32)
                .repeat(1, 3, 1, 1, 16)
                .repeat(2, 3, 2, 6, 24)
                .repeat(3, 3, 2, 6, 32)
                .repeat(4, 3, 2, 6, 64)
                .repeat(3, 3, 1, 6, 96)
                .repeat(3, 3, 2, 6, 160)
                .repeat(1, 3, 1, 6, 320)
                .blocks();
        return new MobileShape(32, blocks, 1280, 0, RELU6);
    }

    /**
     * EfficientNet-B0 without squeeze-and-excitation; stem, head and the depths of the first and last stage are not
     * scaled. Source: {@code efficientnet_lite_builder.py} in TensorFlow's {@code tpu} repository.
     */
    static MobileShape efficientNetLite(double width, double depth) {
        List<MobileBlock> blocks = new BlockList(32)
                .repeat(1, 3, 1, 1, round(width * 16))
                .repeat(deep(2, depth), 3, 2, 6, round(width * 24))
                .repeat(deep(2, depth), 5, 2, 6, round(width * 40))
                .repeat(deep(3, depth), 3, 2, 6, round(width * 80))
                .repeat(deep(3, depth), 5, 1, 6, round(width * 112))
                .repeat(deep(4, depth), 5, 2, 6, round(width * 192))
                .repeat(1, 3, 1, 6, round(width * 320))
                .blocks();
        return new MobileShape(32, blocks, 1280, 0, RELU6);
    }

    private static int deep(int blocks, double depth) {
        return (int) Math.ceil(depth * blocks);
    }

    /** The nearest multiple of 8 that is not more than a tenth smaller. */
    private static int round(double channels) {
        int rounded = Math.max(DIVISOR, (int) (channels + DIVISOR / 2.0) / DIVISOR * DIVISOR);
        return rounded < 0.9 * channels ? rounded + DIVISOR : rounded;
    }

    /** Table 1 of Howard et al. 2019. */
    static MobileShape mobileNetV3Large() {
        List<MobileBlock> blocks = new BlockList(16)
                .add(3, 1, 16, 16, 0, RELU)
                .add(3, 2, 64, 24, 0, RELU)
                .add(3, 1, 72, 24, 0, RELU)
                .add(5, 2, 72, 40, squeezed(72), RELU)
                .add(5, 1, 120, 40, squeezed(120), RELU)
                .add(5, 1, 120, 40, squeezed(120), RELU)
                .add(3, 2, 240, 80, 0, HARD_SWISH)
                .add(3, 1, 200, 80, 0, HARD_SWISH)
                .add(3, 1, 184, 80, 0, HARD_SWISH)
                .add(3, 1, 184, 80, 0, HARD_SWISH)
                .add(3, 1, 480, 112, squeezed(480), HARD_SWISH)
                .add(3, 1, 672, 112, squeezed(672), HARD_SWISH)
                .add(5, 2, 672, 160, squeezed(672), HARD_SWISH)
                .add(5, 1, 960, 160, squeezed(960), HARD_SWISH)
                .add(5, 1, 960, 160, squeezed(960), HARD_SWISH)
                .blocks();
        return new MobileShape(16, blocks, 960, 1280, HARD_SWISH);
    }

    /** Table 2 of Howard et al. 2019. */
    static MobileShape mobileNetV3Small() {
        List<MobileBlock> blocks = new BlockList(16)
                .add(3, 2, 16, 16, squeezed(16), RELU)
                .add(3, 2, 72, 24, 0, RELU)
                .add(3, 1, 88, 24, 0, RELU)
                .add(5, 2, 96, 40, squeezed(96), HARD_SWISH)
                .add(5, 1, 240, 40, squeezed(240), HARD_SWISH)
                .add(5, 1, 240, 40, squeezed(240), HARD_SWISH)
                .add(5, 1, 120, 48, squeezed(120), HARD_SWISH)
                .add(5, 1, 144, 48, squeezed(144), HARD_SWISH)
                .add(5, 2, 288, 96, squeezed(288), HARD_SWISH)
                .add(5, 1, 576, 96, squeezed(576), HARD_SWISH)
                .add(5, 1, 576, 96, squeezed(576), HARD_SWISH)
                .blocks();
        return new MobileShape(16, blocks, 576, 1024, HARD_SWISH);
    }

    private static int squeezed(int expanded) {
        return round(expanded / 4.0);
    }

    int stages() {
        return blocks.getLast().place().stage() + 1;
    }
}
