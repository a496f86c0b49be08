package dev.fovea.pipeline.quantization;

import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.imaging.TensorFormat;
import dev.fovea.model.Bundle;
import dev.fovea.model.GoldenVector;
import dev.fovea.model.Lineage;
import dev.fovea.model.Manifest;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.pipeline.jobs.JobTools;
import dev.fovea.pipeline.jobs.ScratchDirectory;
import dev.fovea.quantize.NetworkEvaluator;
import dev.fovea.registry.ModelVersion;
import dev.fovea.runtime.validation.GoldenTest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Candidate networks as bundles, with the original's golden images and their own golden vectors. */
final class QuantizationCandidates {

    private final JobTools workshop;
    private final Bundle original;
    private final ModelVersion parent;
    private final Map<String, byte[]> golden = new TreeMap<>();

    QuantizationCandidates(JobTools workshop, Bundle original, ModelVersion parent) {
        this.workshop = workshop;
        this.original = original;
        this.parent = parent;
        original.manifest().golden().forEach(vector -> golden.put(vector.image(), original.goldenImage(vector)));
    }

    Map<String, byte[]> golden() {
        return golden;
    }

    NetworkEvaluator evaluator(CandidateEvaluator evaluator) {
        return candidate -> with(candidate, evaluator::evaluate);
    }

    /** Writes a network as a temporary bundle, applies the function, and deletes the bundle. */
    <T> T with(OnnxModel network, Function<Bundle, T> function) {
        try (ScratchDirectory directory = new ScratchDirectory(workshop.scratch())) {
            return function.apply(Bundle.write(
                    directory.resolve("candidate"),
                    manifest(network, Optional.empty(), Map.of()),
                    network.bytes(),
                    golden));
        }
    }

    Manifest manifest(OnnxModel network, Optional<String> evaluation, Map<String, String> settings) {
        Manifest parentManifest = original.manifest();
        PreprocessingContract contract =
                inSinglePrecision(parentManifest.contract().orElseThrow());
        List<GoldenVector> vectors =
                GoldenTest.make(workshop.engine(), network.bytes(), contract, parentManifest.postprocessing(), golden);
        Lineage lineage = new Lineage(
                parentManifest.lineage().dataset(),
                parent.id().toString(),
                inherited(settings, parentManifest.lineage()),
                workshop.origin().codeVersion(),
                workshop.origin().machine(),
                0);
        return new Manifest(
                parentManifest.name(),
                parentManifest.labels(),
                Optional.of(contract),
                parentManifest.postprocessing(),
                evaluation,
                lineage,
                vectors,
                new TreeMap<>());
    }

    /** A quantized version learned from what its parent learned from. */
    private static Map<String, String> inherited(Map<String, String> settings, Lineage parent) {
        Map<String, String> all = new HashMap<>(settings);
        parent.datasetVersion().ifPresent(version -> all.put(Lineage.DATA, version));
        return all;
    }

    /** A quantized FP16 network takes FP32 input. */
    static PreprocessingContract inSinglePrecision(PreprocessingContract contract) {
        return contract.tensor().type() == TensorFormat.ElementType.FLOAT16
                ? contract.withType(TensorFormat.ElementType.FLOAT32)
                : contract;
    }
}
