package dev.fovea.serving;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.Image;
import dev.fovea.imaging.ImageLimits;
import dev.fovea.imaging.ImageWriter;
import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.imaging.PreprocessingContract.Alpha;
import dev.fovea.imaging.PreprocessingContract.ColorOrder;
import dev.fovea.imaging.PreprocessingContract.DecodeMode;
import dev.fovea.imaging.PreprocessingContract.Orientation;
import dev.fovea.imaging.Resize;
import dev.fovea.imaging.Size;
import dev.fovea.imaging.TensorFormat;
import dev.fovea.model.Bundle;
import dev.fovea.model.GoldenVector;
import dev.fovea.model.Lineage;
import dev.fovea.model.Manifest;
import dev.fovea.model.decoder.Activation;
import dev.fovea.model.decoder.Postprocessing;
import dev.fovea.model.graph.GraphBuilder;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.registry.BundleStore;
import dev.fovea.registry.Registration;
import dev.fovea.registry.Registry;
import dev.fovea.registry.VersionId;
import dev.fovea.runtime.DecodePool;
import dev.fovea.runtime.LoadedModel;
import dev.fovea.runtime.RuntimeSettings;
import dev.fovea.runtime.batching.BatchSettings;
import dev.fovea.runtime.session.Deadline;
import dev.fovea.runtime.session.Engine;
import dev.fovea.runtime.session.SessionSettings;
import dev.fovea.runtime.session.Timings;
import dev.fovea.runtime.validation.GoldenTest;
import dev.fovea.serving.cache.PredictionCache;
import dev.fovea.serving.pool.LoadedVersionState;
import dev.fovea.serving.pool.ModelHost;
import dev.fovea.serving.pool.Predictor;
import dev.fovea.serving.pool.ServedModels;
import dev.fovea.serving.pool.TransitionListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Everything a predictor needs, real but for the stores, which are in memory; and what it heard. */
public final class Shop implements AutoCloseable, BundleStore, PredictionListener, TransitionListener {

    private static final Engine ENGINE = Engine.open();
    private static final int EDGE = 8;
    private static final RuntimeSettings SETTINGS = settings(SessionSettings.LOAD_LIMIT);

    private final Path directory;
    private final Map<String, Path> bundles = new ConcurrentHashMap<>();
    private final AtomicInteger written = new AtomicInteger();
    private final DecodePool workers = new DecodePool(2, 512, 100_000_000);

    public final Registry registry = new Registry(new MemoryModels(), InstantSource.system());
    public final ConcurrentLinkedQueue<Moved> transitions = new ConcurrentLinkedQueue<>();
    public final ConcurrentLinkedQueue<VersionId> answers = new ConcurrentLinkedQueue<>();
    public final ConcurrentLinkedQueue<ErrorCode> failures = new ConcurrentLinkedQueue<>();
    public final MemoryTunings tunings = new MemoryTunings();
    /** The predictor's clock for what is tried again; stands still unless a test moves it. */
    public final AtomicLong nanos = new AtomicLong();

    public final Predictor predictor;

    /** One that keeps no answers, so that each request is inferred. */
    public Shop(Path directory) {
        this(directory, PredictionCache.off());
    }

    public Shop(Path directory, PredictionCache cache) {
        this(directory, cache, SETTINGS);
    }

    /** One that gives up loading so soon. */
    public Shop(Path directory, Duration loadLimit) {
        this(directory, PredictionCache.off(), settings(loadLimit));
    }

    private Shop(Path directory, PredictionCache cache, RuntimeSettings settings) {
        ModelHost host = new ModelHost(ENGINE, settings, workers, tunings, "here");
        this.directory = directory;
        this.predictor = new Predictor(new ServedModels(registry, this, host, this, nanos::get), cache, this);
    }

    private static RuntimeSettings settings(Duration loadLimit) {
        return new RuntimeSettings(
                new SessionSettings(1, false, loadLimit),
                new BatchSettings(4, Duration.ofMillis(1), Duration.ofSeconds(1), 1, BatchSettings.Bounds.DEFAULT),
                ImageLimits.DEFAULT);
    }

    /** Registers a version whose network loops for hours on its golden image. */
    int registerLooping(String name) {
        Manifest manifest = new Manifest(
                "tiny",
                List.of("red", "green"),
                Optional.of(contract()),
                new Postprocessing.OneLabel(Activation.SOFTMAX, 1),
                Optional.empty(),
                Lineage.imported("test", "test", "test"),
                List.of(new GoldenVector(
                        "red.png", "0".repeat(64), List.of(0f, 0f), new TreeMap<>(), Optional.empty())),
                new TreeMap<>());
        Bundle bundle = Bundle.write(
                directory.resolve("bundle" + written.incrementAndGet()),
                manifest,
                looping().bytes(),
                Map.of("red.png", png(200, 10, 10)));
        bundles.put(bundle.id(), bundle.directory());
        return register(name, bundle.id());
    }

    /** The means of red and green after 10^11 turns. */
    private static OnnxModel looping() {
        GraphBuilder graph = new GraphBuilder("looping");
        String pixels = graph.input("pixels", 1, 3, EDGE, EDGE);
        String mean = graph.node(
                "Reshape",
                "mean",
                List.of(graph.node("GlobalAveragePool", "pooled", List.of(pixels)), graph.integers("flat", 1, 3)));
        String two = graph.node(
                "Gather", "two", List.of(mean, graph.integers("first", 0, 1)), GraphBuilder.integer("axis", 1));
        GraphProto.Builder body = GraphProto.newBuilder().setName("body");
        body.addInput(value("round", 7)).addInput(value("going", 9)).addInput(value("kept", 1, 1, 2));
        body.addOutput(value("goes", 9)).addOutput(value("keeps", 1, 1, 2));
        body.addNode(identity("going", "goes")).addNode(identity("kept", "keeps"));
        AttributeProto loop = AttributeProto.newBuilder()
                .setName("body")
                .setType(AttributeProto.AttributeType.GRAPH)
                .setG(body)
                .build();
        graph.node("Loop", "logits", List.of(graph.integers("trips", 100_000_000_000L), "", two), loop);
        return graph.output("logits", 1, 2).build();
    }

    private static ValueInfoProto value(String name, int type, long... shape) {
        TensorShapeProto.Builder axes = TensorShapeProto.newBuilder();
        for (long length : shape) {
            axes.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(length));
        }
        TypeProto.Tensor.Builder tensor =
                TypeProto.Tensor.newBuilder().setElemType(type).setShape(axes);
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(tensor))
                .build();
    }

    private static NodeProto identity(String input, String output) {
        return NodeProto.newBuilder()
                .setOpType("Identity")
                .addInput(input)
                .addOutput(output)
                .build();
    }

    public record Moved(VersionId id, LoadedVersionState from, LoadedVersionState to) {}

    /** Registers a version whose logits are the mean red and green, plus the bias on red. */
    public int register(String name, float bias) {
        return register(name, put(model(bias), Map.of("red.png", png(200, 10, 10))));
    }

    /** Registers a version that gives the index of red or green and no probability. */
    public int registerIndexed(String name) {
        GraphBuilder graph = new GraphBuilder("indexed");
        String mean = graph.node(
                "ReduceMean",
                "mean",
                List.of(graph.input("pixels", GraphBuilder.BATCH, 3, EDGE, EDGE)),
                GraphBuilder.ints("axes", 2, 3),
                GraphBuilder.integer("keepdims", 0));
        graph.node("ArgMax", "index", List.of(mean), GraphBuilder.integer("axis", 1));
        Manifest manifest = new Manifest(
                "tiny",
                List.of("red", "green"),
                Optional.of(contract()),
                new Postprocessing.OneLabel(Activation.ARGMAX, 1),
                Optional.empty(),
                Lineage.imported("test", "test", "test"),
                List.of(),
                new TreeMap<>());
        byte[] onnx = graph.output("index", GraphBuilder.BATCH, 1).build().bytes();
        return register(
                name,
                put(Bundle.write(directory.resolve("b" + written.incrementAndGet()), manifest, onnx, Map.of())
                        .directory()));
    }

    /** Registers a version whose bundle nobody has. */
    public int registerLost(String name) {
        return register(name, "0".repeat(64));
    }

    /** Forgets, or finds again, the bundle of a version. */
    public void replace(int version, String name, float bias) {
        String id = registry.version(name, version).bundleId();
        String other = put(model(bias), Map.of("red.png", png(200, 10, 10)));
        bundles.put(id, path(other));
    }

    private int register(String name, String bundleId) {
        return registry.register(
                        new Registration(
                                name,
                                "classification",
                                bundleId,
                                List.of("red", "green"),
                                "",
                                Lineage.imported("test", "test", "test"),
                                new Registration.Quality(Map.of(), ""),
                                new Registration.NetworkSize(1, 1)),
                        "tester")
                .number();
    }

    /** A version's model apart from the predictor; the caller closes it. */
    public LoadedModel load(VersionId id, Runnable opened) {
        Path bundle = path(registry.version(id.model(), id.version()).bundleId());
        return LoadedModel.load(ENGINE, Bundle.read(bundle), SETTINGS, workers, opened);
    }

    public ServedPrediction ask(String model, Optional<Integer> version, Optional<String> key) {
        return predictor.predict(new PredictionRequest(
                new PredictionTarget(model, version, key), png(200, 10, 10), Deadline.in(Duration.ofSeconds(30))));
    }

    public ServedPrediction ask(String model) {
        return ask(model, Optional.empty(), Optional.empty());
    }

    private String put(OnnxModel model, Map<String, byte[]> golden) {
        PreprocessingContract contract = contract();
        Manifest manifest = new Manifest(
                "tiny",
                List.of("red", "green"),
                Optional.of(contract),
                new Postprocessing.OneLabel(Activation.SOFTMAX, 1),
                Optional.empty(),
                Lineage.imported("test", "test", "test"),
                GoldenTest.make(ENGINE, model.bytes(), contract, golden),
                new TreeMap<>());
        return put(Bundle.write(directory.resolve("b" + written.incrementAndGet()), manifest, model.bytes(), golden)
                .directory());
    }

    private static OnnxModel model(float bias) {
        GraphBuilder graph = new GraphBuilder("biased");
        String mean = graph.node(
                "ReduceMean",
                "mean",
                List.of(graph.input("pixels", GraphBuilder.BATCH, 3, EDGE, EDGE)),
                GraphBuilder.ints("axes", 2, 3),
                GraphBuilder.integer("keepdims", 0));
        String two = graph.node("Gemm", "two", List.of(mean, graph.weights("pick", List.of(3L, 2L), new float[] {
            1, 0, 0, 1, 0, 0
        })));
        graph.node("Add", "logits", List.of(two, graph.weights("bias", List.of(2L), new float[] {bias, 0})));
        return graph.output("logits", GraphBuilder.BATCH, 2).build();
    }

    private static PreprocessingContract contract() {
        return new PreprocessingContract(
                Orientation.EXIF,
                ColorOrder.RGB,
                Alpha.WHITE,
                new Resize.Stretch(Size.square(EDGE), Resize.Filter.BILINEAR, Resize.ResizeEngine.PILLOW),
                Optional.empty(),
                TensorFormat.defaults(ColorOrder.RGB),
                DecodeMode.EXACT);
    }

    public static byte[] png(int red, int green, int blue) {
        byte[] pixels = new byte[EDGE * EDGE * 3];
        for (int i = 0; i < pixels.length; i += 3) {
            pixels[i] = (byte) red;
            pixels[i + 1] = (byte) green;
            pixels[i + 2] = (byte) blue;
        }
        try (Image image = Image.of(pixels, EDGE, EDGE, 3)) {
            return new ImageWriter().png(image);
        }
    }

    @Override
    public String put(Path bundle) {
        String id = Bundle.read(bundle).id();
        bundles.put(id, bundle);
        return id;
    }

    @Override
    public Path path(String id) {
        return Optional.ofNullable(bundles.get(id))
                .orElseThrow(() -> new FoveaException(ErrorCode.BUNDLE_CORRUPT, "No bundle " + id + "."));
    }

    @Override
    public byte[] file(String id, String name) {
        try {
            return Files.readAllBytes(path(id).resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void predicted(PredictionTarget target, ServedPrediction answer) {
        answers.add(answer.version());
    }

    @Override
    public void inferred(PredictionTarget target, VersionId version, Timings timings, long nanos) {
        answers.add(version);
    }

    @Override
    public void failed(PredictionTarget target, VersionId version, ErrorCode code) {
        failures.add(code);
    }

    @Override
    public void moved(VersionId version, LoadedVersionState from, LoadedVersionState to) {
        transitions.add(new Moved(version, from, to));
    }

    @Override
    public void close() {
        predictor.models().drain();
        workers.close();
    }
}
