package dev.fovea.training.graph;

import static dev.fovea.model.graph.GraphBuilder.integer;
import static dev.fovea.model.graph.GraphBuilder.ints;
import static dev.fovea.training.graph.OperatorCase.graph;
import static dev.fovea.training.graph.OperatorCase.weights;

import dev.fovea.model.graph.GraphBuilder;
import java.util.List;
import java.util.stream.Stream;

/** Groups of operators as PyTorch's exporter writes them for torchvision, timm and Ultralytics. */
final class ExportedPatterns {

    private static final long FLOAT = 1;
    private static final long INT64 = 7;

    private ExportedPatterns() {}

    static Stream<OperatorCase> all() {
        return Stream.of(
                graph(
                                "attention",
                                List.of("MatMul", "Gather", "Transpose", "Reshape", "Softmax"),
                                ExportedPatterns::attention)
                        .over(2, 5, 6),
                graph(
                        "dynamic reshape",
                        List.of("Shape", "Gather", "Concat", "Reshape", "Unsqueeze"),
                        ExportedPatterns::view),
                graph("half of the width", List.of("Shape", "Div", "Cast", "Slice"), ExportedPatterns::half),
                graph(
                        "layer norm in parts",
                        List.of("ReduceMean", "Sub", "Pow", "Sqrt", "Div"),
                        ExportedPatterns::layerNorm),
                graph("gelu in parts", List.of("Erf", "Div", "Mul"), ExportedPatterns::gelu),
                graph("squeeze and excitation", List.of("HardSigmoid", "HardSwish"), ExportedPatterns::excitation),
                graph(
                                "class token",
                                List.of("ConstantOfShape", "Expand", "Equal", "Where", "Concat"),
                                ExportedPatterns::classToken)
                        .over(2, 5, 6),
                graph("two halves", List.of("Split"), ExportedPatterns::halves),
                graph("unequal parts", List.of("Split"), ExportedPatterns::parts),
                graph(
                        "window",
                        List.of("Range", "Less", "GreaterOrEqual", "And", "Or", "Xor", "Not"),
                        ExportedPatterns::window),
                graph("relative positions", List.of("Gather", "Constant"), ExportedPatterns::positions)
                        .over(2, 6, 6),
                graph(
                        "highest",
                        List.of("ArgMax", "ArgMin", "Greater", "LessOrEqual", "CastLike", "Size"),
                        ExportedPatterns::highest));
    }

    /** timm's: one product for queries, keys and values, taken apart by Gather on an axis of length 3. */
    private static String attention(GraphBuilder b, String x) {
        String qkv = b.node("MatMul", "qkv", List.of(x, weights(b, "qkv.weight", false, 6, 18)));
        String biased = b.node("Add", "biased", List.of(weights(b, "qkv.bias", false, 18), qkv));
        String split = b.node("Reshape", "split", List.of(biased, b.integers("heads", 0, 5, 3, 2, 3)));
        String ordered = b.node("Transpose", "ordered", List.of(split), ints("perm", 2, 0, 3, 1, 4));
        String q = b.node("Gather", "q", List.of(ordered, scalar(b, "i0", 0)), integer("axis", 0));
        String k = b.node("Gather", "k", List.of(ordered, scalar(b, "i1", 1)), integer("axis", 0));
        String v = b.node("Gather", "v", List.of(ordered, scalar(b, "i2", 2)), integer("axis", 0));
        String turned = b.node("Transpose", "turned", List.of(k), ints("perm", 0, 1, 3, 2));
        String scaled = b.node("Mul", "scaled", List.of(q, b.weights("scale", List.of(), new float[] {0.577f})));
        String scores = b.node("MatMul", "scores", List.of(scaled, turned));
        String shares = b.node("Softmax", "shares", List.of(scores), integer("axis", -1));
        String seen = b.node("MatMul", "seen", List.of(shares, v));
        String back = b.node("Transpose", "back", List.of(seen), ints("perm", 0, 2, 1, 3));
        return b.node("Reshape", "y", List.of(back, b.integers("joined", 0, 5, 6)));
    }

    /** {@code x.view(x.size(0), x.size(1), -1)}. */
    private static String view(GraphBuilder b, String x) {
        String shape = b.node("Shape", "shape", List.of(x));
        String n = b.node("Gather", "n", List.of(shape, scalar(b, "i0", 0)), integer("axis", 0));
        String c = b.node("Gather", "c", List.of(shape, scalar(b, "i1", 1)), integer("axis", 0));
        String first = b.node("Unsqueeze", "first", List.of(n, b.integers("at0", 0)));
        String second = b.node("Unsqueeze", "second", List.of(c, b.integers("at1", 0)));
        String target = b.node("Concat", "target", List.of(first, second, b.integers("rest", -1)), integer("axis", 0));
        return b.node("Reshape", "y", List.of(x, target));
    }

    private static String half(GraphBuilder b, String x) {
        String shape = b.node("Shape", "shape", List.of(x), integer("start", -1));
        String half = b.node("Div", "half", List.of(shape, b.integers("two", 2)));
        String narrow = b.node("Cast", "narrow", List.of(half), integer("to", 6));
        String wide = b.node("Cast", "wide", List.of(narrow), integer("to", INT64));
        return b.node("Slice", "y", List.of(x, b.integers("zero", 0), wide, b.integers("axis", 3)));
    }

    private static String layerNorm(GraphBuilder b, String x) {
        String mean = b.node("ReduceMean", "mean", List.of(x), ints("axes", -1));
        String centred = b.node("Sub", "centred", List.of(x, mean));
        String squares = b.node("Pow", "squares", List.of(centred, b.weights("two", List.of(), new float[] {2})));
        String variance = b.node("ReduceMean", "variance", List.of(squares), ints("axes", -1));
        String safe = b.node("Add", "safe", List.of(variance, b.weights("eps", List.of(), new float[] {1e-5f})));
        String normal = b.node("Div", "normal", List.of(centred, b.node("Sqrt", "deviation", List.of(safe))));
        String scaled = b.node("Mul", "scaled", List.of(normal, weights(b, "gamma", false, 6)));
        return b.node("Add", "y", List.of(scaled, weights(b, "beta", false, 6)));
    }

    private static String gelu(GraphBuilder b, String x) {
        String ratio = b.node("Div", "ratio", List.of(x, b.weights("root", List.of(), new float[] {1.4142135f})));
        String plus = b.node(
                "Add", "plus", List.of(b.node("Erf", "erf", List.of(ratio)), b.weights("one", List.of(), new float[] {1
                })));
        String product = b.node("Mul", "product", List.of(x, plus));
        return b.node("Mul", "y", List.of(product, b.weights("half", List.of(), new float[] {0.5f})));
    }

    private static String excitation(GraphBuilder b, String x) {
        String pooled = b.node("GlobalAveragePool", "pooled", List.of(x));
        String less = b.node(
                "Conv", "less", List.of(pooled, weights(b, "w1", false, 2, 4, 1, 1), weights(b, "b1", false, 2)));
        String act = b.node("HardSwish", "act", List.of(less));
        String more =
                b.node("Conv", "more", List.of(act, weights(b, "w2", false, 4, 2, 1, 1), weights(b, "b2", false, 4)));
        return b.node("Mul", "y", List.of(x, b.node("HardSigmoid", "gate", List.of(more))));
    }

    /** {@code cls.expand(x.size(0), -1, -1)}, with the exporter's replacement of -1 by 1. */
    private static String classToken(GraphBuilder b, String x) {
        String n = b.node("Shape", "n", List.of(x), integer("end", 1));
        String wanted = b.node("Concat", "wanted", List.of(n, b.integers("same", -1, -1)), integer("axis", 0));
        String zeros = b.node("ConstantOfShape", "zeros", List.of(b.integers("three", 3)));
        String number = b.node("Cast", "number", List.of(zeros), integer("to", INT64));
        String ones = b.node("Add", "ones", List.of(number, b.integers("one", 1)));
        String isSame = b.node("Equal", "isSame", List.of(wanted, b.integers("minus", -1)));
        String shape = b.node("Where", "target", List.of(isSame, ones, wanted));
        String token = b.node("Expand", "token", List.of(weights(b, "cls", false, 1, 1, 6), shape));
        String all = b.node("Concat", "all", List.of(token, x), integer("axis", 1));
        return b.node("Add", "y", List.of(all, weights(b, "pos", false, 1, 6, 6)));
    }

    private static String halves(GraphBuilder b, String x) {
        b.node("Split", List.of("first", "second"), List.of(x), integer("axis", 1));
        String gate = b.node("Sigmoid", "gate", List.of("second"));
        return b.node("Mul", "y", List.of("first", gate));
    }

    private static String parts(GraphBuilder b, String x) {
        b.node("Split", List.of("p0", "p1", "p2"), List.of(x, b.integers("sizes", 1, 3, 2)), integer("axis", -1));
        return b.node("Concat", "y", List.of("p2", "p0"), integer("axis", 3));
    }

    private static String window(GraphBuilder b, String x) {
        String places =
                b.node("Range", "places", List.of(scalar(b, "from", 0), scalar(b, "to", 6), scalar(b, "by", 1)));
        String isLeft = b.node("Less", "isLeft", List.of(places, scalar(b, "four", 4)));
        String isRight = b.node("GreaterOrEqual", "isRight", List.of(places, scalar(b, "one", 1)));
        String both = b.node("And", "both", List.of(isLeft, isRight));
        String either = b.node("Or", "either", List.of(both, b.node("Not", "never", List.of(isRight))));
        String chosen = b.node("Xor", "chosen", List.of(either, b.node("Not", "isFar", List.of(isLeft))));
        String kept = b.node("Where", "kept", List.of(both, x, b.weights("low", List.of(), new float[] {-1})));
        String share = b.node("Cast", "share", List.of(chosen), integer("to", FLOAT));
        return b.node("Mul", "y", List.of(kept, share));
    }

    /** Swin's table of relative positions. */
    private static String positions(GraphBuilder b, String x) {
        String table = weights(b, "table", false, 5, 6);
        String rows =
                b.node("Gather", "rows", List.of(table, b.integers("index", 0, 4, 4, 1, 2, 0)), integer("axis", 0));
        return b.node("Add", "y", List.of(x, rows));
    }

    private static String highest(GraphBuilder b, String x) {
        String high = b.node("ArgMax", "high", List.of(x), integer("axis", 1));
        String low = b.node("ArgMin", "low", List.of(x), integer("axis", 1), integer("keepdims", 0));
        String later = b.node("Greater", "later", List.of(high, scalar(b, "one", 1)));
        String early = b.node("LessOrEqual", "early", List.of(low, scalar(b, "two", 2)));
        String count = b.node("CastLike", "count", List.of(b.node("Size", "size", List.of(x)), x));
        String sum = b.node(
                "Add",
                "sum",
                List.of(
                        b.node("CastLike", "a", List.of(later, x)),
                        b.node(
                                "Unsqueeze",
                                "c",
                                List.of(b.node("CastLike", "b", List.of(early, x)), b.integers("axis", 1)))));
        return b.node("Mul", "y", List.of(x, b.node("Div", "share", List.of(sum, count))));
    }

    private static String scalar(GraphBuilder b, String name, long value) {
        return b.node("Constant", name, List.of(), integer("value_int", value));
    }
}
