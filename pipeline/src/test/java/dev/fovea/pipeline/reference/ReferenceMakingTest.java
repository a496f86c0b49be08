package dev.fovea.pipeline.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.imaging.Image;
import dev.fovea.imaging.ImageWriter;
import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.imaging.Size;
import dev.fovea.model.Bundle;
import dev.fovea.model.Lineage;
import dev.fovea.model.Manifest;
import dev.fovea.model.decoder.Activation;
import dev.fovea.model.decoder.Postprocessing;
import dev.fovea.model.embedding.EmbeddingProjection;
import dev.fovea.model.embedding.ProjectionCodec;
import dev.fovea.model.graph.NetworkBuilder;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.model.json.PreprocessingContractJson;
import dev.fovea.runtime.DecodePool;
import dev.fovea.runtime.ImageObservation;
import dev.fovea.runtime.LoadedModel;
import dev.fovea.runtime.RuntimeSettings;
import dev.fovea.runtime.session.Deadline;
import dev.fovea.runtime.session.Engine;
import dev.fovea.runtime.validation.GoldenTest;
import dev.fovea.traffic.reference.Reference;
import dev.fovea.traffic.reference.ReferenceRow;
import dev.fovea.traffic.truth.TrueLabels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReferenceMakingTest {

    private static final Engine ENGINE = Engine.open();
    private static final PreprocessingContract CONTRACT = PreprocessingContractJson.read("""
            {"color": "RGB",
             "resize": {"fit": "stretch", "size": [32], "filter": "bilinear", "engine": "pillow"}}""");
    private static final OnnxModel MODEL =
            NetworkBuilder.build(NetworkBuilder.Family.MOBILE, NetworkBuilder.Scale.SMALL, 3, Size.square(32), 3, 1);

    @TempDir
    private Path directory;

    private final DecodePool workers = new DecodePool(2, 64, 100_000_000);

    @AfterEach
    void close() {
        workers.close();
    }

    private List<HeldOutImage> images(int count) throws IOException {
        List<HeldOutImage> images = new ArrayList<>();
        Random random = new Random(2);
        for (int i = 0; i < count; i++) {
            byte[] rgb = new byte[40 * 30 * 3];
            int red = random.nextInt(200);
            int blue = random.nextInt(200);
            for (int at = 0; at < rgb.length; at += 3) {
                rgb[at] = (byte) (red + random.nextInt(50));
                rgb[at + 1] = (byte) random.nextInt(256);
                rgb[at + 2] = (byte) (blue + random.nextInt(50));
            }
            Path file = directory.resolve(i + ".png");
            try (Image image = Image.of(rgb, 40, 30, 3)) {
                Files.write(file, new ImageWriter().png(image));
            }
            images.add(HeldOutImage.of(file, i % 2 == 0 ? "a" : "b"));
        }
        return images;
    }

    private static ReferenceMaking.Unregistered unregistered(byte[] golden) {
        Map<String, byte[]> images = Map.of("golden.png", golden);
        return new ReferenceMaking.Unregistered(
                new Manifest(
                        "shirts",
                        List.of("a", "b", "c"),
                        Optional.of(CONTRACT),
                        new Postprocessing.OneLabel(Activation.SOFTMAX, 1),
                        Optional.empty(),
                        Lineage.imported("net.onnx", "test", "test"),
                        GoldenTest.make(ENGINE, MODEL.bytes(), CONTRACT, images),
                        new TreeMap<>()),
                MODEL.bytes(),
                images);
    }

    private Bundle made(List<HeldOutImage> images, MadeReference reference) throws IOException {
        ReferenceMaking.Unregistered version =
                unregistered(Files.readAllBytes(images.getFirst().file()));
        return Bundle.write(
                directory.resolve("bundle"),
                version.manifest(),
                version.onnx(),
                version.golden(),
                reference.attachments());
    }

    private MadeReference make(List<HeldOutImage> images) throws IOException {
        return new ReferenceMaking(ENGINE, workers, () -> directory.resolve("scratch"))
                .make(unregistered(Files.readAllBytes(images.getFirst().file())), images, (done, of) -> {});
    }

    /** Each row is what a request with that image observes later. */
    @Test
    void shouldObserveHeldOutImagesAsRequestsAreObserved() throws IOException {
        List<HeldOutImage> images = images(140);
        MadeReference made = make(images);
        Bundle bundle = made(images, made);
        Reference reference = Reference.of(bundle).orElseThrow();
        assertThat(made.images()).isEqualTo(140);
        assertThat(reference.rows()).hasSize(140);
        assertThat(reference.heldOut()).isEqualTo(140);
        assertThat(reference.withoutEmbedding()).isEmpty();
        assertThat(made.notes()).contains("reference to compare traffic with: 140 of 140 held-out images");
        try (LoadedModel model =
                LoadedModel.load(ENGINE, bundle, RuntimeSettings.forThisMachine(), workers, () -> {})) {
            assertThat(model.embeds()).isTrue();
            for (HeldOutImage image : images.subList(0, 20)) {
                ImageObservation seen = model.predict(
                                Files.readAllBytes(image.file()), Deadline.in(Duration.ofSeconds(30)))
                        .observed();
                ReferenceRow row = reference.rows().stream()
                        .filter(one -> one.observed().measures().equals(seen.measures()))
                        .findFirst()
                        .orElseThrow();
                assertThat(row.truth()).isEqualTo(image.truth());
                assertThat(row.observed().embedding()).hasSize(seen.embedding().length);
                for (int k = 0; k < seen.embedding().length; k++) {
                    assertThat(row.observed().embedding()[k]).isCloseTo(seen.embedding()[k], within(0.02f));
                }
            }
        }
        assertThat(directory.resolve("scratch")).doesNotExist();
    }

    /** Components have mean 0 and deviation 1 over the images that they are made from. */
    @Test
    void shouldWhitenTheEmbeddingsOfManyImages() throws IOException {
        List<HeldOutImage> images = images(140);
        MadeReference made = make(images);
        Bundle bundle = made(images, made);
        EmbeddingProjection projection =
                ProjectionCodec.read(bundle.attachment(EmbeddingProjection.FILE).orElseThrow());
        assertThat(projection.kind()).isEqualTo(EmbeddingProjection.ProjectionKind.PRINCIPAL_COMPONENTS);
        List<ReferenceRow> rows = Reference.of(bundle).orElseThrow().rows();
        for (int k = 0; k < projection.dimensions(); k++) {
            double sum = 0;
            double squares = 0;
            for (ReferenceRow row : rows) {
                double value = row.observed().embedding()[k];
                sum += value;
                squares += value * value;
            }
            assertThat(sum / rows.size()).isCloseTo(0, within(0.02));
            assertThat(squares / (rows.size() - 1)).isCloseTo(1, within(0.05));
        }
    }

    @Test
    void shouldNotTellByTheOrderOfRowsWhichImageIsWhich() throws IOException {
        List<HeldOutImage> images = images(60);
        List<ReferenceRow> rows =
                Reference.of(made(images, make(images))).orElseThrow().rows();
        assertThat(rows)
                .extracting(
                        row -> row.observed().measures().orElseThrow().tones().brightness())
                .isSorted();
        assertThat(rows)
                .extracting(row -> row.truth().orElseThrow())
                .startsWith(rows.getFirst().truth().orElseThrow())
                .isNotEqualTo(images.stream()
                        .map(image -> image.truth().orElseThrow())
                        .toList());
    }

    @Test
    void shouldCountImagesThatCannotBePredicted() throws IOException {
        List<HeldOutImage> images = images(60);
        Files.write(images.get(7).file(), new byte[] {1, 2, 3});
        Files.delete(images.get(8).file());
        MadeReference made = make(images);
        Reference reference = Reference.of(made(images, made)).orElseThrow();
        assertThat(reference.rows()).hasSize(58);
        assertThat(reference.failed()).isEqualTo(2);
        assertThat(made.notes()).anyMatch(note -> note.endsWith("58 of 60 held-out images; 2 could not be predicted"));
        assertThat(made.counted(Map.of("accuracy", 0.5))).isEqualTo(Map.of("accuracy", 0.5, Reference.METRIC, 58.0));
    }

    @Test
    void shouldSayHowManyImagesAReferenceNeeds() throws IOException {
        List<HeldOutImage> images = images(49);
        MadeReference made = make(images);
        Bundle bundle = made(images, made);
        assertThat(made.notes())
                .contains(
                        "no reference to compare traffic with: 49 held-out images could be predicted, and 50 are needed");
        assertThat(made.images()).isZero();
        assertThat(Reference.of(bundle)).isEmpty();
        assertThat(ProjectionCodec.read(
                                bundle.attachment(EmbeddingProjection.FILE).orElseThrow())
                        .kind())
                .isEqualTo(EmbeddingProjection.ProjectionKind.RANDOM);
    }

    @Test
    void shouldServeABundleWhoseReferenceIsDamaged() throws IOException {
        List<HeldOutImage> images = images(60);
        Bundle bundle = made(images, make(images));
        Files.write(bundle.directory().resolve(Reference.FILE), new byte[] {9, 9});
        Files.delete(bundle.directory().resolve(EmbeddingProjection.FILE));
        Bundle read = Bundle.read(bundle.directory());
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> Reference.of(read))
                .hasMessageContaining("reference.bin was changed after it was registered");
        try (LoadedModel model = LoadedModel.load(ENGINE, read, RuntimeSettings.forThisMachine(), workers, () -> {})) {
            assertThat(model.embeds()).isFalse();
            assertThat(model.predict(Files.readAllBytes(images.get(3).file()), Deadline.in(Duration.ofSeconds(30)))
                            .observed()
                            .measures())
                    .isPresent();
        }
    }

    @Test
    void shouldCutBoxesAtTheImagesEdge() {
        HeldOutImage image = HeldOutImage.of(
                new dev.fovea.datasets.LabelledBoxes(
                        Path.of("x.png"),
                        new dev.fovea.imaging.ImageSize(100, 50),
                        List.of(
                                new dev.fovea.datasets.LabelledBox(0, new dev.fovea.imaging.Box(-10, 5, 50, 60)),
                                new dev.fovea.datasets.LabelledBox(0, new dev.fovea.imaging.Box(120, 5, 150, 20)))),
                List.of("car"));
        assertThat(image.truth())
                .contains(new TrueLabels.TrueObjects(
                        List.of(new dev.fovea.traffic.truth.TrueBox("car", 0, 0.1, 0.5, 0.9))));
    }
}
