package dev.fovea.model.architecture;

import dev.fovea.imaging.Size;
import dev.fovea.model.architecture.ConvolutionWindow.Padding;
import dev.fovea.model.graph.OnnxModel;
import java.util.List;

/**
 * ResNet: He et al. 2016, <i>Deep Residual Learning</i>. torchvision and timm give the tensors the same names, and both
 * have the stride of a bottleneck at its 3×3 convolution.
 *
 * @param blocks for each of the four stages
 * @param bottleneck whether a block has three convolutions, the middle one a quarter as wide
 */
record ResidualNetwork(List<Integer> blocks, boolean bottleneck) implements NetworkPlan {

    private static final float EPSILON = 1e-5f;
    private static final int STEM = 64;
    private static final int EXPANSION = 4;

    @Override
    public String naming() {
        return "torchvision, timm";
    }

    @Override
    public String classifier() {
        return "fc.weight";
    }

    @Override
    public OnnxModel write(NetworkWriter writer, Size size, int classes) {
        NetworkLayer x = writer.convolution(
                writer.images(size), "conv1", STEM, ConvolutionWindow.full(7, 2, Padding.HALF), false);
        x = writer.activation(writer.batchNorm(x, "bn1", EPSILON), LayerActivation.RELU);
        x = writer.maxPool(x, ConvolutionWindow.full(3, 2, Padding.HALF));
        for (int stage = 0; stage < blocks.size(); stage++) {
            for (int block = 0; block < blocks.get(stage); block++) {
                int stride = stage > 0 && block == 0 ? 2 : 1;
                x = block(writer, x, "layer%d.%d".formatted(stage + 1, block), STEM << stage, stride);
            }
        }
        return writer.classified(writer.flat(writer.pooled(x)), "fc", x.channels(), classes);
    }

    private NetworkLayer block(NetworkWriter writer, NetworkLayer x, String name, int width, int stride) {
        int channels = bottleneck ? EXPANSION * width : width;
        NetworkLayer branch;
        if (bottleneck) {
            branch = active(writer, x, name, 1, width, ConvolutionWindow.POINT);
            branch = active(writer, branch, name, 2, width, ConvolutionWindow.full(3, stride, Padding.HALF));
            branch = normed(writer, branch, name, 3, channels, ConvolutionWindow.POINT);
        } else {
            branch = active(writer, x, name, 1, width, ConvolutionWindow.full(3, stride, Padding.HALF));
            branch = normed(writer, branch, name, 2, width, ConvolutionWindow.full(3, 1, Padding.HALF));
        }
        NetworkLayer shortcut = x;
        if (stride > 1 || x.channels() != channels) {
            shortcut = writer.convolution(
                    x, name + ".downsample.0", channels, ConvolutionWindow.full(1, stride, Padding.NONE), false);
            shortcut = writer.batchNorm(shortcut, name + ".downsample.1", EPSILON);
        }
        return writer.activation(writer.add(branch, shortcut), LayerActivation.RELU);
    }

    private static NetworkLayer active(
            NetworkWriter writer, NetworkLayer x, String name, int number, int filters, ConvolutionWindow window) {
        return writer.activation(normed(writer, x, name, number, filters, window), LayerActivation.RELU);
    }

    private static NetworkLayer normed(
            NetworkWriter writer, NetworkLayer x, String name, int number, int filters, ConvolutionWindow window) {
        NetworkLayer y = writer.convolution(x, "%s.conv%d".formatted(name, number), filters, window, false);
        return writer.batchNorm(y, "%s.bn%d".formatted(name, number), EPSILON);
    }
}
