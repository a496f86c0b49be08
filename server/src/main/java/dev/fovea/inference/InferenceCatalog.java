package dev.fovea.inference;

import dev.fovea.model.tensor.DataType;
import dev.fovea.model.tensor.TensorMetadata;
import dev.fovea.monitoring.Recorder;
import dev.fovea.monitoring.StageTotals;
import dev.fovea.protocol.ModelMetadata;
import dev.fovea.registry.ModelVersion;
import dev.fovea.registry.RegisteredModel;
import dev.fovea.registry.Registry;
import dev.fovea.registry.VersionId;
import dev.fovea.serving.pool.LoadedVersionState;
import dev.fovea.serving.pool.Predictor;
import dev.fovea.serving.pool.Served;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the Open Inference Protocol says of models: metadata, configuration, statistics and the repository's index. */
public final class InferenceCatalog {

    static final String SERVER = "fovea";
    static final String PLATFORM = "onnxruntime_onnx";
    static final List<String> EXTENSIONS = List.of(
            "binary_tensor_data",
            "classification",
            "schedule_policy",
            "model_configuration",
            "model_repository",
            "statistics");

    private final Registry registry;
    private final Predictor predictor;
    private final Recorder recorder;

    public InferenceCatalog(Registry registry, Predictor predictor, Recorder recorder) {
        this.registry = registry;
        this.predictor = predictor;
        this.recorder = recorder;
    }

    /** The versions of a model that are ready, and what the requested one takes and gives. */
    ModelMetadata metadata(String name, Optional<Integer> version) {
        Served served = predictor.served(name, version);
        List<String> versions = registry.model(name).versions().stream()
                .filter(one -> predictor.models().isReady(name, Optional.of(one.number())))
                .map(one -> Integer.toString(one.number()))
                .toList();
        return new ModelMetadata(
                name,
                Optional.of(versions),
                Optional.of(PLATFORM),
                served.signature().inputs(),
                served.signature().outputs());
    }

    /** A tensor in a configuration: {@code dims} leaves the batch axis out where {@code max_batch_size} is above 0. */
    record ConfiguredTensor(String name, String dataType, List<Long> dims) {}

    /** How a model is run. */
    record Configuration(
            String name,
            String platform,
            String backend,
            int maxBatchSize,
            List<ConfiguredTensor> input,
            List<ConfiguredTensor> output) {}

    Configuration configuration(String name, Optional<Integer> version) {
        Served served = predictor.served(name, version);
        boolean batches = served.signature().batches();
        return new Configuration(
                name,
                PLATFORM,
                "onnxruntime",
                batches ? served.batch().maxBatch() : 0,
                served.signature().inputs().stream()
                        .map(tensor -> configured(tensor, batches))
                        .toList(),
                served.signature().outputs().stream()
                        .map(tensor -> configured(tensor, batches))
                        .toList());
    }

    private static ConfiguredTensor configured(TensorMetadata tensor, boolean batches) {
        List<Long> dims = new ArrayList<>();
        for (int axis = batches ? 1 : 0; axis < tensor.shape().length; axis++) {
            dims.add(tensor.shape()[axis]);
        }
        String type = tensor.type() == DataType.BYTES ? "STRING" : tensor.type().name();
        return new ConfiguredTensor(tensor.name(), "TYPE_" + type, dims);
    }

    /** Totals of a version, with its model's name. */
    record Statistics(String name, StageTotals totals) {}

    /** Of one model, or of all of them; of one version, or of all. */
    List<Statistics> statistics(Optional<String> name, Optional<Integer> version) {
        List<String> names = name.map(one -> List.of(registry.model(one).name()))
                .orElseGet(() ->
                        registry.models().stream().map(RegisteredModel::name).toList());
        name.ifPresent(one -> version.ifPresent(number -> registry.version(one, number)));
        List<Statistics> statistics = new ArrayList<>();
        for (String one : names) {
            totals(one).stream()
                    .filter(totals -> version.isEmpty() || totals.version() == version.get())
                    .forEach(totals -> statistics.add(new Statistics(one, totals)));
        }
        return statistics;
    }

    /** Of every version that is or was served; one without requests has zeros. */
    private List<StageTotals> totals(String name) {
        Map<Integer, StageTotals> totals = new TreeMap<>();
        for (ModelVersion version : registry.model(name).versions()) {
            if (predictor.models().isReady(name, Optional.of(version.number()))) {
                totals.put(version.number(), new StageTotals(version.number(), 0, 0, Map.of(), Optional.empty()));
            }
        }
        recorder.totals(name).forEach(one -> totals.put(one.version(), one));
        return List.copyOf(totals.values());
    }

    /** A version in the repository's index. */
    record Entry(String name, String version, String state, String reason) {}

    List<Entry> index(boolean onlyReady) {
        List<Entry> entries = new ArrayList<>();
        for (RegisteredModel model : registry.models()) {
            for (ModelVersion version : model.active()) {
                entries.add(entry(version.id()));
            }
        }
        return entries.stream()
                .filter(entry -> !onlyReady || entry.state().equals("READY"))
                .toList();
    }

    private Entry entry(VersionId id) {
        String number = Integer.toString(id.version());
        return switch (predictor.models().state(id).orElse(new LoadedVersionState.Retired())) {
            case LoadedVersionState.Ready ignored -> new Entry(id.model(), number, "READY", "");
            case LoadedVersionState.Loading ignored -> new Entry(id.model(), number, "LOADING", "");
            case LoadedVersionState.Warming ignored -> new Entry(id.model(), number, "LOADING", "");
            case LoadedVersionState.Draining ignored -> new Entry(id.model(), number, "UNLOADING", "");
            case LoadedVersionState.Retired ignored -> new Entry(id.model(), number, "UNAVAILABLE", "not loaded");
            case LoadedVersionState.LoadFailed failed ->
                new Entry(id.model(), number, "UNAVAILABLE", failed.why().getMessage());
        };
    }
}
