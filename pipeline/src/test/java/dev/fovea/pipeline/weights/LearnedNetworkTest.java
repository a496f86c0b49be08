package dev.fovea.pipeline.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.architecture.Architecture;
import dev.fovea.model.architecture.LearnedNetwork;
import dev.fovea.model.checkpoint.Checkpoint;
import dev.fovea.model.graph.EmbeddingTensor;
import dev.fovea.runtime.session.Engine;
import dev.fovea.runtime.session.Session;
import dev.fovea.runtime.session.SessionSettings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks that are written from weights, beside those of torchvision and timm with the same weights. */
class LearnedNetworkTest {

    @TempDir
    private Path directory;

    private final Engine engine = Engine.open();

    private Checkpoint checkpoint(SequencedMap<String, List<Long>> shapes, boolean filled) {
        return Checkpoint.open(FormulaWeights.write(directory.resolve("w.safetensors"), shapes, filled));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "efficientnet-lite0.timm",
                "efficientnet-lite2.timm",
                "timm-efficientnet-lite0.timm",
                "mobilenet-v2.torchvision",
                "mobilenet-v2.timm",
                "mobilenet-v3-small.torchvision",
                "mobilenet-v3-small.timm",
                "mobilenet-v3-large.torchvision",
                "mobilenet-v3-large.timm",
                "resnet-18.torchvision",
                "convnext-nano.timm",
                "vit-tiny.timm"
            })
    void shouldComputeWhatTheLibraryComputes(String name) {
        RecordedNetwork recorded = RecordedNetwork.read(name);
        Architecture architecture = recorded.architecture();
        try (Checkpoint checkpoint = checkpoint(recorded.shapes(), true)) {
            LearnedNetwork network = LearnedNetwork.write(architecture, checkpoint, architecture.usualSize());

            assertThat(network.classes()).isEqualTo(1000);
            assertThat(EmbeddingTensor.find(network.model(), "logits")).isPresent();
            try (Session session = engine.load(network.model().bytes(), SessionSettings.forThisMachine())) {
                float[] logits = session.run(List.of(TestPattern.tensor("images", architecture.usualContract())))
                        .getFirst()
                        .floats();
                recorded.proof().require(name, logits);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "efficientnet-lite0.timm, 2",
        "efficientnet-lite1.timm, 1",
        "efficientnet-lite2.timm, 1",
        "mobilenet-v2.torchvision, 1",
        "mobilenet-v2.timm, 1",
        "mobilenet-v3-small.torchvision, 1",
        "mobilenet-v3-large.timm, 1",
        "resnet-18.torchvision, 1",
        "resnet-34.torchvision, 1",
        "resnet-50.torchvision, 1",
        "convnext-nano.timm, 1",
        "vit-tiny.timm, 1",
        "vit-small.timm, 1"
    })
    void shouldTellWhoseTensorsTheyAre(String name, int candidates) {
        RecordedNetwork recorded = RecordedNetwork.read(name);
        try (Checkpoint checkpoint = checkpoint(recorded.shapes(), false)) {
            assertThat(LearnedNetwork.fitting(checkpoint))
                    .contains(recorded.architecture())
                    .hasSize(candidates);
        }
    }

    @Test
    void shouldNameWhatDoesNotFitAndWhatTheWeightsAre() {
        RecordedNetwork recorded = RecordedNetwork.read("resnet-34.torchvision");
        try (Checkpoint checkpoint = checkpoint(recorded.shapes(), false)) {
            assertThatThrownBy(() -> LearnedNetwork.write(
                            Architecture.RESNET_18, checkpoint, Architecture.RESNET_18.usualSize()))
                    .isInstanceOf(FoveaException.class)
                    .hasFieldOrPropertyWithValue("code", ErrorCode.WEIGHTS_MISMATCH)
                    .hasMessageContaining("layer1.2.conv1.weight")
                    .hasMessageContaining("--architecture resnet-34");
        }
    }

    @Test
    void shouldNameTensorsOfAnotherShape() {
        SequencedMap<String, List<Long>> shapes = new LinkedHashMap<>(
                RecordedNetwork.read("resnet-18.torchvision").shapes());
        shapes.put("conv1.weight", List.of(64L, 1L, 7L, 7L));
        shapes.remove("bn1.bias");
        shapes.put("extra", List.of(3L));
        try (Checkpoint checkpoint = checkpoint(shapes, false)) {
            assertThatThrownBy(() -> LearnedNetwork.write(
                            Architecture.RESNET_18, checkpoint, Architecture.RESNET_18.usualSize()))
                    .hasMessageContaining("conv1.weight is [64, 1, 7, 7] and must be [64, 3, 7, 7]")
                    .hasMessageContaining("Missing (1): bn1.bias")
                    .hasMessageContaining("Not in the network (1): extra");
        }
    }

    @Test
    void shouldTakeTheNumberOfClassesFromTheFile() {
        SequencedMap<String, List<Long>> shapes = new LinkedHashMap<>(
                RecordedNetwork.read("mobilenet-v2.torchvision").shapes());
        shapes.put("classifier.1.weight", List.of(5L, 1280L));
        shapes.put("classifier.1.bias", List.of(5L));
        try (Checkpoint checkpoint = checkpoint(shapes, true)) {
            LearnedNetwork network =
                    LearnedNetwork.write(Architecture.MOBILENET_V2, checkpoint, Architecture.MOBILENET_V2.usualSize());

            assertThat(network.classes()).isEqualTo(5);
            assertThat(network.model().outputs().getFirst().toString()).contains("5");
        }
    }
}
