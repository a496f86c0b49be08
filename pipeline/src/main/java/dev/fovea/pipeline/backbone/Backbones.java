package dev.fovea.pipeline.backbone;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.model.Bundle;
import dev.fovea.model.Manifest;
import dev.fovea.model.Sha256;
import dev.fovea.model.decoder.Postprocessing;
import dev.fovea.model.formats.CarriedContract;
import dev.fovea.model.formats.FoveaMetadata;
import dev.fovea.model.formats.ModelFolder;
import dev.fovea.model.formats.ModelSource;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.model.graph.RandomOperators;
import dev.fovea.model.graph.SizeInputs;
import dev.fovea.model.graph.TensorSpec;
import dev.fovea.model.json.PreprocessingContractJson;
import dev.fovea.model.outputs.BatchAxis;
import dev.fovea.model.outputs.CompatibilityCheck;
import dev.fovea.registry.Alias;
import dev.fovea.registry.BundleStore;
import dev.fovea.registry.ModelVersion;
import dev.fovea.registry.RegisteredModel;
import dev.fovea.registry.Registry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds backbones: files, registered versions, and the files of the catalogue. What is found carries its preprocessing
 * contract; nothing is guessed.
 */
public final class Backbones {

    private static final Pattern REGISTERED = Pattern.compile("([a-z0-9][a-z0-9._-]*)(?:[:@](\\d{1,9}))?");
    private static final String ENDING = ".onnx";
    private static final Set<String> PIXELS = Set.of("float", "float16", "uint8");
    private static final int AXES = 4;

    private final Registry registry;
    private final BundleStore bundles;
    private final Path catalogue;

    /**
     * Backbones of a home.
     *
     * @param catalogue folder with a file {@code NAME.onnx} for each name that was added; may be absent
     */
    public Backbones(Registry registry, BundleStore bundles, Path catalogue) {
        this.registry = registry;
        this.bundles = bundles;
        this.catalogue = catalogue;
    }

    /**
     * Whether a text states a file, and not a name. A server reads no files that a caller states.
     *
     * @param from as in {@link BackboneReference}
     */
    public static boolean isFile(String from) {
        return !REGISTERED.matcher(from).matches() || from.endsWith(ENDING);
    }

    /**
     * Resolves a reference: a file first, then a registered model, then the catalogue.
     *
     * @throws FoveaException {@code ARGUMENT_INVALID} for a file without a contract, {@code MODEL_UNKNOWN},
     *     {@code VERSION_UNKNOWN}, {@code MODEL_SIGNATURE_UNSUPPORTED} for a network that takes no image or has no
     *     features, {@code CONTRACT_MISMATCH}, and the errors of {@link OnnxModel#readWhole}
     */
    public Backbone resolve(BackboneReference reference) {
        return isFile(reference.from()) ? file(reference) : named(reference);
    }

    /**
     * A name that goes on to mean the same: that of a model gets the number of the version. A file stays as it is.
     *
     * @param from as in {@link BackboneReference}
     * @throws FoveaException {@code MODEL_UNKNOWN}, {@code VERSION_UNKNOWN}
     */
    public String pinned(String from) {
        if (isFile(from)) {
            return from;
        }
        Named named = named(from);
        return isAdded(named) ? from : version(named).id().toString();
    }

    private Backbone file(BackboneReference reference) {
        Path file = ModelSource.find(Path.of(reference.from()));
        return file(reference, file, file.getFileName().toString());
    }

    /** What a name states: a model, and the number of a version where one is stated. */
    private record Named(String name, Optional<Integer> number) {}

    private static Named named(String from) {
        Matcher matcher = REGISTERED.matcher(from);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("no name: " + from);
        }
        return new Named(matcher.group(1), Optional.ofNullable(matcher.group(2)).map(Integer::valueOf));
    }

    private Backbone named(BackboneReference reference) {
        Named named = named(reference.from());
        return isAdded(named) ? file(reference, added(named), named.name()) : version(reference, version(named));
    }

    private Path added(Named named) {
        return catalogue.resolve(named.name() + ENDING);
    }

    /** Whether the catalogue has it; a registered model of the same name comes first. */
    private boolean isAdded(Named named) {
        return named.number().isEmpty() && registry.find(named.name()).isEmpty() && Files.isRegularFile(added(named));
    }

    /** The version that is stated, else the one in production, else the newest. */
    private ModelVersion version(Named named) {
        RegisteredModel model = registry.find(named.name())
                .orElseThrow(() -> new FoveaException(
                        ErrorCode.MODEL_UNKNOWN,
                        "\"%s\" is no registered model and no backbone that was added. Add one with fovea backbones add, or give an ONNX file."
                                .formatted(named.name())));
        return named.number()
                .map(model::version)
                .or(() -> model.alias(Alias.PRODUCTION))
                .or(model::latest)
                .orElseThrow();
    }

    private Backbone version(BackboneReference reference, ModelVersion version) {
        Bundle bundle = bundles.bundle(version.bundleId());
        Manifest manifest = bundle.manifest();
        String name = version.id().toString();
        if (manifest.contract().isPresent() && reference.contract().isPresent()) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "--contract does not apply: %s has its preprocessing contract. Omit it.".formatted(name));
        }
        PreprocessingContract contract = manifest.contract()
                .or(() -> reference.contract().map(PreprocessingContractJson::read))
                .orElseThrow(() -> new FoveaException(
                        ErrorCode.CONTRACT_MISMATCH,
                        "%s takes tensors and no images: it was imported without a preprocessing contract. Add --contract CONTRACT.json, as in docs/examples."
                                .formatted(name)));
        return backbone(reference, name, bundle.model(), contract, Optional.of(manifest.postprocessing()));
    }

    private static Backbone file(BackboneReference reference, Path file, String name) {
        OnnxModel model = served(OnnxModel.readWhole(file));
        requireImage(name, model);
        return backbone(reference, name, model, contract(reference, file, model), Optional.empty());
    }

    private static PreprocessingContract contract(BackboneReference reference, Path file, OnnxModel model) {
        if (reference.contract().isPresent()) {
            return PreprocessingContractJson.read(reference.contract().get());
        }
        return switch (new ModelFolder(file, model).contract().orElse(new CarriedContract.Unusable("", ""))) {
            case CarriedContract.Expressible(String _, PreprocessingContract contract) -> contract;
            case CarriedContract.Unusable(String source, String why) ->
                throw new FoveaException(
                        ErrorCode.ARGUMENT_INVALID,
                        "%s and its folder do not contain all values. Add:\n  --contract CONTRACT.json  the preprocessing contract, as in docs/examples%s"
                                .formatted(file, source.isEmpty() ? "" : "; %s %s".formatted(source, why)));
        };
    }

    private static Backbone backbone(
            BackboneReference reference,
            String name,
            OnnxModel model,
            PreprocessingContract contract,
            Optional<Postprocessing> postprocessing) {
        requireImage(name, model);
        RandomOperators.requireNone(model);
        CompatibilityCheck.checkInput(model, contract);
        return new Backbone(
                name,
                model,
                contract,
                new FeatureCut(name, model).of(reference.cut(), postprocessing),
                Sha256.of(model.bytes()),
                FoveaMetadata.licence(model));
    }

    /** The model as it is served: images are its only input, with a batch axis. */
    private static OnnxModel served(OnnxModel model) {
        return SizeInputs.feed(BatchAxis.ofOnlyInput(model)).model();
    }

    /** Text, audio and several inputs are refused before a preprocessing contract is asked for. */
    private static void requireImage(String name, OnnxModel model) {
        List<TensorSpec> inputs = model.inputs();
        if (inputs.size() == 1
                && inputs.getFirst().axes().size() == AXES
                && PIXELS.contains(inputs.getFirst().type())) {
            return;
        }
        throw new FoveaException(
                ErrorCode.MODEL_SIGNATURE_UNSUPPORTED,
                "%s takes %s and no batch of images, as networks for text or audio do. Use a network whose only input is an image, such as float[N,3,224,224]."
                        .formatted(name, inputs.isEmpty() ? "no inputs" : inputs));
    }
}
