package dev.fovea.model.outputs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.imaging.TensorFormat.ElementType;
import dev.fovea.imaging.TensorFormat.Layout;
import dev.fovea.model.Samples;
import dev.fovea.model.decoder.Activation;
import dev.fovea.model.decoder.Postprocessing;
import dev.fovea.model.graph.GraphBuilder;
import dev.fovea.model.graph.OnnxModel;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class CompatibilityCheckTest {

    private static final List<String> LABELS = List.of("cat", "dog");

    @Test
    void shouldTakeWhatBelongsTogether() {
        assertThatCode(() -> check(Samples.MODEL, Samples.CONTRACT, LABELS)).doesNotThrowAnyException();
        assertThat(CompatibilityCheck.batches(Samples.MODEL)).isTrue();
    }

    @Test
    void shouldNameWhatDoesNotFit() {
        PreprocessingContract other = Samples.contract(48, Layout.NCHW, ElementType.FLOAT32);
        PreprocessingContract last = Samples.contract(32, Layout.NHWC, ElementType.FLOAT32);
        PreprocessingContract bytes = Samples.contract(32, Layout.NCHW, ElementType.UINT8);
        assertRefused(ErrorCode.CONTRACT_MISMATCH, Samples.MODEL, other, LABELS, "[3, 48, 48]");
        assertRefused(ErrorCode.CONTRACT_MISMATCH, Samples.MODEL, last, LABELS, "NHWC");
        assertRefused(ErrorCode.CONTRACT_MISMATCH, Samples.MODEL, bytes, LABELS, "uint8");
        assertRefused(ErrorCode.LABELS_MISMATCH, Samples.MODEL, Samples.CONTRACT, List.of("cat"), "2 values");
    }

    @Test
    void shouldRefuseSignaturesThatAreNotServed() {
        GraphBuilder two = new GraphBuilder("two");
        two.node("Add", "sum", List.of(two.input("a", 1, 3, 32, 32), two.input("b", 1, 3, 32, 32)));
        assertRefused(
                ErrorCode.MODEL_SIGNATURE_UNSUPPORTED, two.output("sum", 1, 2).build(), "2 inputs");
        GraphBuilder flat = new GraphBuilder("flat");
        flat.node("Relu", "out", List.of(flat.input("in", 1, 10)));
        assertRefused(
                ErrorCode.MODEL_SIGNATURE_UNSUPPORTED, flat.output("out", 1, 2).build(), "2 axes");
        GraphBuilder mute = new GraphBuilder("mute");
        mute.node("Relu", "out", List.of(mute.input("in", 1, 3, 32, 32)));
        assertRefused(ErrorCode.MODEL_SIGNATURE_UNSUPPORTED, mute.build(), "no outputs");
    }

    @Test
    void shouldRefuseACustomOperatorByName() {
        OnnxModel model = Samples.shared("needs-onnxruntime-extensions.onnx");
        assertThatThrownBy(() -> check(model, Samples.CONTRACT, LABELS))
                .isInstanceOfSatisfying(
                        FoveaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MODEL_OPERATOR_UNSUPPORTED))
                .hasMessageContaining("custom operator");
    }

    @Test
    void shouldRefuseAModelThatIsNoNetworkOnImages() {
        OnnxModel model = Samples.shared("sklearn-lr-non-tensor-output.onnx");
        assertThatThrownBy(() -> check(model, Samples.CONTRACT, LABELS))
                .isInstanceOfSatisfying(
                        FoveaException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.MODEL_SIGNATURE_UNSUPPORTED));
    }

    @Test
    void shouldSeeTheSoftmaxInSqueezeNet() {
        OnnxModel model = Samples.shared("squeezenet11-fp32.onnx");
        List<String> thousand =
                IntStream.range(0, 1000).mapToObj(Integer::toString).toList();
        check(model, Samples.contract(224, Layout.NCHW, ElementType.FLOAT32), thousand);
        assertThat(OutputOrigin.of(model, model.outputs().getFirst().name()).kind())
                .isEqualTo(OriginKind.SOFTMAX);
        assertThat(CompatibilityCheck.batches(model)).isFalse();
    }

    @Test
    void shouldRefuseEveryTruncationOfAModel() {
        byte[] whole = Samples.MODEL.bytes();
        for (int length = 0; length < whole.length; length += Math.max(1, whole.length / 300)) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> OnnxModel.parse(cut, "cut.onnx"))
                    .isInstanceOfSatisfying(
                            FoveaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MODEL_CORRUPT))
                    .hasMessageContaining("cut.onnx (" + length + " bytes)");
        }
    }

    @Property
    void shouldReadAnyBytesAsAModelOrRefuseThem(@ForAll byte[] bytes) {
        assertReadsOrRefuses(bytes);
    }

    @Property(tries = 2000)
    void shouldReadAnyDamagedModelOrRefuseIt(@ForAll long seed) {
        GraphBuilder graph = new GraphBuilder("small");
        graph.node("GlobalAveragePool", "out", List.of(graph.input("in", 1, 3, 32, 32)));
        byte[] bytes = graph.output("out", 1, 3, 1, 1).build().bytes();
        Random random = new Random(seed);
        for (int i = 0; i <= random.nextInt(3); i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        assertReadsOrRefuses(bytes);
    }

    private static void assertReadsOrRefuses(byte[] bytes) {
        try {
            OnnxModel model = OnnxModel.parse(bytes, "damaged.onnx");
            assertThat(model.operators()).isNotEmpty();
            check(model, Samples.CONTRACT, List.of("a", "b", "c"));
            assertThat(OutputOrigin.of(model, model.outputs().getFirst().name()))
                    .isNotNull();
        } catch (FoveaException e) {
            assertThat(e.code().name()).containsAnyOf("MODEL_", "_MISMATCH");
        }
    }

    private static void assertRefused(ErrorCode code, OnnxModel model, String message) {
        assertRefused(code, model, Samples.CONTRACT, LABELS, message);
    }

    private static void assertRefused(
            ErrorCode code, OnnxModel model, PreprocessingContract contract, List<String> labels, String message) {
        assertThatThrownBy(() -> check(model, contract, labels))
                .isInstanceOfSatisfying(
                        FoveaException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(message);
    }

    private static void check(OnnxModel model, dev.fovea.imaging.PreprocessingContract contract, List<String> labels) {
        CompatibilityCheck.check(
                model, Optional.of(contract), new Postprocessing.OneLabel(Activation.SOFTMAX, 1), labels);
    }
}
