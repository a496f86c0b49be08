package dev.fovea.model.architecture;

/**
 * How a convolution or pooling moves over its input.
 *
 * @param kernel edge
 * @param groups of channels; 1 for all with all
 */
record ConvolutionWindow(int kernel, int stride, int groups, Padding padding) {

    /** What is put around the input. */
    enum Padding {
        NONE,
        /** Half of the kernel on each side, as in PyTorch's networks. */
        HALF,
        /** As much as gives ceil(input / stride) outputs, an odd pixel at the end: TensorFlow's {@code SAME}. */
        SAME
    }

    /** One pixel, all channels with all. */
    static final ConvolutionWindow POINT = new ConvolutionWindow(1, 1, 1, Padding.NONE);

    static ConvolutionWindow full(int kernel, int stride, Padding padding) {
        return new ConvolutionWindow(kernel, stride, 1, padding);
    }

    /** Padding before and after an axis. */
    int[] pads(int length) {
        return switch (padding) {
            case NONE -> new int[] {0, 0};
            case HALF -> new int[] {(kernel - 1) / 2, (kernel - 1) / 2};
            case SAME -> {
                int total = Math.max(0, (Math.ceilDiv(length, stride) - 1) * stride + kernel - length);
                yield new int[] {total / 2, total - total / 2};
            }
        };
    }

    /** Length of the output along an axis. */
    int outputs(int length) {
        int[] pads = pads(length);
        return (length + pads[0] + pads[1] - kernel) / stride + 1;
    }
}
