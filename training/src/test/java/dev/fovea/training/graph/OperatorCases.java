package dev.fovea.training.graph;

import static dev.fovea.model.graph.GraphBuilder.integer;
import static dev.fovea.model.graph.GraphBuilder.ints;
import static dev.fovea.model.graph.GraphBuilder.number;
import static dev.fovea.model.graph.GraphBuilder.text;
import static dev.fovea.training.graph.OperatorCase.one;

import ai.onnx.proto.OnnxMl.AttributeProto;
import dev.fovea.training.graph.OperatorCase.Constant;
import java.util.List;
import java.util.stream.Stream;

/** One case or more for each operator by itself. */
final class OperatorCases {

    private static final Constant NONE = new Constant.Absent();
    private static final Constant BIAS = new Constant.Floats(4);
    private static final Constant PER_CHANNEL = new Constant.Floats(1, 4, 1, 1);

    private OperatorCases() {}

    static Stream<OperatorCase> all() {
        return Stream.of(elementwise(), windows(), products(), reductions(), shapes(), choices())
                .flatMap(List::stream);
    }

    private static List<OperatorCase> elementwise() {
        return List.of(
                one("Relu"),
                one("LeakyRelu", number("alpha", 0.2f)),
                one("PRelu", List.of(new Constant.Floats(4, 1, 1))),
                one("Elu"),
                one("Selu"),
                one("Celu", number("alpha", 0.7f)),
                one("Sigmoid"),
                one("Tanh"),
                one("Softplus"),
                one("Softsign"),
                one("Gelu").at(20),
                one("Gelu", text("approximate", "tanh")).at(20),
                one("Mish").at(18),
                one("HardSigmoid"),
                one("HardSwish"),
                one("Clip", List.of(new Constant.Number(-0.3f), new Constant.Number(0.6f))),
                one("Dropout"),
                one("Identity"),
                one("Exp"),
                one("Log").positive(),
                one("Sqrt").positive(),
                one("Reciprocal").positive(),
                one("Neg"),
                one("Abs"),
                one("Sign"),
                one("Sin"),
                one("Cos"),
                one("Erf"),
                one("Floor"),
                one("Ceil"),
                one("Round"),
                one("Add", List.of(PER_CHANNEL)),
                one("Sub", List.of(PER_CHANNEL)),
                one("Mul", List.of(PER_CHANNEL)),
                one("Div", List.of(new Constant.Positive(1, 4, 1, 1))),
                one("Pow", List.of(new Constant.Number(2))),
                one("Pow", List.of(new Constant.Number(-0.5f))).positive(),
                one("Sum", List.of(PER_CHANNEL, PER_CHANNEL)),
                one("Mean", List.of(PER_CHANNEL)),
                one("Max", List.of(PER_CHANNEL)),
                one("Min", List.of(PER_CHANNEL)));
    }

    private static List<OperatorCase> windows() {
        Constant kernel = new Constant.Floats(4, 2, 3, 3);
        Constant turned = new Constant.Floats(4, 3, 3, 2);
        return List.of(
                one("Conv", List.of(kernel, BIAS), integer("group", 2), ints("strides", 2, 1)),
                one("Conv", List.of(kernel), integer("group", 2), ints("pads", 0, 1, 2, 1)),
                one("Conv", List.of(kernel), integer("group", 2), ints("dilations", 2, 2)),
                one(
                        "Conv",
                        List.of(kernel),
                        integer("group", 2),
                        text("auto_pad", "SAME_UPPER"),
                        ints("strides", 2, 2)),
                one(
                        "Conv",
                        List.of(kernel),
                        integer("group", 2),
                        text("auto_pad", "SAME_LOWER"),
                        ints("strides", 2, 2)),
                one("ConvTranspose", List.of(turned, new Constant.Floats(3))),
                one("ConvTranspose", List.of(turned), ints("strides", 2, 3), ints("pads", 1, 0, 2, 1)),
                one("ConvTranspose", List.of(turned), ints("strides", 2, 2), ints("output_padding", 1, 1)),
                one(
                        "ConvTranspose",
                        List.of(turned, new Constant.Floats(6)),
                        integer("group", 2),
                        ints("dilations", 1, 2)),
                one("MaxPool", ints("kernel_shape", 3, 3), ints("strides", 2, 2), ints("pads", 1, 1, 1, 1)),
                one("MaxPool", ints("kernel_shape", 2, 2), ints("strides", 2, 2), ints("pads", 0, 0, 1, 1)),
                one("MaxPool", ints("kernel_shape", 3, 3), ints("strides", 2, 2), integer("ceil_mode", 1)),
                one("AveragePool", ints("kernel_shape", 3, 3), ints("pads", 1, 1, 1, 1)),
                one(
                        "AveragePool",
                        ints("kernel_shape", 3, 3),
                        ints("pads", 1, 0, 0, 1),
                        integer("count_include_pad", 1)),
                one("GlobalAveragePool"),
                one("GlobalMaxPool"),
                one("BatchNormalization", List.of(BIAS, BIAS, BIAS, new Constant.Positive(4))),
                one("LayerNormalization", List.of(new Constant.Floats(6), new Constant.Floats(6))),
                one("LayerNormalization", List.of(new Constant.Floats(4, 7, 6)), integer("axis", 1)),
                one("InstanceNormalization", List.of(BIAS, BIAS)),
                one("GroupNormalization", List.of(BIAS, BIAS), integer("num_groups", 2))
                        .at(21),
                one(
                                "GroupNormalization",
                                List.of(new Constant.Floats(2), new Constant.Floats(2)),
                                integer("num_groups", 2))
                        .at(18),
                one("LpNormalization", integer("axis", 1)),
                one("LpNormalization", integer("p", 1)),
                one("LRN", integer("size", 3), number("alpha", 0.3f), number("beta", 0.6f), number("bias", 2)),
                one("LRN", integer("size", 5), number("alpha", 0.3f)),
                resize(new Constant.Numbers(1, 1, 2, 2), text("mode", "nearest")),
                resize(
                        new Constant.Numbers(1, 1, 2.5f, 0.7f),
                        text("mode", "nearest"),
                        text("coordinate_transformation_mode", "asymmetric"),
                        text("nearest_mode", "floor")),
                resize(new Constant.Numbers(1, 1, 2, 1.7f), text("mode", "linear")),
                resize(
                        new Constant.Numbers(1, 1, 0.6f, 2),
                        text("mode", "linear"),
                        text("coordinate_transformation_mode", "pytorch_half_pixel")),
                resize(new Constant.Numbers(1, 1, 2, 2), text("mode", "cubic")),
                resize(
                        new Constant.Numbers(1, 1, 2, 2),
                        text("mode", "cubic"),
                        number("cubic_coeff_a", -0.5f),
                        integer("exclude_outside", 1)),
                one(
                        "Resize",
                        List.of(NONE, NONE, new Constant.Integers(2, 4, 11, 13)),
                        text("mode", "linear"),
                        text("coordinate_transformation_mode", "align_corners")),
                one("Upsample", List.of(new Constant.Numbers(1, 1, 2, 3)), text("mode", "nearest"))
                        .at(9));
    }

    private static OperatorCase resize(Constant scales, AttributeProto... attributes) {
        return one("Resize", List.of(NONE, scales), attributes);
    }

    private static List<OperatorCase> products() {
        Constant row = new Constant.Floats(5);
        return List.of(
                one("MatMul", List.of(new Constant.Floats(6, 5))),
                one("MatMul", List.of(new Constant.Floats(4, 6, 5))),
                one("Gemm", List.of(new Constant.Floats(5, 6), row), integer("transB", 1), number("alpha", 0.5f))
                        .over(7, 6),
                one("Gemm", List.of(new Constant.Floats(7, 5), row), integer("transA", 1), number("beta", 2))
                        .over(7, 6),
                one("Einsum", List.of(new Constant.Floats(4, 6, 5)), text("equation", "nchw,cwk->nkh")),
                one("Einsum", text("equation", "nchw->wn")),
                one("Einsum", List.of(new Constant.Floats(2, 4, 3, 6)), text("equation", "bhid,bhjd->bhij")),
                one("Softmax", integer("axis", 1)),
                one("Softmax"),
                one("Softmax", integer("axis", 2)).at(11),
                one("LogSoftmax", integer("axis", -2)));
    }

    private static List<OperatorCase> reductions() {
        return List.of(
                one("ReduceMean", ints("axes", 2, 3)),
                one("ReduceMean", ints("axes", -1, -2), integer("keepdims", 0)),
                one("ReduceMean", List.of(new Constant.Integers(1))).at(18),
                one("ReduceSum", List.of(new Constant.Integers(1, 3))),
                one("ReduceSum", integer("keepdims", 0)).over(3, 5),
                one("ReduceMax", ints("axes", 1, 3)),
                one("ReduceMin", ints("axes", 2), integer("keepdims", 0)),
                one("ReduceProd", ints("axes", 2)),
                one("ReduceL1", ints("axes", 1)),
                one("ReduceL2", ints("axes", 1)),
                one("ReduceSumSquare", ints("axes", 2, 3)),
                one("ReduceLogSumExp", ints("axes", 3), integer("keepdims", 0)),
                one("CumSum", List.of(new Constant.Integers(-1))));
    }

    private static List<OperatorCase> shapes() {
        return List.of(
                one("Flatten", integer("axis", 2)),
                one("Reshape", List.of(new Constant.Integers(0, -1, 3, 7))),
                one("Transpose", ints("perm", 0, 2, 3, 1)),
                one("Transpose"),
                one("Unsqueeze", List.of(new Constant.Integers(1, -1))),
                one("Squeeze", List.of(new Constant.Integers(1, -1))).over(3, 1, 4, 1),
                one("Squeeze").over(3, 1, 4, 1),
                one("Concat", List.of(new Constant.Floats(2, 4, 7, 3)), integer("axis", -1)),
                one("Expand", List.of(new Constant.Integers(2, 1, 1, 3, 6))).over(2, 4, 1, 6),
                one("Tile", List.of(new Constant.Integers(1, 2, 1, 3))),
                one("DepthToSpace", integer("blocksize", 2)).over(2, 8, 3, 2),
                one("DepthToSpace", integer("blocksize", 2), text("mode", "CRD"))
                        .over(2, 8, 3, 2),
                one("SpaceToDepth", integer("blocksize", 2)).over(2, 3, 4, 6));
    }

    private static List<OperatorCase> choices() {
        return List.of(
                one("Gather", List.of(new Constant.Integers(3, 0, -1)), integer("axis", 2)),
                one("Gather", List.of(new Constant.Integers(1, 2)), integer("axis", -3)),
                one("GatherElements", List.of(new Constant.Integers(0, 2, -1, 1, 1)))
                        .over(6),
                one(
                        "Slice",
                        List.of(
                                new Constant.Integers(1, -3),
                                new Constant.Integers(100, -1),
                                new Constant.Integers(1, 2))),
                one(
                        "Slice",
                        List.of(
                                new Constant.Integers(0, -1),
                                new Constant.Integers(7, -100),
                                new Constant.Integers(2, 3),
                                new Constant.Integers(2, -2))),
                one("Slice", ints("starts", 1), ints("ends", 3), ints("axes", 1))
                        .at(9),
                one("Pad", List.of(new Constant.Integers(0, 0, 1, 2, 0, 0, 3, 0), new Constant.Number(0.5f))),
                one("Pad", List.of(new Constant.Integers(0, 0, -1, 2, 0, 0, 3, -2))),
                one("Pad", List.of(new Constant.Integers(0, 0, 2, 1, 0, 0, 1, 3)), text("mode", "reflect")),
                one("Pad", List.of(new Constant.Integers(0, 0, 2, 1, 0, 0, 1, 3)), text("mode", "edge")));
    }
}
