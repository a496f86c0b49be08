package dev.fovea.training.graph;

import static dev.fovea.model.graph.GraphBuilder.integer;
import static dev.fovea.model.graph.GraphBuilder.ints;

import dev.fovea.model.graph.GraphBuilder;
import dev.fovea.model.graph.OnnxModel;
import java.util.List;
import java.util.stream.LongStream;

/** A vision transformer of two blocks, written as timm's are exported, with random weights. */
final class TinyTransformer {

    private static final long WIDTH = 12;
    private static final long HEADS = 3;
    private static final long TOKENS = 17;

    private final GraphBuilder b = new GraphBuilder("vit");

    private TinyTransformer() {}

    static OnnxModel build() {
        return new TinyTransformer().written();
    }

    private OnnxModel written() {
        String x = b.input("x", GraphBuilder.BATCH, 3, 16, 16);
        String patches = b.node(
                "Conv",
                "patches",
                List.of(x, weight("embed.w", WIDTH, 3, 4, 4), weight("embed.b", WIDTH)),
                ints("strides", 4, 4));
        String flat = b.node("Reshape", "flat", List.of(patches, b.integers("flat.shape", 0, WIDTH, -1)));
        String tokens = b.node("Transpose", "tokens", List.of(flat), ints("perm", 0, 2, 1));
        String n = b.node("Shape", "n", List.of(x), integer("end", 1));
        String target = b.node("Concat", "cls.shape", List.of(n, b.integers("cls.rest", 1, WIDTH)), integer("axis", 0));
        String cls = b.node("Expand", "cls", List.of(weight("cls.token", 1, 1, WIDTH), target));
        String all = b.node("Concat", "all", List.of(cls, tokens), integer("axis", 1));
        String y = b.node("Add", "placed", List.of(all, weight("pos", 1, TOKENS, WIDTH)));
        y = block("b0", y);
        y = norm("last", block("b1", y));
        String first = b.node("Constant", "zero", List.of(), integer("value_int", 0));
        String pooled = b.node("Gather", "pooled", List.of(y, first), integer("axis", 1));
        b.node(
                "Gemm",
                "logits",
                List.of(pooled, weight("head.w", 5, WIDTH), weight("head.b", 5)),
                integer("transB", 1));
        return b.output("logits", GraphBuilder.BATCH, 5).build();
    }

    private String block(String name, String x) {
        String attended = b.node("Add", name + ".a", List.of(x, attention(name + ".attn", norm(name + ".n1", x))));
        String hidden = linear(name + ".fc1", norm(name + ".n2", attended), WIDTH, 2 * WIDTH);
        String ratio = b.node("Div", name + ".ratio", List.of(hidden, number(name + ".root", 1.4142135f)));
        String erf = b.node("Erf", name + ".erf", List.of(ratio));
        String plus = b.node("Add", name + ".plus", List.of(erf, number(name + ".one", 1)));
        String gated = b.node("Mul", name + ".gated", List.of(hidden, plus));
        String act = b.node("Mul", name + ".act", List.of(gated, number(name + ".half", 0.5f)));
        return b.node("Add", name + ".y", List.of(attended, linear(name + ".fc2", act, 2 * WIDTH, WIDTH)));
    }

    private String attention(String name, String x) {
        String qkv = linear(name + ".qkv", x, WIDTH, 3 * WIDTH);
        String shape = b.integers(name + ".heads", 0, TOKENS, 3, HEADS, WIDTH / HEADS);
        String split = b.node("Reshape", name + ".split", List.of(qkv, shape));
        String ordered = b.node("Transpose", name + ".ordered", List.of(split), ints("perm", 2, 0, 3, 1, 4));
        List<String> parts = LongStream.range(0, 3)
                .mapToObj(i -> b.node(
                        "Gather",
                        name + ".part" + i,
                        List.of(ordered, b.node("Constant", name + ".i" + i, List.of(), integer("value_int", i))),
                        integer("axis", 0)))
                .toList();
        String turned = b.node("Transpose", name + ".turned", List.of(parts.get(1)), ints("perm", 0, 1, 3, 2));
        String scores = b.node("MatMul", name + ".scores", List.of(parts.getFirst(), turned));
        String scaled = b.node("Mul", name + ".scaled", List.of(scores, number(name + ".scale", 0.5f)));
        String shares = b.node("Softmax", name + ".shares", List.of(scaled), integer("axis", -1));
        String seen = b.node("MatMul", name + ".seen", List.of(shares, parts.getLast()));
        String back = b.node("Transpose", name + ".back", List.of(seen), ints("perm", 0, 2, 1, 3));
        String joined =
                b.node("Reshape", name + ".joined", List.of(back, b.integers(name + ".flat", 0, TOKENS, WIDTH)));
        return linear(name + ".proj", joined, WIDTH, WIDTH);
    }

    private String norm(String name, String x) {
        return b.node("LayerNormalization", name, List.of(x, weight(name + ".w", WIDTH), weight(name + ".b", WIDTH)));
    }

    private String linear(String name, String x, long from, long to) {
        String product = b.node("MatMul", name + ".product", List.of(x, weight(name + ".w", from, to)));
        return b.node("Add", name, List.of(weight(name + ".b", to), product));
    }

    private String number(String name, float value) {
        return b.weights(name, List.of(), new float[] {value});
    }

    private String weight(String name, long... shape) {
        return OperatorCase.weights(b, name, false, shape);
    }
}
