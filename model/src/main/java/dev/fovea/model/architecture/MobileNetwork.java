package dev.fovea.model.architecture;

import static dev.fovea.model.architecture.LayerActivation.HARD_SIGMOID;
import static dev.fovea.model.architecture.LayerActivation.NONE;
import static dev.fovea.model.architecture.LayerActivation.RELU;

import dev.fovea.imaging.Size;
import dev.fovea.model.architecture.ConvolutionWindow.Padding;
import dev.fovea.model.graph.OnnxModel;

/**
 * A network of inverted bottlenecks: MobileNetV2 (Sandler et al. 2018), MobileNetV3 (Howard et al. 2019) and
 * EfficientNet-Lite.
 *
 * @param shape its widths and blocks
 * @param padding of convolutions of more than a pixel
 * @param epsilon of batch normalisation
 */
record MobileNetwork(MobileShape shape, MobileNames names, Padding padding, float epsilon) implements NetworkPlan {

    @Override
    public String naming() {
        return names.library();
    }

    @Override
    public String classifier() {
        return names.classifier() + ".weight";
    }

    @Override
    public OnnxModel write(NetworkWriter writer, Size size, int classes) {
        NetworkLayer x = convolution(
                writer,
                writer.images(size),
                names.stem(),
                names.stemNorm(),
                shape.stem(),
                ConvolutionWindow.full(3, 2, padding),
                shape.outer());
        for (MobileBlock block : shape.blocks()) {
            x = block(writer, x, block);
        }
        x = convolution(
                writer, x, names.last(), names.lastNorm(), shape.last(), ConvolutionWindow.POINT, shape.outer());
        x = writer.pooled(x);
        if (shape.hidden() == 0) {
            return writer.classified(writer.flat(x), names.classifier(), x.channels(), classes);
        }
        // a linear layer on one place is a convolution of one pixel, and timm stores it as one
        x = writer.linearAtPlace(x, names.hidden(), shape.hidden());
        x = writer.activation(x, shape.outer());
        return writer.classified(writer.flat(x), names.classifier(), x.channels(), classes);
    }

    private NetworkLayer block(NetworkWriter writer, NetworkLayer x, MobileBlock block) {
        NetworkLayer y = x;
        if (block.place().widens()) {
            y = convolution(
                    writer,
                    y,
                    names.widen(block),
                    names.widenNorm(block),
                    block.expanded(),
                    ConvolutionWindow.POINT,
                    block.activation());
        }
        y = convolution(
                writer,
                y,
                names.depthwise(block),
                names.depthwiseNorm(block),
                block.expanded(),
                new ConvolutionWindow(block.kernel(), block.stride(), block.expanded(), padding),
                block.activation());
        if (block.squeezes()) {
            y = writer.multiply(y, gate(writer, y, block));
        }
        y = convolution(
                writer,
                y,
                names.narrow(block),
                names.narrowNorm(block),
                block.filters(),
                ConvolutionWindow.POINT,
                NONE);
        return block.stride() == 1 && x.channels() == y.channels() ? writer.add(x, y) : y;
    }

    /** Squeeze-and-excitation: a factor for each channel, from the means of all. */
    private NetworkLayer gate(NetworkWriter writer, NetworkLayer x, MobileBlock block) {
        NetworkLayer gate = writer.convolution(
                writer.pooled(x), names.squeeze(block), block.squeezed(), ConvolutionWindow.POINT, true);
        gate = writer.activation(gate, RELU);
        gate = writer.convolution(gate, names.excite(block), x.channels(), ConvolutionWindow.POINT, true);
        return writer.activation(gate, HARD_SIGMOID);
    }

    private NetworkLayer convolution(
            NetworkWriter writer,
            NetworkLayer x,
            String name,
            String norm,
            int filters,
            ConvolutionWindow window,
            LayerActivation activation) {
        NetworkLayer y = writer.batchNorm(writer.convolution(x, name, filters, window, false), norm, epsilon);
        return writer.activation(y, activation);
    }
}
