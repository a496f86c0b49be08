package dev.fovea.server;

import dev.fovea.cli.terminal.TemporaryHome;
import dev.fovea.config.Machine;
import dev.fovea.datasets.DatasetVersion;
import dev.fovea.datasets.IngestReport;
import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.model.Bundle;
import dev.fovea.model.GoldenVector;
import dev.fovea.model.Lineage;
import dev.fovea.model.Manifest;
import dev.fovea.model.decoder.Activation;
import dev.fovea.model.decoder.Postprocessing;
import dev.fovea.model.graph.NetworkBuilder;
import dev.fovea.model.json.PreprocessingContractJson;
import dev.fovea.registry.ModelVersion;
import dev.fovea.registry.Registration;
import dev.fovea.runtime.session.Engine;
import dev.fovea.runtime.tuning.Tuning;
import dev.fovea.runtime.validation.GoldenTest;
import dev.fovea.synthetic.Fabric;
import dev.fovea.synthetic.FabricClass;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Real small networks with fresh weights, registered as real versions with proofs. */
public final class TestModels {

    public static final List<String> LABELS = List.of("hole", "none", "tear");

    static final String CONTRACT = """
            {"color": "RGB", "resize": {"fit": "stretch", "size": [32], "filter": "area", "engine": "opencv"}}
            """;

    private static final String GOLDEN = "golden-hole.jpg";

    private final Application application;
    private final Engine engine = Engine.open();

    public TestModels(Application application) {
        this.application = application;
    }

    /** The home that is filled. */
    Application application() {
        return application;
    }

    /** The network's file; another seed, other answers. */
    static byte[] network(long seed) {
        PreprocessingContract contract = PreprocessingContractJson.read(CONTRACT);
        return NetworkBuilder.build(
                        NetworkBuilder.Family.MOBILE,
                        NetworkBuilder.Scale.SMALL,
                        contract.color().channels(),
                        contract.outputSize(),
                        LABELS.size(),
                        seed)
                .bytes();
    }

    public static byte[] image(FabricClass kind, long seed) {
        return Fabric.jpeg(kind, seed, Fabric.Conditions.USUAL);
    }

    /** The next version of a model; the caller promotes it. */
    public ModelVersion register(String name, long seed) {
        return register(name, seed, "", Optional.empty(), UnaryOperator.identity());
    }

    /** The same with an evaluation, as a training leaves it. */
    public ModelVersion evaluated(String name, long seed) {
        return register(name, seed, "", Optional.of(EVALUATION), UnaryOperator.identity());
    }

    /** The same as if it had been trained on an image list, which is kept. */
    public ModelVersion trained(String name, long seed, DatasetVersion dataset) {
        application.home().datasets().save(dataset, report(dataset));
        return register(name, seed, dataset.id(), Optional.empty(), UnaryOperator.identity());
    }

    /** A version that will not give the output that its bundle says it gives. */
    ModelVersion unprovable(String name, long seed, float off) {
        return register(name, seed, "", Optional.empty(), vector -> {
            List<Float> output = new ArrayList<>(vector.output());
            output.set(0, output.getFirst() + off);
            return new GoldenVector(
                    vector.image(), vector.tensorSha256(), output, vector.tolerances(), vector.detections());
        });
    }

    /** Imports a network for tensors, into production. */
    void tensors(String name, byte[] onnx) {
        Manifest manifest = new Manifest(
                name,
                List.of(),
                Optional.empty(),
                new Postprocessing.Tensors(),
                Optional.empty(),
                Lineage.imported("drawn", "test", "test"),
                List.of(),
                new TreeMap<>());
        String id = stored(manifest, onnx, Map.of());
        application
                .registry()
                .register(
                        new Registration(
                                name,
                                "tensors",
                                id,
                                List.of(),
                                "",
                                manifest.lineage(),
                                new Registration.Quality(Map.of(), ""),
                                new Registration.NetworkSize(1, onnx.length)),
                        "test");
        application.registry().promote(name, 1, "test", "");
    }

    /** The same network, as sure as a temperature makes it. */
    ModelVersion withTemperature(String name, long seed, double temperature) {
        return register(
                name,
                seed,
                new Postprocessing.OneLabel(Activation.SOFTMAX, temperature),
                "",
                Optional.empty(),
                UnaryOperator.identity());
    }

    private ModelVersion register(
            String name, long seed, String dataset, Optional<String> evaluation, UnaryOperator<GoldenVector> edited) {
        return register(name, seed, new Postprocessing.OneLabel(Activation.SOFTMAX, 1), dataset, evaluation, edited);
    }

    private ModelVersion register(
            String name,
            long seed,
            Postprocessing postprocessing,
            String dataset,
            Optional<String> evaluation,
            UnaryOperator<GoldenVector> edited) {
        byte[] onnx = network(seed);
        PreprocessingContract contract = PreprocessingContractJson.read(CONTRACT);
        Map<String, byte[]> images = Map.of(GOLDEN, image(FabricClass.HOLE, 1));
        Manifest manifest = new Manifest(
                name,
                LABELS,
                Optional.of(contract),
                postprocessing,
                evaluation,
                new Lineage(dataset, "drawn", Map.of("seed", Long.toString(seed)), "test", "test", 0),
                GoldenTest.make(engine, onnx, contract, images).stream()
                        .map(edited)
                        .toList(),
                new TreeMap<>());
        String id = stored(manifest, onnx, images);
        Map<String, Double> metrics = evaluation.isEmpty()
                ? Map.of()
                : Map.of("accuracy", 0.9, "accuracy_low", 0.85, "accuracy_high", 0.93, "mean_confidence", 0.9);
        return application
                .registry()
                .register(
                        new Registration(
                                name,
                                "classification",
                                id,
                                LABELS,
                                "seed " + seed,
                                manifest.lineage(),
                                new Registration.Quality(metrics, evaluation.orElse("")),
                                new Registration.NetworkSize(onnx.length, 1)),
                        "test");
    }

    private static IngestReport report(DatasetVersion dataset) {
        int images = dataset.items().size();
        return new IngestReport(
                "elsewhere",
                true,
                dataset.id(),
                new IngestReport.IngestCounts(images, images, images, Map.of()),
                new IngestReport.FileFindings(List.of(), List.of(), List.of()),
                new IngestReport.DuplicateFindings(List.of(), List.of(), List.of()),
                new IngestReport.QualityFindings(Map.of()),
                List.of());
    }

    private String stored(Manifest manifest, byte[] onnx, Map<String, byte[]> images) {
        try (TemporaryHome draft = new TemporaryHome()) {
            Bundle bundle = Bundle.write(draft.path().resolve("bundle"), manifest, onnx, images);
            return application.home().bundles().put(bundle.directory());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a file into the home. */
    public void file(String name, String content) {
        try {
            Files.writeString(application.home().root().resolve(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts a version into production. */
    public void promote(ModelVersion version) {
        application.registry().promote(version.name(), version.number(), "test", "for the test");
    }

    /** Where everything is kept. */
    Path home() {
        return application.home().root();
    }

    /** Keeps a tuning of a version on this machine. */
    void tune(ModelVersion version, Tuning tuning) {
        application.home().tunings().save(version.bundleId(), Machine.identity(engine), tuning);
    }

    /** Where a version's files lie. */
    Path directory(ModelVersion version) {
        return application.home().bundles().path(version.bundleId());
    }

    private static final String EVALUATION = """
            {"images": 180, "failed": {}, "accuracy": {"value": 0.9, "low": 0.85, "high": 0.93},
             "macro": {"precision": 0.9, "recall": 0.9, "f1": 0.9},
             "classes": [
              {"label": "hole", "support": 60, "precision": {"value": 0.92, "low": 0.82, "high": 0.96},
               "recall": {"value": 0.9, "low": 0.8, "high": 0.95}, "f1": {"value": 0.91, "low": 0.85, "high": 0.96}},
              {"label": "none", "support": 60, "precision": {"value": 0.9, "low": 0.8, "high": 0.95},
               "recall": {"value": 0.92, "low": 0.82, "high": 0.96}, "f1": {"value": 0.91, "low": 0.85, "high": 0.96}},
              {"label": "tear", "support": 60, "precision": null,
               "recall": {"value": 0.88, "low": 0.78, "high": 0.94}, "f1": {"value": 0.88, "low": 0.82, "high": 0.93}}],
             "confusion": [[54, 3, 3], [2, 55, 3], [3, 4, 53]],
             "calibration": {"before": 0.08, "after": 0.03, "temperature": 1.3}}
            """;
}
