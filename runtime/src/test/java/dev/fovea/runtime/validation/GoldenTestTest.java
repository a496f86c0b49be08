package dev.fovea.runtime.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.ImageLimits;
import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.model.Bundle;
import dev.fovea.model.GoldenVector;
import dev.fovea.model.Manifest;
import dev.fovea.model.graph.GraphBuilder;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.runtime.DecodePool;
import dev.fovea.runtime.LoadedModel;
import dev.fovea.runtime.RuntimeSettings;
import dev.fovea.runtime.Tiny;
import dev.fovea.runtime.batching.BatchSettings;
import dev.fovea.runtime.session.Engine;
import dev.fovea.runtime.session.SessionSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoldenTestTest {

    private static final Engine ENGINE = Engine.open();
    private static final OnnxModel MODEL = Tiny.means(GraphBuilder.BATCH);
    private static final Map<String, byte[]> GOLDEN =
            Map.of("orange.png", Tiny.png(250, 120, 40), "teal.png", Tiny.png(10, 130, 128));

    @TempDir
    private Path directory;

    private final Manifest manifest = Tiny.manifest(MODEL, GOLDEN, ENGINE);

    @Test
    void shouldRecordTheOutputOfEachImage() {
        GoldenVector teal = vector("teal.png");
        assertThat(manifest.golden()).hasSize(2);
        assertThat(teal.tensorSha256()).hasSize(64);
        assertThat(teal.output().get(1)).isCloseTo(130 / 255f, within(1e-5f));
    }

    @Test
    void shouldPassWithUnchangedOutputs() {
        assertThat(load(manifest, MODEL)).isEqualTo("served");
    }

    @Test
    void shouldNameImageAndDifferenceOfChangedOutput() {
        List<GoldenVector> changed = new ArrayList<>();
        for (GoldenVector vector : manifest.golden()) {
            List<Float> output = new ArrayList<>(vector.output());
            if (vector.image().equals("teal.png")) {
                output.set(2, output.get(2) + 0.25f);
            }
            changed.add(new GoldenVector(
                    vector.image(), vector.tensorSha256(), output, vector.tolerances(), vector.detections()));
        }
        assertFails(
                with(manifest.contract().orElseThrow(), changed),
                MODEL,
                "teal.png",
                "the input tensor is the same",
                "0.25");
    }

    @Test
    void shouldFailWithChangedContract() {
        assertFails(with(Tiny.contract(0.5), manifest.golden()), MODEL, ".png", "differs", "0.5");
    }

    @Test
    void shouldFailWithAnotherGraphInBundle() {
        OnnxModel other = Tiny.roots();
        assertFails(manifest, other, ".png", "the input tensor is the same", "off by");
    }

    @Test
    void shouldRefuseNetworkWithNonFiniteOutputs() {
        assertThatThrownBy(() -> GoldenTest.make(
                        ENGINE, Tiny.roots().bytes(), Tiny.CONTRACT, Map.of("black.png", Tiny.png(0, 0, 0))))
                .isInstanceOfSatisfying(
                        FoveaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INFERENCE_FAILED))
                .hasMessageContaining("black.png");
    }

    @Test
    void shouldRefuseNonDeterministicNetwork() {
        GraphBuilder graph = new GraphBuilder("random");
        String means =
                graph.node("GlobalAveragePool", "means", List.of(graph.input("pixels", 1, 3, Tiny.EDGE, Tiny.EDGE)));
        String noise = graph.node("RandomNormalLike", "noise", List.of(means));
        graph.node("Add", "out", List.of(means, noise));
        OnnxModel random = graph.output("out", 1, 3, 1, 1).build();
        assertThatThrownBy(() -> GoldenTest.make(ENGINE, random.bytes(), Tiny.CONTRACT, GOLDEN))
                .isInstanceOfSatisfying(
                        FoveaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MODEL_OPERATOR_UNSUPPORTED))
                .hasMessageContainingAll("not deterministic", ".png", "model.eval()");
    }

    @Test
    void shouldReportNetworkThatNeedsTooMuchMemory() {
        GraphBuilder graph = new GraphBuilder("huge");
        String means =
                graph.node("GlobalAveragePool", "means", List.of(graph.input("pixels", 1, 3, Tiny.EDGE, Tiny.EDGE)));
        String zeros = graph.node("ConstantOfShape", "zeros", List.of(graph.integers("shape", 4_000_000, 1_000_000)));
        String zero = graph.node("ReduceMean", "zero", List.of(zeros), GraphBuilder.integer("keepdims", 0));
        graph.node("Add", "out", List.of(means, zero));
        OnnxModel huge = graph.output("out", 1, 3, 1, 1).build();
        assertThatThrownBy(() -> GoldenTest.make(ENGINE, huge.bytes(), Tiny.CONTRACT, GOLDEN))
                .isInstanceOfSatisfying(
                        FoveaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MODEL_LIMIT_EXCEEDED))
                .hasMessageContaining("16,000,000 MB for one tensor");
    }

    private GoldenVector vector(String image) {
        return manifest.golden().stream()
                .filter(vector -> vector.image().equals(image))
                .findFirst()
                .orElseThrow();
    }

    private Manifest with(PreprocessingContract contract, List<GoldenVector> golden) {
        return new Manifest(
                manifest.name(),
                manifest.labels(),
                Optional.of(contract),
                manifest.postprocessing(),
                manifest.evaluation(),
                manifest.lineage(),
                golden,
                manifest.files());
    }

    private void assertFails(Manifest changed, OnnxModel model, String... said) {
        assertThatThrownBy(() -> load(changed, model))
                .isInstanceOfSatisfying(
                        FoveaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.VALIDATION_FAILED))
                .hasMessageContainingAll(said);
    }

    private String load(Manifest changed, OnnxModel model) {
        Bundle bundle = Bundle.write(directory.resolve("bundle"), changed, model.bytes(), GOLDEN);
        RuntimeSettings settings =
                new RuntimeSettings(new SessionSettings(1, false), BatchSettings.DEFAULT, ImageLimits.DEFAULT);
        try (DecodePool workers = new DecodePool(1, 8, 1_000_000);
                LoadedModel classifier = LoadedModel.load(ENGINE, bundle, settings, workers, () -> {})) {
            classifier.check();
            return "served";
        }
    }
}
