package dev.fovea.model.architecture;

import dev.fovea.imaging.Size;
import dev.fovea.model.architecture.ConvolutionWindow.Padding;
import dev.fovea.model.graph.OnnxModel;
import java.util.List;

/**
 * ConvNeXt: Liu et al. 2022, <i>A ConvNet for the 2020s</i>, in timm's names ({@code timm/models/convnext.py}).
 *
 * @param depths blocks of each stage
 * @param widths channels of each stage
 */
record ConvNextNetwork(List<Integer> depths, List<Integer> widths) implements NetworkPlan {

    private static final float EPSILON = 1e-6f;
    private static final int EXPANSION = 4;

    @Override
    public String naming() {
        return "timm";
    }

    @Override
    public String classifier() {
        return "head.fc.weight";
    }

    @Override
    public OnnxModel write(NetworkWriter writer, Size size, int classes) {
        TransformerLayers layers = new TransformerLayers(writer, EPSILON);
        int width = widths.getFirst();
        NetworkLayer x = writer.convolution(
                writer.images(size), "stem.0", width, ConvolutionWindow.full(4, 4, Padding.NONE), true);
        x = normed(layers, x, "stem.1");
        for (int stage = 0; stage < depths.size(); stage++) {
            String name = "stages.%d".formatted(stage);
            if (stage > 0) {
                width = widths.get(stage);
                x = writer.convolution(
                        normed(layers, x, name + ".downsample.0"),
                        name + ".downsample.1",
                        width,
                        ConvolutionWindow.full(2, 2, Padding.NONE),
                        true);
            }
            for (int block = 0; block < depths.get(stage); block++) {
                x = block(writer, layers, x, "%s.blocks.%d".formatted(name, block));
            }
        }
        String features = layers.layerNorm(writer.flat(writer.pooled(x)), "head.norm", width);
        return writer.classified(features, "head.fc", width, classes);
    }

    private static NetworkLayer block(NetworkWriter writer, TransformerLayers layers, NetworkLayer x, String name) {
        int width = x.channels();
        ConvolutionWindow depthwise = new ConvolutionWindow(7, 1, width, Padding.HALF);
        String y = layers.transpose(
                writer.convolution(x, name + ".conv_dw", width, depthwise, true).value(), 0, 2, 3, 1);
        y = layers.layerNorm(y, name + ".norm", width);
        y = layers.perceptron(y, name + ".mlp", width, EXPANSION * width);
        y = writer.operator("Mul", y, writer.stored(name + ".gamma", width));
        return writer.add(x, x.as(layers.transpose(y, 0, 3, 1, 2)));
    }

    /** Layer normalisation over the channels of each place. */
    private static NetworkLayer normed(TransformerLayers layers, NetworkLayer x, String name) {
        String last = layers.transpose(x.value(), 0, 2, 3, 1);
        return x.as(layers.transpose(layers.layerNorm(last, name, x.channels()), 0, 3, 1, 2));
    }
}
