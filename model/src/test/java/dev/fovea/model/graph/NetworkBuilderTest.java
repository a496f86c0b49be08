package dev.fovea.model.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.TensorProto;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.Size;
import dev.fovea.model.graph.NetworkBuilder.Family;
import dev.fovea.model.graph.NetworkBuilder.Scale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NetworkBuilderTest {

    @ParameterizedTest
    @EnumSource
    void shouldTakeAnyBatchAndGiveAScorePerClass(Family family) {
        OnnxModel model = NetworkBuilder.build(family, Scale.SMALL, 3, new Size(48, 64), 7, 1);
        assertThat(model.inputs()).singleElement().hasToString("input float[batch, 3, 48, 64]");
        assertThat(model.outputs()).singleElement().hasToString("logits float[batch, 7]");
    }

    @ParameterizedTest
    @EnumSource
    void shouldGrowWithItsScale(Family family) {
        long small = parameters(family, Scale.SMALL);
        long medium = parameters(family, Scale.MEDIUM);
        long large = parameters(family, Scale.LARGE);
        assertThat(medium).isGreaterThan(2 * small);
        assertThat(large).isGreaterThan(medium * 3 / 2);
    }

    @Test
    void shouldGiveTheSameBytesForTheSameSeedOnly() {
        byte[] first = bytes(1);
        assertThat(bytes(1)).isEqualTo(first);
        assertThat(bytes(2)).isNotEqualTo(first);
    }

    @Test
    void shouldDrawKernelsWithTheVarianceOfHe() {
        OnnxModel model = NetworkBuilder.build(Family.RESIDUAL, Scale.LARGE, 3, Size.square(64), 5, 1);
        TensorProto kernel = model.proto().getGraph().getInitializerList().stream()
                .filter(i -> i.getDimsList().equals(java.util.List.of(256L, 256L, 3L, 3L)))
                .findFirst()
                .orElseThrow();
        double sum = 0;
        float[] values = TensorValues.floats(kernel);
        for (float value : values) {
            sum += (double) value * value;
        }
        double expected = 2.0 / (256 * 9);
        assertThat(sum / values.length).isCloseTo(expected, within(0.01 * expected));
    }

    @Test
    void shouldStartBlocksWithoutProjectionAsTheIdentity() {
        OnnxModel model = NetworkBuilder.build(Family.RESIDUAL, Scale.LARGE, 3, Size.square(64), 5, 1);
        long zeroScales = model.proto().getGraph().getInitializerList().stream()
                .filter(i -> i.getName().startsWith("norm") && i.getName().endsWith(".weight"))
                .filter(i -> TensorValues.floats(i)[0] == 0)
                .count();
        assertThat(zeroScales).as("8 blocks, 3 of which project").isEqualTo(5);
    }

    @Test
    void shouldRefuseWhatCannotBeClassified() {
        assertThatThrownBy(() -> NetworkBuilder.build(Family.MOBILE, Scale.SMALL, 3, Size.square(64), 1, 1))
                .isInstanceOf(FoveaException.class)
                .hasMessageContaining("2 classes");
        assertThatThrownBy(() -> NetworkBuilder.build(Family.MOBILE, Scale.SMALL, 3, Size.square(16), 2, 1))
                .isInstanceOf(FoveaException.class)
                .hasMessageContaining("[16, 16]");
    }

    private static long parameters(Family family, Scale scale) {
        return NetworkBuilder.build(family, scale, 3, Size.square(64), 5, 1).parameters();
    }

    private static byte[] bytes(long seed) {
        return NetworkBuilder.build(Family.MOBILE, Scale.SMALL, 3, Size.square(64), 5, seed)
                .bytes();
    }
}
