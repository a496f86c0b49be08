package dev.fovea.training.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.graph.GraphBuilder;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.training.operator.OperatorSupport;
import dev.fovea.training.operator.Operators;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operator, alone or among those that it is exported with, against ONNX Runtime. */
class OperatorsTest {

    static Stream<OperatorCase> cases() {
        return Stream.concat(OperatorCases.all(), ExportedPatterns.all());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void shouldAgreeWithOnnxRuntime(OperatorCase one) throws Exception {
        TrainableGraphTest.assertAgreement(one.model(), one.inputShape(), one.input());
    }

    /** Differences are taken through ONNX Runtime, so that the engine's forward pass cannot hide a fault. */
    @ParameterizedTest
    @MethodSource("cases")
    void shouldHaveTheGradientOfNumericDifferences(OperatorCase one) throws Exception {
        try (GradientCheck check = new GradientCheck(one.model(), one.inputShape(), one.input())) {
            check.requireGradientOfInput(1e-3f * one.range());
            check.requireGradientsOfWeights(1e-2f);
        }
    }

    @Test
    void shouldHaveATestForEveryOperator() {
        Set<String> tested = new TreeSet<>();
        cases().forEach(one -> tested.addAll(one.types()));
        assertThat(tested).containsAll(new Operators().types());
    }

    @Test
    void shouldNameAllThatIsMissingAtOnceAndNotComputeAnything() {
        GraphBuilder builder = new GraphBuilder("odd");
        String x = builder.input("x", GraphBuilder.BATCH, 3, 8, 8);
        builder.node("TopK", List.of("values", "places"), List.of(x, builder.integers("k", 2)));
        builder.node("NonZero", "first", List.of("values"));
        builder.node("NonZero", "second", List.of("values"));
        builder.node("MaxPool", List.of("pooled", "where"), List.of(x), GraphBuilder.ints("kernel_shape", 2, 2));
        builder.node("Cast", "cast", List.of("where"), GraphBuilder.integer("to", 1));
        OnnxModel model = builder.output("cast", GraphBuilder.BATCH, 3, 7, 7).build();
        assertThatThrownBy(() -> OperatorSupport.require(model)).isInstanceOfSatisfying(FoveaException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.MODEL_OPERATOR_UNSUPPORTED);
            assertThat(e)
                    .hasMessageContaining("NonZero (first, second)")
                    .hasMessageContaining("TopK (values)")
                    .hasMessageContaining("MaxPool, where its second output is used (pooled)")
                    .hasMessageContaining("--fit head");
        });
    }
}
