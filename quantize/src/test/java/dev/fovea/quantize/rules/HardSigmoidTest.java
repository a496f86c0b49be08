package dev.fovea.quantize.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import dev.fovea.model.graph.GraphBuilder;
import dev.fovea.model.graph.TensorValues;
import dev.fovea.quantize.numeric.Affine;
import dev.fovea.quantize.numeric.IntegerType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** After the operator's definition in ONNX: {@code max(0, min(1, alpha · x + beta))}, 0.2 and 0.5 where left out. */
class HardSigmoidTest {

    @Test
    void shouldKnowWhereItBecomesZero() {
        HardSigmoid usual = HardSigmoid.of(node());
        assertThat(usual).isEqualTo(new HardSigmoid(0.2f, 0.5f));
        assertThat(usual.floor()).isCloseTo(-2.5, within(1e-6)); // 0.2 · −2.5 + 0.5 = 0
        HardSigmoid other = HardSigmoid.of(node(GraphBuilder.number("alpha", 0.5f), GraphBuilder.number("beta", 0.6f)));
        assertThat(other.floor()).isCloseTo(-1.2, within(1e-6));
    }

    @ParameterizedTest
    @CsvSource({"0.2, 0.5, true", "-0.2, 0.5, false", "0.2, -0.5, false", "0.2, Infinity, false", "NaN, 0.5, false"})
    void shouldRise(float slope, float shift, boolean rising) {
        assertThat(new HardSigmoid(slope, shift).isRising()).isEqualTo(rising);
    }

    /** The first three are ONNX's own example, alpha 0.5 and beta 0.6. The input's integers are 64 · x + 128. */
    @ParameterizedTest
    @CsvSource({"64, 0.1", "128, 0.6", "192, 1", "0, 0", "32, 0", "255, 1", "96, 0.35"})
    void shouldGiveTheValuesOfTheOperatorAsAnAdd(int integer, double expected) {
        Affine input = new Affine(IntegerType.U8, 1 / 64f, 128);
        Edit edit = new HardSigmoid(0.5f, 0.6f).edit(node(), input);
        assertThat(edit.nodes())
                .extracting(NodeProto::getOpType)
                .containsExactly("DequantizeLinear", "DequantizeLinear", "Add");
        float slopedScale = TensorValues.floats(edit.initializers().get(0))[0];
        float shiftScale = TensorValues.floats(edit.initializers().get(1))[0];
        int shiftZero = unsigned(edit, 2);
        int shift = unsigned(edit, 3);
        double sum = slopedScale * (integer - input.zero()) + shiftScale * (shift - shiftZero);
        double saturated =
                Math.clamp(sum, HardSigmoid.range().low(), HardSigmoid.range().high());
        assertThat(saturated).isCloseTo(expected, within(1e-6));
    }

    private static int unsigned(Edit edit, int initializer) {
        return Byte.toUnsignedInt(
                edit.initializers().get(initializer).getRawData().byteAt(0));
    }

    private static NodeProto node(AttributeProto... attributes) {
        return NodeProto.newBuilder()
                .setOpType("HardSigmoid")
                .setName("gate")
                .addInput("x")
                .addOutput("y")
                .addAllAttribute(List.of(attributes))
                .build();
    }
}
