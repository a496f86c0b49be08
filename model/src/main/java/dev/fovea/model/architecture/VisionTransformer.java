package dev.fovea.model.architecture;

import static dev.fovea.model.graph.GraphBuilder.integer;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.Size;
import dev.fovea.model.graph.OnnxModel;
import java.util.Arrays;
import java.util.List;

/**
 * A vision transformer with a class token: Dosovitskiy et al. 2021, <i>An Image is Worth 16x16 Words</i>, in timm's
 * names ({@code timm/models/vision_transformer.py}).
 *
 * @param width of a token
 */
record VisionTransformer(int width, int depth, int heads) implements NetworkPlan {

    private static final int PATCH = 16;
    private static final int EDGE = 224;
    private static final int TOKENS = 1 + (EDGE / PATCH) * (EDGE / PATCH);
    private static final float EPSILON = 1e-6f;

    @Override
    public String naming() {
        return "timm";
    }

    @Override
    public String classifier() {
        return "head.weight";
    }

    @Override
    public OnnxModel write(NetworkWriter writer, Size size, int classes) {
        if (size.height() != EDGE || size.width() != EDGE) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "A vision transformer has learned places for %d×%d pixels and not for %s. Use that size."
                            .formatted(EDGE, EDGE, size));
        }
        TransformerLayers layers = new TransformerLayers(writer, EPSILON);
        String x = tokens(writer, layers, size);
        for (int block = 0; block < depth; block++) {
            String name = "blocks.%d".formatted(block);
            String attended = attention(writer, layers, layers.layerNorm(x, name + ".norm1", width), name + ".attn");
            x = writer.operator("Add", x, attended);
            String normed = layers.layerNorm(x, name + ".norm2", width);
            x = writer.operator("Add", x, layers.perceptron(normed, name + ".mlp", width, 4 * width));
        }
        x = layers.layerNorm(x, "norm", width);
        String first = writer.node("Gather", List.of(x, writer.integers(0)), integer("axis", 1));
        String features = writer.node("Flatten", List.of(first), integer("axis", 1));
        return writer.classified(features, "head", width, classes);
    }

    /**
     * Patches with their places behind the class token with its own. The token is added to its place beforehand, so
     * that an empty first token is all that the batch needs.
     */
    private String tokens(NetworkWriter writer, TransformerLayers layers, Size size) {
        ConvolutionWindow window = new ConvolutionWindow(PATCH, PATCH, 1, ConvolutionWindow.Padding.NONE);
        NetworkLayer patches = writer.convolution(writer.images(size), "patch_embed.proj", width, window, true);
        String x = layers.transpose(layers.reshape(patches.value(), 0, width, -1), 0, 2, 1);
        x = writer.operator("Pad", x, writer.integers(0, 1, 0, 0, 0, 0));
        float[] token = writer.values("cls_token", 1, 1, width);
        float[] places = writer.values("pos_embed", 1, TOKENS, width).clone();
        for (int i = 0; i < token.length; i++) {
            places[i] += token[i];
        }
        List<Long> shape = List.of(1L, (long) TOKENS, (long) width);
        return writer.operator("Add", x, writer.derived("pos_embed", shape, places));
    }

    /** Softmax(q kᵀ / √d) v for each head: Vaswani et al. 2017, eq. 1. */
    private String attention(NetworkWriter writer, TransformerLayers layers, String x, String name) {
        float[] weight = writer.values(name + ".qkv.weight", 3L * width, width);
        float[] bias = writer.values(name + ".qkv.bias", 3L * width);
        int each = width / heads;
        String query = part(layers, x, name + ".q", weight, bias, 0);
        String key = part(layers, x, name + ".k", weight, bias, 1);
        String value = part(layers, x, name + ".v", weight, bias, 2);
        query = layers.transpose(layers.reshape(query, 0, TOKENS, heads, each), 0, 2, 1, 3);
        key = layers.transpose(layers.reshape(key, 0, TOKENS, heads, each), 0, 2, 3, 1);
        value = layers.transpose(layers.reshape(value, 0, TOKENS, heads, each), 0, 2, 1, 3);
        query = writer.operator("Mul", query, writer.constant((float) (1 / Math.sqrt(each))));
        String scores = writer.node("Softmax", List.of(writer.operator("MatMul", query, key)), integer("axis", -1));
        String mixed = layers.transpose(writer.operator("MatMul", scores, value), 0, 2, 1, 3);
        return layers.linear(layers.reshape(mixed, 0, TOKENS, width), name + ".proj", width, width);
    }

    /** One of the three thirds of the layer that makes queries, keys and values. */
    private String part(TransformerLayers layers, String x, String name, float[] weight, float[] bias, int third) {
        float[] rows = third(weight, third);
        return layers.linear(
                x, name, width, width, TransformerLayers.transposed(rows, width, width), third(bias, third));
    }

    private static float[] third(float[] values, int number) {
        int length = values.length / 3;
        return Arrays.copyOfRange(values, number * length, (number + 1) * length);
    }
}
