package dev.fovea.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.fault.FoveaException;
import dev.fovea.model.Bundle;
import dev.fovea.model.Lineage;
import dev.fovea.model.Manifest;
import dev.fovea.model.decoder.Activation;
import dev.fovea.model.decoder.OutputOptions;
import dev.fovea.model.decoder.Postprocessing;
import dev.fovea.model.decoder.Task;
import dev.fovea.model.graph.GraphBuilder;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.model.outputs.LabelDecision;
import dev.fovea.runtime.decoding.Classification;
import dev.fovea.runtime.decoding.Classification.Ranked;
import dev.fovea.runtime.decoding.PredictionResult;
import dev.fovea.runtime.session.Deadline;
import dev.fovea.runtime.session.Engine;
import dev.fovea.runtime.validation.GoldenTest;
import dev.fovea.runtime.validation.InnerOutput;
import dev.fovea.runtime.validation.OutputTrial;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is served of every way in which exporters end a classifier. The logits are ten times the mean red, green and
 * blue of an image, less 5, so that the right probabilities are worked out by hand.
 */
class LabelDecisionTest {

    private static final byte[] ORANGE = Tiny.png(250, 120, 40);
    private static final double[] LOGITS = {10 * 250 / 255.0 - 5, 10 * 120 / 255.0 - 5, 10 * 40 / 255.0 - 5};
    private static final List<byte[]> IMAGES = List.of(ORANGE, Tiny.png(10, 20, 200), Tiny.png(90, 200, 60));
    private static final List<String> BINARY = List.of("bad", "good");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Identity",
                "Softmax",
                "Softmax Cast",
                "Softmax Identity",
                "Softmax Clip",
                "Softmax Reshape Squeeze",
                "Cast16 Softmax Cast",
                "by hand",
                "by hand with Reciprocal",
                "LogSoftmax",
                "LogSoftmax Exp",
                "Softmax Log"
            })
    void shouldApplyOneSoftmaxHoweverTheGraphEnds(String end) {
        LabelDecision decision = decide(ending(end, 3), OutputOptions.NONE, Tiny.LABELS);
        Activation wanted = end.equals("Identity") || (end.contains("Log") && !end.contains("Exp"))
                ? Activation.SOFTMAX
                : Activation.NONE;
        assertThat(decision.postprocessing()).isEqualTo(new Postprocessing.OneLabel(wanted, 1));
        assertThat(decision.reasons()).hasSize(1);
        double sum = 0;
        for (double logit : LOGITS) {
            sum += Math.exp(logit);
        }
        assertConfidences(
                ending(end, 3),
                decision,
                end.startsWith("Cast16") ? 2e-3 : 1e-5,
                Math.exp(LOGITS[0]) / sum,
                Math.exp(LOGITS[1]) / sum,
                Math.exp(LOGITS[2]) / sum);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Sigmoid", "Sigmoid Cast", "sigmoid by hand", "sigmoid by hand with Reciprocal"})
    void shouldAskWhatSeveralSigmoidsMean(String end) {
        OnnxModel model = ending(end, 3);
        assertThatThrownBy(() -> decide(model, OutputOptions.NONE, Tiny.LABELS))
                .isInstanceOf(FoveaException.class)
                .hasMessageContaining("--task multi-label")
                .hasMessageContaining("--task classification");
        LabelDecision one = decide(model, task(Task.CLASSIFICATION), Tiny.LABELS);
        assertThat(one.postprocessing()).isEqualTo(new Postprocessing.OneLabel(Activation.NONE, 1));
        assertConfidences(model, one, 1e-5, sigmoid(0), sigmoid(1), sigmoid(2));
        assertThat(decide(model, task(Task.MULTI_LABEL), Tiny.LABELS).postprocessing())
                .isEqualTo(new Postprocessing.MultiLabel(Activation.NONE, 0.5));
    }

    @Test
    void shouldMakeLogitsProbabilitiesOfTheirOwnForSeveralLabels() {
        OnnxModel model = ending("Identity", 3);
        LabelDecision several = decide(model, task(Task.MULTI_LABEL), Tiny.LABELS);
        assertThat(several.postprocessing()).isEqualTo(new Postprocessing.MultiLabel(Activation.SIGMOID, 0.5));
        assertConfidences(model, several, 1e-5, sigmoid(0), sigmoid(1), sigmoid(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Identity", "Sigmoid", "sigmoid by hand", "Sigmoid Concat"})
    void shouldTakeOneValueForTwoLabelsAsTheProbabilityOfTheSecond(String end) {
        OnnxModel model = ending(end, 1);
        LabelDecision decision = decide(model, OutputOptions.NONE, BINARY);
        assertConfidences(model, decision, 1e-5, 1 - sigmoid(0), sigmoid(0));
        if (!end.equals("Sigmoid Concat")) {
            assertThat(decision.reasons().getLast()).contains("binary", "\"good\"");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Identity", "Sigmoid"})
    void shouldServeOneValueForOneLabelAsItsProbability(String end) {
        OnnxModel model = ending(end, 1);
        LabelDecision decision = decide(model, OutputOptions.NONE, List.of("red"));
        assertThat(decision.postprocessing().task()).isEqualTo(Task.MULTI_LABEL);
        assertConfidences(model, decision, 1e-5, sigmoid(0));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Softmax | 1 | a softmax over one value
            Tanh    | 1 | --activation none
            halves  | 3 | --activation softmax
            sum of 1 | 3 | --activation softmax (they are logits), --activation none
            distances | 3 | --activation softmax only if the largest value is the best
            """)
    void shouldAskOrRefuseWhereTheValuesCanBeTwoThings(String end, int values, String message) {
        assertThatThrownBy(() -> decide(ending(end, values), OutputOptions.NONE, values == 1 ? BINARY : Tiny.LABELS))
                .isInstanceOf(FoveaException.class)
                .hasMessageContaining(message);
    }

    /** Whatever is said of the activation, the answer would be a wrong one. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            percent             | probabilities times 100, which are percent           | --output share
            LogSoftmax Neg      | smallest for the best label (made by Neg of LogSoft  | --output LogSoftmax-of-scores
            Softmax Neg         | smallest for the best label                          | --output Softmax-of-scores
            Softmax complement  | smallest for the best label (made by Sub of Softmax  | --output Softmax-of-scores
            Softmax TopK        | is in the order of its values, not in that of the    | --output Softmax-of-scores
            TopK Softmax        | is in the order of its values, not in that of the    | --output scores
            Softmax TopK halved | is in the order of its values, not in that of the    | --output Softmax-of-scores
            Softmax TopK Cast   | is in the order of its values, not in that of the    | --output Softmax-of-scores
            """)
    void shouldRefuseValuesOfWhichTheLargestIsNotTheBestLabels(String end, String reason, String remedy) {
        for (Optional<Activation> said :
                List.of(Optional.<Activation>empty(), Optional.of(Activation.NONE), Optional.of(Activation.SOFTMAX))) {
            OutputOptions options = new OutputOptions(Optional.empty(), Optional.of("out"), said, 0.5);
            assertThatThrownBy(() -> decide(ending(end, 3), options, Tiny.LABELS))
                    .isInstanceOf(FoveaException.class)
                    .hasMessageContaining(reason)
                    .hasMessageContaining(remedy);
        }
    }

    @Test
    void shouldUndoAScaleThatIsUndone() {
        LabelDecision decision = decide(ending("percent rounded", 3), OutputOptions.NONE, Tiny.LABELS);
        assertThat(decision.postprocessing()).isEqualTo(new Postprocessing.OneLabel(Activation.NONE, 1));
    }

    @Test
    void shouldTakeTheOutputInTheOrderOfTheLabelsRatherThanASortedOne() {
        GraphBuilder graph = new GraphBuilder("sorted");
        String share = graph.node("Softmax", "share", List.of(logits(graph, 3)), GraphBuilder.integer("axis", 1));
        OnnxModel model = withTopK(graph.output("share", 1, 3), share, 3);
        LabelDecision decision = decide(model, OutputOptions.NONE, Tiny.LABELS);
        assertThat(decision.postprocessing())
                .isEqualTo(new Postprocessing.OneLabel(Optional.of("share"), Activation.NONE, 1));

        GraphBuilder alone = new GraphBuilder("sorted");
        String only = alone.node("Softmax", "share", List.of(logits(alone, 3)), GraphBuilder.integer("axis", 1));
        OnnxModel sorted = withTopK(alone, only, 3);
        assertThatThrownBy(() -> decide(sorted, OutputOptions.NONE, Tiny.LABELS))
                .hasMessageContaining("--output share");
        for (String name : List.of("best", "places")) {
            OutputOptions named = new OutputOptions(Optional.empty(), Optional.of(name), Optional.empty(), 0.5);
            assertThatThrownBy(() -> decide(sorted, named, Tiny.LABELS)).hasMessageContaining("--output share");
        }
    }

    @ParameterizedTest
    @CsvSource({"Softmax TopK, Softmax-of-scores", "percent, share", "LogSoftmax Neg, LogSoftmax-of-scores"})
    void shouldServeATensorInsideTheNetworkThatIsNamedAsTheOutput(String end, String inner) {
        OnnxModel model = InnerOutput.of(Engine.open(), ending(end, 3), Optional.of(inner));
        assertThat(model.outputs()).hasSize(1);
        assertThat(model.outputs().getFirst()).hasToString(inner + " float[1, 3]");
        assertThat(model.operators()).doesNotContainKeys("TopK", "Neg", "Mul");
        LabelDecision decision = decide(
                model, new OutputOptions(Optional.empty(), Optional.of(inner), Optional.empty(), 0.5), Tiny.LABELS);
        double sum = Math.exp(LOGITS[0]) + Math.exp(LOGITS[1]) + Math.exp(LOGITS[2]);
        assertConfidences(
                model, decision, 1e-5, Math.exp(LOGITS[0]) / sum, Math.exp(LOGITS[1]) / sum, Math.exp(LOGITS[2]) / sum);
    }

    @Test
    void shouldNotTakeTheLargestProbabilityForThatOfTheSecondLabel() {
        GraphBuilder graph = new GraphBuilder("largest");
        String share = graph.node("Softmax", "share", List.of(logits(graph, 2)), GraphBuilder.integer("axis", 1));
        graph.node("ReduceMax", "out", List.of(share), GraphBuilder.ints("axes", 1));
        assertThatThrownBy(() -> decide(graph.output("out", 1, 1).build(), OutputOptions.NONE, BINARY))
                .hasMessageContainingAll("one value of whichever label (made by ReduceMax)", "--output share");
    }

    @Test
    void shouldServeTheIndexOfTheBestAndRefuseThatOfTheWorst() {
        GraphBuilder graph = new GraphBuilder("best");
        OnnxModel model = withTopK(graph, logits(graph, 3), 1);
        OutputOptions places = new OutputOptions(Optional.empty(), Optional.of("places"), Optional.empty(), 0.5);
        LabelDecision decision = decide(model, places, Tiny.LABELS);
        assertConfidences(model, decision, 1e-9, 1, 0, 0);
        assertThatThrownBy(() -> decide(ending("Softmax ArgMin", 3), OutputOptions.NONE, Tiny.LABELS))
                .hasMessageContaining("index of the worst label")
                .hasMessageContaining("--output Softmax-of-scores");
    }

    /** With the outputs "best" and "places" beside those that there are. */
    private static OnnxModel withTopK(GraphBuilder graph, String values, int most) {
        String sorted = graph.node("TopK", "sorted", List.of(values, graph.integers("most", most)));
        graph.node("Identity", "best", List.of(sorted));
        graph.node("Identity", "places", List.of("sorted-places"));
        graph.output("best", 1, most).output("places", 1, most);
        var proto = withPlaces(graph.build()).proto().toBuilder();
        var nodes = proto.getGraphBuilder();
        nodes.getOutputBuilder(nodes.getOutputCount() - 1)
                .getTypeBuilder()
                .getTensorTypeBuilder()
                .setElemType(7);
        return OnnxModel.of(proto.build());
    }

    /** A TopK has a second output, its indices. */
    private static OnnxModel withPlaces(OnnxModel model) {
        var proto = model.proto().toBuilder();
        proto.getGraphBuilder().getNodeBuilderList().stream()
                .filter(node -> node.getOpType().equals("TopK"))
                .forEach(node -> node.addOutput(node.getOutput(0) + "-places"));
        return OnnxModel.of(proto.build());
    }

    @Test
    void shouldNotTakeLogitsForProbabilitiesThoughToldSo() {
        OutputOptions none = new OutputOptions(Optional.empty(), Optional.empty(), Optional.of(Activation.NONE), 0.5);
        assertThatThrownBy(() -> decide(ending("Identity", 3), none, Tiny.LABELS))
                .hasMessageContaining("no probabilities");
    }

    @Test
    void shouldServeTheLabelOfAnIndex() {
        OnnxModel model = ending("ArgMax", 3);
        LabelDecision decision = decide(model, OutputOptions.NONE, Tiny.LABELS);
        assertThat(decision.postprocessing()).isEqualTo(new Postprocessing.OneLabel(Activation.ARGMAX, 1));
        assertConfidences(model, decision, 1e-9, 1, 0, 0);
        assertThatThrownBy(() -> decide(model, OutputOptions.NONE, BINARY)).hasMessageContaining("one of 3 classes");
    }

    @Test
    void shouldChooseTheOutputThatFitsOrIsComputedLastElseAsk() {
        GraphBuilder graph = new GraphBuilder("several");
        String logits = logits(graph, 3);
        graph.node("Identity", "features", List.of(logits));
        graph.node("Softmax", "probabilities", List.of(logits), GraphBuilder.integer("axis", 1));
        graph.output("features", 1, 3).output("probabilities", 1, 3);
        OnnxModel model = graph.build();
        LabelDecision decision = decide(model, OutputOptions.NONE, Tiny.LABELS);
        assertThat(decision.postprocessing())
                .isEqualTo(new Postprocessing.OneLabel(Optional.of("probabilities"), Activation.NONE, 1));
        assertThat(decision.reasons().getFirst()).contains("probabilities", "features");

        graph.node("Relu", "auxiliary", List.of("means"));
        OnnxModel two = graph.output("auxiliary", 1, 3).build();
        assertThatThrownBy(() -> decide(two, OutputOptions.NONE, Tiny.LABELS))
                .hasMessageContaining("--output")
                .hasMessageContaining("auxiliary (3 values)");
        LabelDecision named = decide(
                two, new OutputOptions(Optional.empty(), Optional.of("features"), Optional.empty(), 0.5), Tiny.LABELS);
        assertThat(named.postprocessing())
                .isEqualTo(new Postprocessing.OneLabel(Optional.of("features"), Activation.SOFTMAX, 1));
    }

    @Test
    void shouldLeaveOutABackgroundThatTheNetworkHasNoValueFor() {
        List<String> labels = List.of("background", "red", "green", "blue");
        assertThat(decide(ending("Softmax", 3), OutputOptions.NONE, labels).labels())
                .isEqualTo(Tiny.LABELS);
        assertThatThrownBy(() -> decide(ending("Softmax", 3), OutputOptions.NONE, BINARY))
                .hasMessageContaining("background");
        List<String> whole = List.of("background", "green", "blue");
        assertThat(decide(ending("Softmax", 3), OutputOptions.NONE, whole).labels())
                .isEqualTo(whole);
    }

    private static double sigmoid(int channel) {
        return 1 / (1 + Math.exp(-LOGITS[channel]));
    }

    private static OutputOptions task(Task task) {
        return new OutputOptions(Optional.of(task), Optional.empty(), Optional.empty(), 0.5);
    }

    private static LabelDecision decide(OnnxModel model, OutputOptions options, List<String> labels) {
        return LabelDecision.of(
                model, options, labels, OutputTrial.run(Engine.open(), model.bytes(), Tiny.CONTRACT, IMAGES));
    }

    /** Serves the orange image. */
    private void assertConfidences(OnnxModel model, LabelDecision decision, double tolerance, double... expected) {
        Map<String, byte[]> golden = Map.of("orange.png", ORANGE);
        Manifest manifest = new Manifest(
                "tiny",
                decision.labels(),
                Optional.of(Tiny.CONTRACT),
                decision.postprocessing(),
                Optional.empty(),
                Lineage.imported("tiny.onnx", "test", "test"),
                GoldenTest.make(Engine.open(), model.bytes(), Tiny.CONTRACT, golden),
                new TreeMap<>());
        Bundle bundle = Bundle.write(directory.resolve("bundle"), manifest, model.bytes(), golden);
        try (DecodePool workers = new DecodePool(1, 8, 1_000_000);
                LoadedModel loaded = LoadedModel.load(
                        Engine.open(),
                        Bundle.read(bundle.directory()),
                        RuntimeSettings.forThisMachine(),
                        workers,
                        () -> {})) {
            PredictionResult result = loaded.predict(ORANGE, Deadline.in(java.time.Duration.ofSeconds(20)))
                    .result();
            List<Ranked> ranked = switch (result) {
                case PredictionResult.LabelResult(Classification classification, var _) -> classification.ranked();
                case PredictionResult.MultiLabelResult(List<Ranked> scores, double ignored) -> scores;
                case PredictionResult.MultiTaskResult ignored -> List.of();
                case PredictionResult.ObjectResult ignored -> List.of();
                case PredictionResult.EmbeddingResult ignored -> List.of();
                case PredictionResult.TensorResult ignored -> List.of();
            };
            Map<String, Double> found = new TreeMap<>();
            ranked.forEach(one -> found.put(one.label(), one.confidence()));
            assertThat(found).hasSize(expected.length);
            for (int i = 0; i < expected.length; i++) {
                assertThat(found.get(decision.labels().get(i))).isCloseTo(expected[i], within(tolerance));
            }
        }
    }

    private static String logits(GraphBuilder graph, int values) {
        String pixels = graph.input("pixels", 1, 3, Tiny.EDGE, Tiny.EDGE);
        String means = graph.node("GlobalAveragePool", "pooled", List.of(pixels));
        graph.node("Flatten", "means", List.of(means));
        float[] weights = new float[3 * values];
        float[] bias = new float[values];
        for (int i = 0; i < values; i++) {
            weights[i * values + i] = 10;
            bias[i] = -5;
        }
        return graph.node(
                "Gemm",
                "scores",
                List.of(
                        "means",
                        graph.weights("weights", List.of(3L, (long) values), weights),
                        graph.weights("bias", List.of((long) values), bias)));
    }

    private static OnnxModel ending(String end, int values) {
        GraphBuilder graph = new GraphBuilder("ending");
        String last = logits(graph, values);
        int shape = values;
        boolean integers = false;
        switch (end) {
            case "by hand", "by hand with Reciprocal" -> {
                String exponential = graph.node("Exp", "exponential", List.of(last));
                String sum = graph.node("ReduceSum", "sum", List.of(exponential, graph.integers("axis", 1)));
                last = end.equals("by hand")
                        ? graph.node("Div", "quotient", List.of(exponential, sum))
                        : graph.node(
                                "Mul",
                                "product",
                                List.of(exponential, graph.node("Reciprocal", "share", List.of(sum))));
            }
            case "sigmoid by hand", "sigmoid by hand with Reciprocal" -> {
                String one = graph.weights("one", List.of(), new float[] {1});
                String exponential =
                        graph.node("Exp", "exponential", List.of(graph.node("Neg", "negative", List.of(last))));
                String sum = graph.node("Add", "sum", List.of(one, exponential));
                last = end.endsWith("Reciprocal")
                        ? graph.node("Reciprocal", "share", List.of(sum))
                        : graph.node("Div", "quotient", List.of(one, sum));
            }
            case "Sigmoid Concat" -> {
                String good = graph.node("Sigmoid", "second", List.of(last));
                String bad =
                        graph.node("Sub", "first", List.of(graph.weights("one", List.of(), new float[] {1}), good));
                last = graph.node("Concat", "joined", List.of(bad, good), GraphBuilder.integer("axis", 1));
                shape = 2;
            }
            case "percent", "percent rounded" -> {
                String share = graph.node("Softmax", "share", List.of(last), GraphBuilder.integer("axis", 1));
                String hundred = graph.weights("hundred", List.of(), new float[] {100});
                last = graph.node("Mul", "times", List.of(share, hundred));
                if (end.endsWith("rounded")) {
                    last = graph.node("Div", "back", List.of(graph.node("Round", "whole", List.of(last)), hundred));
                }
            }
            case "sum of 1" -> {
                String small = graph.node(
                        "Mul", "small", List.of(last, graph.weights("tiny", List.of(), new float[] {0.02f})));
                String sum = graph.node("ReduceSum", "sum", List.of(small, graph.integers("axis", 1)));
                String rest = graph.node("Sub", "rest", List.of(graph.weights("one", List.of(), new float[] {1}), sum));
                String third =
                        graph.node("Mul", "third", List.of(rest, graph.weights("part", List.of(), new float[] {1 / 3f
                        })));
                last = graph.node("Add", "raised", List.of(small, third));
            }
            case "distances" -> {
                String from = graph.weights("centre", List.of(3L), new float[] {1, 2, 3});
                String apart = graph.node(
                        "Sub",
                        "apart",
                        List.of(graph.node("Unsqueeze", "each", List.of(last, graph.integers("at", 2))), from));
                String squares = graph.node("Mul", "squares", List.of(apart, apart));
                last = graph.node(
                        "ReduceSum",
                        "distance",
                        List.of(squares, graph.integers("over", 2)),
                        GraphBuilder.integer("keepdims", 0));
            }
            case "halves" -> {
                String bounded = graph.node("Tanh", "bounded", List.of(last));
                String half = graph.weights("half", List.of(), new float[] {0.5f});
                String small = graph.node("Mul", "small", List.of(bounded, half));
                last = graph.node("Add", "raised", List.of(small, half));
            }
            default -> {
                for (String type : end.split(" ")) {
                    last = step(graph, type, last);
                    integers |= type.startsWith("Arg");
                }
            }
        }
        graph.node("Identity", "out", List.of(last));
        OnnxModel model = withPlaces((integers ? graph.output("out", 1) : graph.output("out", 1, shape)).build());
        if (!integers) {
            return model;
        }
        var proto = model.proto().toBuilder();
        proto.getGraphBuilder()
                .getOutputBuilder(0)
                .getTypeBuilder()
                .getTensorTypeBuilder()
                .setElemType(7);
        return OnnxModel.of(proto.build());
    }

    private static String step(GraphBuilder graph, String type, String last) {
        String name = type + "-of-" + last;
        return switch (type) {
            case "Softmax", "LogSoftmax" -> graph.node(type, name, List.of(last), GraphBuilder.integer("axis", 1));
            case "Cast" -> graph.node("Cast", name, List.of(last), GraphBuilder.integer("to", 1));
            case "Cast16" -> graph.node("Cast", name, List.of(last), GraphBuilder.integer("to", 10));
            case "TopK" -> graph.node("TopK", name, List.of(last, graph.integers("most", 3)));
            case "halved" -> graph.node("Div", name, List.of(last, graph.weights("two", List.of(), new float[] {2})));
            case "complement" ->
                graph.node("Sub", name, List.of(graph.weights("one", List.of(), new float[] {1}), last));
            case "ArgMax", "ArgMin" ->
                graph.node(
                        type,
                        name,
                        List.of(last),
                        GraphBuilder.integer("axis", 1),
                        GraphBuilder.integer("keepdims", 0));
            case "Clip" ->
                graph.node(
                        "Clip",
                        name,
                        List.of(
                                last,
                                graph.weights("least", List.of(), new float[] {1e-7f}),
                                graph.weights("most", List.of(), new float[] {1 - 1e-7f})));
            case "Reshape" -> graph.node("Reshape", name, List.of(last, graph.integers("shape", 1, 3, 1, 1)));
            case "Squeeze" -> graph.node("Squeeze", name, List.of(last, graph.integers("axes", 2, 3)));
            default -> graph.node(type, name, List.of(last));
        };
    }
}
