package dev.fovea.pipeline.quantization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.model.Bundle;
import dev.fovea.model.Lineage;
import dev.fovea.model.Manifest;
import dev.fovea.model.anomaly.AnomalyGraph;
import dev.fovea.model.anomaly.OutputCorrection;
import dev.fovea.model.decoder.Activation;
import dev.fovea.model.decoder.Postprocessing;
import dev.fovea.model.graph.GraphBuilder;
import dev.fovea.model.graph.NetworkBuilder.Family;
import dev.fovea.model.graph.NetworkBuilder.Scale;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.runtime.session.Engine;
import dev.fovea.runtime.session.Session;
import dev.fovea.runtime.session.SessionSettings;
import dev.fovea.training.Recipe;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThresholdTransferTest {

    private static final int EDGE = 32;
    private static final Engine ENGINE = Engine.open();
    private static final Recipe RECIPE = new Recipe(Family.MOBILE, Scale.SMALL, EDGE);

    @TempDir
    private Path directory;

    private final OnnxModel detector = detector();

    /** The score is the mean of an image's cells, the heat map half of each cell. */
    private static OnnxModel detector() {
        GraphBuilder graph = new GraphBuilder("detector");
        String input = graph.input("input", GraphBuilder.BATCH, 3, EDGE, EDGE);
        String cells = graph.node(
                "AveragePool",
                "cells",
                List.of(input),
                GraphBuilder.ints("kernel_shape", 8, 8),
                GraphBuilder.ints("strides", 8, 8));
        String red = graph.node(
                "Slice",
                "red",
                List.of(cells, graph.integers("from", 0), graph.integers("to", 1), graph.integers("axis", 1)));
        graph.node("Mul", AnomalyGraph.HEAT_MAP, List.of(red, graph.weights("half", List.of(), new float[] {0.5f})));
        String mean = graph.node("GlobalAveragePool", "mean", List.of(red));
        graph.node("Flatten", AnomalyGraph.SCORE, List.of(mean));
        return graph.output(AnomalyGraph.SCORE, GraphBuilder.BATCH, 1)
                .output(AnomalyGraph.HEAT_MAP, GraphBuilder.BATCH, 1, 4, 4)
                .build();
    }

    private Bundle bundle(List<String> labels) {
        return Bundle.write(
                directory.resolve("bundle" + labels.size()),
                new Manifest(
                        "tiles",
                        labels,
                        Optional.of(RECIPE.contract()),
                        new Postprocessing.OneLabel(
                                Optional.of(AnomalyGraph.SCORE),
                                Activation.SIGMOID,
                                1,
                                Optional.of(AnomalyGraph.HEAT_MAP)),
                        Optional.empty(),
                        Lineage.imported("tiles", "test", "test"),
                        List.of(),
                        new TreeMap<>()),
                detector.bytes(),
                new TreeMap<>());
    }

    private static List<Tensor> images(long seed, int count) {
        SplittableRandom random = new SplittableRandom(seed);
        return IntStream.range(0, count)
                .mapToObj(_ -> {
                    double level = random.nextGaussian();
                    float[] values = new float[3 * EDGE * EDGE];
                    for (int i = 0; i < values.length; i++) {
                        values[i] = (float) (level + random.nextGaussian());
                    }
                    return Tensor.of("input", new long[] {1, 3, EDGE, EDGE}, values);
                })
                .toList();
    }

    @Test
    void shouldBringScoresBackToTheThreshold() {
        ThresholdTransfer transfer = ThresholdTransfer.of(ENGINE, bundle(List.of("good", "anomalous")), images(1, 20))
                .orElseThrow();
        OnnxModel changed = OutputCorrection.applied(
                detector,
                Map.of(
                        AnomalyGraph.SCORE, new OutputCorrection(1.3, 2),
                        AnomalyGraph.HEAT_MAP, new OutputCorrection(0.8, -1)));
        Tensor unseen = images(2, 1).getFirst();
        assertThat(run(changed, unseen)[0]).isNotCloseTo(run(detector, unseen)[0], within(1f));
        float[] corrected = run(transfer.applied(changed), unseen);
        float[] original = run(detector, unseen);
        for (int i = 0; i < original.length; i++) {
            assertThat(corrected[i]).isCloseTo(original[i], within(1e-4f));
        }
    }

    @Test
    void shouldLeaveOtherModelsAlone() {
        assertThat(ThresholdTransfer.of(ENGINE, bundle(List.of("red")), images(1, 1)))
                .isEmpty();
    }

    /** The score, then the heat map. */
    private static float[] run(OnnxModel model, Tensor image) {
        try (Session session = ENGINE.load(model.bytes(), SessionSettings.forThisMachine())) {
            List<Tensor> outputs = session.run(List.of(image));
            assertThat(outputs).extracting(Tensor::name).containsExactly(AnomalyGraph.SCORE, AnomalyGraph.HEAT_MAP);
            float[] heat = outputs.getLast().floats();
            float[] all = new float[1 + heat.length];
            all[0] = outputs.getFirst().floats()[0];
            System.arraycopy(heat, 0, all, 1, heat.length);
            return all;
        }
    }
}
