package dev.fovea.quantize.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.TensorProto;
import dev.fovea.model.graph.TensorValues;
import dev.fovea.quantize.numeric.Affine;
import dev.fovea.quantize.numeric.IntegerType;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** By hand: a scale of largest / 127 for each output channel, integers by rounding. */
class KernelTest {

    private static final Affine INPUT = new Affine(IntegerType.U8, 0.5f, 0);

    @Test
    void shouldScaleEachOutputChannelByItsLargestWeight() {
        // by rows: 12.7 → scale 0.1, 2.54 → scale 0.02
        Kernel kernel = Kernel.of(
                TensorValues.of("w", List.of(2L, 3L), new float[] {12.7f, -3.14f, 0, 0.5f, -2.54f, 0.011f}),
                0,
                IntegerType.S8,
                Optional.empty());
        List<TensorProto> tensors = kernel.tensors("layer");
        assertThat(tensors.get(0).getRawData().toByteArray()).containsExactly(127, -31, 0, 25, -127, 1);
        float[] scales = TensorValues.floats(tensors.get(1));
        assertThat(scales[0]).isCloseTo(0.1f, within(1e-7f));
        assertThat(scales[1]).isCloseTo(0.02f, within(1e-7f));
        assertThat(kernel.error()[1]).isCloseTo(-0.04, within(1e-6));
        assertThat(kernel.error()[5]).isCloseTo(-0.009, within(1e-6));
    }

    @Test
    void shouldFindOutputChannelsAlongTheLastAxis() {
        // by columns: 12.7 and 2.54
        Kernel kernel = Kernel.of(
                TensorValues.of("w", List.of(2L, 2L), new float[] {12.7f, 1.27f, -6.4f, -2.54f}),
                1,
                IntegerType.S8,
                Optional.empty());
        assertThat(kernel.tensors("layer").get(0).getRawData().toByteArray()).containsExactly(127, 64, -64, -127);
    }

    @Test
    void shouldStoreTheBiasInUnitsOfInputAndWeights() {
        Kernel kernel = Kernel.of(
                TensorValues.of("w", List.of(1L, 1L), new float[] {12.7f}),
                0,
                IntegerType.S8,
                Optional.empty(),
                new double[] {3.02},
                INPUT);
        List<TensorProto> bias = kernel.bias("layer", new double[] {3.02}, INPUT);
        // 0.5 · 0.1 = 0.05; 3.02 / 0.05 = 60.4
        assertThat(bias.get(0).getRawData().toByteArray()).containsExactly(60, 0, 0, 0);
        assertThat(TensorValues.floats(bias.get(1))[0]).isCloseTo(0.05f, within(1e-7f));
    }

    /** 1000 / (2³⁰ · 0.5) = 1.8626e-6 is more than the 1e-7 that the weight alone needs. */
    @Test
    void shouldRaiseTheScaleOfWeightsWhoseBiasWouldNotFit() {
        Kernel kernel = Kernel.of(
                TensorValues.of("w", List.of(1L, 1L), new float[] {1.27e-5f}),
                0,
                IntegerType.S8,
                Optional.empty(),
                new double[] {1000},
                INPUT);
        assertThat(TensorValues.floats(kernel.tensors("layer").get(1))[0]).isCloseTo(1.8626451e-6f, within(1e-12f));
        assertThat(kernel.tensors("layer").get(0).getRawData().toByteArray()).containsExactly(7);
    }
}
