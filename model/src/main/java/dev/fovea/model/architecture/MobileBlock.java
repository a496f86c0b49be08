package dev.fovea.model.architecture;

import java.util.ArrayList;
import java.util.List;

/**
 * An inverted bottleneck: widened by a 1×1 convolution, a depthwise convolution, narrowed again.
 *
 * @param expanded channels in the middle; equal to the input's where nothing is widened
 * @param squeezed channels of squeeze-and-excitation, 0 for none
 * @param place where it stands
 */
record MobileBlock(
        int kernel, int stride, int expanded, int filters, int squeezed, LayerActivation activation, BlockPlace place) {

    /**
     * Where a block stands.
     *
     * @param index among all blocks, from 0
     * @param stage number of its stage; blocks of a stage have the same width
     * @param inStage from 0
     * @param widens whether it has a 1×1 convolution first
     */
    record BlockPlace(int index, int stage, int inStage, boolean widens) {}

    boolean squeezes() {
        return squeezed > 0;
    }

    /** Gives blocks their places, one after the other. */
    static final class BlockList {

        private final List<MobileBlock> blocks = new ArrayList<>();
        private int width;
        private int stage = -1;
        private int inStage;

        /** @param stem channels of the first block's input */
        BlockList(int stem) {
            this.width = stem;
        }

        /** @param expanded 0 for the input's channels */
        BlockList add(int kernel, int stride, int expanded, int filters, int squeezed, LayerActivation activation) {
            boolean first = blocks.isEmpty() || blocks.getLast().filters() != filters;
            stage += first ? 1 : 0;
            inStage = first ? 0 : inStage + 1;
            boolean widens = expanded != 0 && expanded != width;
            BlockPlace place = new BlockPlace(blocks.size(), stage, inStage, widens);
            blocks.add(
                    new MobileBlock(kernel, stride, widens ? expanded : width, filters, squeezed, activation, place));
            width = filters;
            return this;
        }

        /** Blocks that widen by a factor, the first of them with the stride. */
        BlockList repeat(int count, int kernel, int stride, int factor, int filters) {
            for (int i = 0; i < count; i++) {
                add(kernel, i == 0 ? stride : 1, factor * width, filters, 0, LayerActivation.RELU6);
            }
            return this;
        }

        List<MobileBlock> blocks() {
            return List.copyOf(blocks);
        }
    }
}
