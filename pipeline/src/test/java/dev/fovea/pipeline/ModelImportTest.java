package dev.fovea.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl;
import dev.fovea.datasets.DatasetStore;
import dev.fovea.datasets.DatasetVersion;
import dev.fovea.datasets.IngestReport;
import dev.fovea.evaluation.EvaluatedImage;
import dev.fovea.evaluation.Evaluation;
import dev.fovea.evaluation.EvaluationStore;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.imaging.Size;
import dev.fovea.model.Bundle;
import dev.fovea.model.decoder.DecoderConfig;
import dev.fovea.model.decoder.Postprocessing;
import dev.fovea.model.graph.NetworkBuilder;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.model.json.PreprocessingContractJson;
import dev.fovea.pipeline.jobs.JobTools;
import dev.fovea.pipeline.jobs.Provenance;
import dev.fovea.pipeline.request.PromotionPolicy;
import dev.fovea.pipeline.run.RunStore;
import dev.fovea.registry.AuditEntry;
import dev.fovea.registry.BundleStore;
import dev.fovea.registry.Change;
import dev.fovea.registry.ModelStore;
import dev.fovea.registry.ModelVersion;
import dev.fovea.registry.RegisteredModel;
import dev.fovea.registry.Registry;
import dev.fovea.registry.VersionDeletion;
import dev.fovea.runtime.DecodePool;
import dev.fovea.runtime.session.Engine;
import dev.fovea.serving.pool.Releases;
import dev.fovea.serving.pool.ValidationHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelImportTest {

    private static final PreprocessingContract CONTRACT = PreprocessingContractJson.read("""
            {"color": "RGB",
             "resize": {"fit": "stretch", "size": [32], "filter": "bilinear", "engine": "pillow"}}""");
    private static final List<String> LABELS = List.of("a", "b", "c");

    @TempDir
    private Path directory;

    private final Registry registry = new Registry(new MemoryModels(), InstantSource.system());
    private final DecodePool workers = new DecodePool(1, 16, 10_000_000);
    private Path onnx = Path.of("");

    @BeforeEach
    void write() throws IOException {
        onnx = directory.resolve("net.onnx");
        Files.write(
                onnx,
                NetworkBuilder.build(
                                NetworkBuilder.Family.MOBILE,
                                NetworkBuilder.Scale.SMALL,
                                3,
                                Size.square(32),
                                LABELS.size(),
                                1)
                        .bytes());
    }

    @AfterEach
    void close() {
        workers.close();
    }

    @Test
    void shouldPromoteFirstVersionWithGoldenVectors() {
        ModelVersion version = run("shirts", LABELS);
        assertThat(version.id()).hasToString("shirts:1");
        assertThat(registry.model("shirts").promotion().orElseThrow().version()).isEqualTo(1);
        Bundle bundle = Bundle.read(new CopiedBundles(directory).path(version.bundleId()));
        assertThat(bundle.manifest().golden()).isNotEmpty();
        assertThat(bundle.manifest().labels()).isEqualTo(LABELS);
        assertThat(directory.resolve("scratch1")).doesNotExist();

        assertThat(run("shirts", LABELS).number()).isEqualTo(2);
        assertThat(registry.model("shirts").promotion().orElseThrow().version()).isEqualTo(1);
    }

    @Test
    void shouldNotRegisterInvalidModel() throws IOException {
        assertRefused(ErrorCode.ARGUMENT_INVALID, "No Such Name", LABELS);
        assertRefused(ErrorCode.LABELS_MISMATCH, "shirts", List.of("a", "b"));
        byte[] whole = Files.readAllBytes(onnx);
        Files.write(onnx, java.util.Arrays.copyOf(whole, whole.length / 2));
        assertRefused(ErrorCode.MODEL_CORRUPT, "shirts", LABELS);
        Files.delete(onnx);
        assertRefused(ErrorCode.MODEL_CORRUPT, "shirts", LABELS);
        assertThat(registry.models()).isEmpty();
    }

    /** It loads and has golden outputs, but they cannot be decoded to predictions. */
    @Test
    void shouldNotRegisterModelWithoutDecodableOutput() {
        String output = OnnxModel.read(onnx).outputs().getFirst().name();
        Postprocessing map = new Postprocessing.Decoding(new DecoderConfig.SemanticMap(output));
        assertThatThrownBy(() -> run("shirts", Optional.of(map), LABELS))
                .isInstanceOfSatisfying(
                        FoveaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DECODER_INVALID));
        assertThat(registry.models()).isEmpty();
    }

    @Test
    void shouldRefuseFileWithMissingExternalWeights() throws IOException {
        OnnxModel model = OnnxModel.read(onnx);
        var graph = model.proto().getGraph().toBuilder();
        graph.setInitializer(
                0,
                graph.getInitializer(0).toBuilder()
                        .clearRawData()
                        .setDataLocation(OnnxMl.TensorProto.DataLocation.EXTERNAL));
        Files.write(onnx, model.proto().toBuilder().setGraph(graph).build().toByteArray());
        assertThatThrownBy(() -> run("shirts", LABELS)).hasMessageContaining("in another file");
        assertThat(registry.models()).isEmpty();
    }

    private void assertRefused(ErrorCode code, String name, List<String> labels) {
        assertThatThrownBy(() -> run(name, labels))
                .isInstanceOfSatisfying(
                        FoveaException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    private ModelVersion run(String name, List<String> labels) {
        return run(name, Optional.empty(), labels);
    }

    private ModelVersion run(String name, Optional<Postprocessing> postprocessing, List<String> labels) {
        AtomicInteger scratch = new AtomicInteger();
        CopiedBundles bundles = new CopiedBundles(directory);
        JobTools workshop = new JobTools(
                registry,
                new Releases(
                        registry,
                        new ValidationHost(registry, bundles, Engine::open, () -> workers),
                        new VersionDeletion(registry, () -> {})),
                new JobTools.Stores(
                        bundles,
                        new NoDatasets(),
                        new NoEvaluations(),
                        new NoEmbeddings(),
                        RunStore.NONE,
                        () -> directory.resolve("scratch" + scratch.incrementAndGet()),
                        directory,
                        directory),
                Engine.open(),
                workers,
                new Provenance("test", "test", "tester"));
        return new ModelImport(workshop)
                .run(
                        new ModelImport.Request(
                                onnx,
                                name,
                                new NetworkUse(Optional.of(CONTRACT), postprocessing, labels),
                                Map.of(),
                                "",
                                Optional.empty(),
                                PromotionPolicy.FIRST_IF_BETTER,
                                "a note"),
                        (step, done, of) -> {})
                .version();
    }

    private record CopiedBundles(Path directory) implements BundleStore {

        @Override
        public String put(Path bundle) {
            String id = Bundle.read(bundle).id();
            try (var files = Files.walk(bundle)) {
                for (Path file : files.sorted().toList()) {
                    Path target = path(id).resolve(bundle.relativize(file).toString());
                    if (Files.isDirectory(file)) {
                        Files.createDirectories(target);
                    } else {
                        Files.write(target, Files.readAllBytes(file));
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return id;
        }

        @Override
        public Path path(String id) {
            return directory.resolve("bundle-" + id);
        }

        @Override
        public byte[] file(String id, String name) {
            try {
                return Files.readAllBytes(path(id).resolve(name));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static final class MemoryModels implements ModelStore {

        private final TreeMap<String, RegisteredModel> models = new TreeMap<>();
        private long revision;

        @Override
        public List<RegisteredModel> models() {
            return List.copyOf(models.values());
        }

        @Override
        public Optional<RegisteredModel> model(String name) {
            return Optional.ofNullable(models.get(name));
        }

        @Override
        public RegisteredModel change(String name, Function<RegisteredModel, Change> step) {
            Change change = step.apply(models.getOrDefault(name, RegisteredModel.unregistered(name)));
            models.put(name, change.model());
            revision++;
            return change.model();
        }

        @Override
        public List<AuditEntry> audit(String name, int limit) {
            return List.of();
        }

        @Override
        public long revision() {
            return revision;
        }
    }

    /** An import never reads data sets. */
    private static final class NoEvaluations implements EvaluationStore {

        @Override
        public void save(Evaluation evaluation, List<EvaluatedImage> images) {
            throw new AssertionError("an import without data evaluates nothing");
        }

        @Override
        public Optional<Evaluation> find(String id) {
            return Optional.empty();
        }

        @Override
        public List<Evaluation> list(String model, int version) {
            return List.of();
        }

        @Override
        public List<EvaluatedImage> images(String id) {
            return List.of();
        }

        @Override
        public Optional<EvaluatedImage> image(String id, int number) {
            return Optional.empty();
        }

        @Override
        public String putPack(byte[] thumbnails) {
            throw new AssertionError("an import without data evaluates nothing");
        }

        @Override
        public byte[] pack(String id) {
            throw new AssertionError("an import without data evaluates nothing");
        }
    }

    private static final class NoDatasets implements DatasetStore {

        @Override
        public void save(DatasetVersion version, IngestReport report) {
            throw new AssertionError("not used");
        }

        @Override
        public Optional<DatasetVersion> find(String id) {
            throw new AssertionError("not used");
        }

        @Override
        public Optional<String> report(String id) {
            throw new AssertionError("not used");
        }

        @Override
        public List<Summary> list() {
            throw new AssertionError("not used");
        }
    }
}
