package dev.fovea.pipeline.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.model.Sha256;
import dev.fovea.model.architecture.Architecture;
import dev.fovea.model.formats.FoveaMetadata;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.model.json.PreprocessingContractJson;
import dev.fovea.pipeline.weights.BackboneImport.MadeBackbone;
import dev.fovea.pipeline.weights.BackboneImport.WeightsImport;
import dev.fovea.pipeline.weights.PublishedWeights.PackagedWeights;
import dev.fovea.runtime.session.Engine;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small network of torchvision, from a file to a backbone. */
class BackboneImportTest {

    private static final Architecture SMALL = Architecture.MOBILENET_V3_SMALL;
    private static final PackageDownload NO_PIP =
            new PackageDownload(List.of(List.of("/nowhere/pip")), Duration.ofSeconds(1));

    @TempDir
    private Path directory;

    private final RecordedNetwork recorded = RecordedNetwork.read("mobilenet-v3-small.torchvision");
    private Path weights = Path.of("");
    private BackboneFolder folder = new BackboneFolder(Path.of(""));
    private BackboneImport backbones = new BackboneImport(folder, Engine.open());

    @BeforeEach
    void writeWeights() {
        weights = FormulaWeights.write(directory.resolve("small.safetensors"), recorded.shapes(), true);
        folder = new BackboneFolder(directory.resolve("backbones"));
        backbones = new BackboneImport(folder, Engine.open());
    }

    private CatalogBackbone entry(String sha256, Optional<PackagedWeights> packaged, LogitProof proof)
            throws IOException {
        return new CatalogBackbone(
                "small",
                SMALL,
                "test",
                "Apache-2.0",
                new PublishedWeights("small.safetensors", sha256, Files.size(weights), "the test", packaged),
                PreprocessingContractJson.tree(SMALL.usualContract()),
                Optional.of("imagenet-1000"),
                Optional.of(proof));
    }

    private WeightsImport request(Optional<Architecture> architecture) {
        return request(architecture, Optional.empty());
    }

    private WeightsImport request(Optional<Architecture> architecture, Optional<List<String>> labels) {
        return new WeightsImport(
                weights, "parts", architecture, Optional.empty(), labels, Optional.of("MIT"), "a test");
    }

    private String hash() throws IOException {
        return Sha256.of(Files.readAllBytes(weights));
    }

    @Test
    void shouldKeepAFileThatCarriesItsContractAndLicence() {
        MadeBackbone made = backbones.fromFile(request(Optional.empty()));

        OnnxModel model = OnnxModel.read(made.file());
        PreprocessingContract contract = FoveaMetadata.contract(model).orElseThrow();
        assertThat(made.architecture()).isEqualTo(SMALL);
        assertThat(contract).isEqualTo(SMALL.usualContract());
        assertThat(FoveaMetadata.licence(model)).contains("MIT");
        assertThat(folder.names()).containsExactly("parts");
    }

    @Test
    void shouldNotReplaceABackbone() {
        backbones.fromFile(request(Optional.of(SMALL)));
        assertThatThrownBy(() -> backbones.fromFile(request(Optional.of(SMALL))))
                .isInstanceOf(FoveaException.class)
                .hasFieldOrPropertyWithValue("code", ErrorCode.STATE_CONFLICT);
    }

    @Test
    void shouldAddWhatGivesTheRecordedValues() throws IOException {
        MadeBackbone made =
                backbones.add(entry(hash(), Optional.empty(), recorded.proof()), Optional.of(weights), NO_PIP);
        assertThat(made.proved()).isTrue();
        assertThat(FoveaMetadata.labels(OnnxModel.read(made.file())).orElseThrow())
                .hasSize(1000)
                .startsWith("tench", "goldfish");
        assertThat(folder.names()).containsExactly("small");
    }

    @Test
    void shouldRefuseAnotherNumberOfLabelsThanClasses() {
        WeightsImport request = request(Optional.of(SMALL), Optional.of(List.of("hole", "tear")));
        assertThatThrownBy(() -> backbones.fromFile(request))
                .hasFieldOrPropertyWithValue("code", ErrorCode.LABELS_MISMATCH)
                .hasMessageContaining("2 labels for 1,000 classes");
    }

    @Test
    void shouldAddFromAPackageThatAPersonBrought() throws IOException {
        Path wheel = directory.resolve("small-1.0.whl");
        try (OutputStream out = Files.newOutputStream(wheel);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("data/small.safetensors"));
            Files.copy(weights, zip);
        }
        PackagedWeights packaged = new PackagedWeights(
                "small", "1.0", "small-1.0.whl", Sha256.of(Files.readAllBytes(wheel)), "data/small.safetensors");

        backbones.add(entry(hash(), Optional.of(packaged), recorded.proof()), Optional.of(wheel), NO_PIP);

        assertThat(folder.names()).containsExactly("small");
    }

    @Test
    void shouldRefuseAnotherFileThanThePublishedOne() throws IOException {
        CatalogBackbone wanted = entry("00".repeat(32), Optional.empty(), recorded.proof());
        assertThatThrownBy(() -> backbones.add(wanted, Optional.of(weights), NO_PIP))
                .hasFieldOrPropertyWithValue("code", ErrorCode.VALIDATION_FAILED)
                .hasMessageContaining(hash());
        assertThat(folder.names()).isEmpty();
    }

    @Test
    void shouldRefuseANetworkThatGivesOtherValues() throws IOException {
        LogitProof other = new LogitProof(
                recorded.proof().classes(),
                recorded.proof().logits().stream().map(logit -> logit * 1.01).toList(),
                recorded.proof().mean());
        CatalogBackbone wanted = entry(hash(), Optional.empty(), other);
        assertThatThrownBy(() -> backbones.add(wanted, Optional.of(weights), NO_PIP))
                .hasFieldOrPropertyWithValue("code", ErrorCode.VALIDATION_FAILED);
        assertThat(folder.names()).isEmpty();
    }

    @Test
    void shouldSayHowToBringTheFileWhereItCannotBeFetched() throws IOException {
        PackagedWeights packaged =
                new PackagedWeights("small", "1.0", "small-1.0.whl", "ab".repeat(32), "data/small.safetensors");
        CatalogBackbone wanted = entry(hash(), Optional.of(packaged), recorded.proof());
        assertThatThrownBy(() -> backbones.add(wanted, Optional.empty(), NO_PIP))
                .hasFieldOrPropertyWithValue("code", ErrorCode.REMOTE_FAILED)
                .hasMessageContaining("fovea backbones add small --file small-1.0.whl")
                .hasMessageContaining("ab".repeat(32));
    }

    @Test
    void shouldHaveACatalogueWhoseEntriesAreComplete() {
        BackboneCatalog catalog = BackboneCatalog.read();
        assertThat(catalog.backbones()).isNotEmpty().allSatisfy(backbone -> {
            assertThat(folder.file(backbone.name()).getParent()).isEqualTo(directory.resolve("backbones"));
            assertThat(backbone.contract().outputSize())
                    .isEqualTo(backbone.architecture().usualSize());
            assertThat(backbone.classes().orElseThrow()).hasSize(1000);
            assertThat(backbone.weights().sha256()).matches("[0-9a-f]{8,64}");
            assertThat(backbone.weights().packaged().isEmpty()
                            || backbone.proof().isPresent())
                    .as(backbone.name())
                    .isTrue();
        });
        assertThat(catalog.backbones().stream().map(CatalogBackbone::name)).doesNotHaveDuplicates();
    }
}
