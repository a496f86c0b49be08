package dev.fovea.pipeline.jobs;

import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.model.Bundle;
import dev.fovea.model.Lineage;
import dev.fovea.model.Manifest;
import dev.fovea.model.decoder.Activation;
import dev.fovea.model.decoder.Postprocessing;
import dev.fovea.model.graph.OnnxModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** A classifier as a bundle that is measured on the serving path and thrown away. */
public final class UnregisteredBundle {

    private UnregisteredBundle() {}

    /**
     * Writes it.
     *
     * @param folder does not exist yet
     * @param labels in the order of the classifier's logits
     */
    public static Bundle write(
            Path folder, List<String> labels, PreprocessingContract contract, OnnxModel classifier, Provenance origin) {
        Manifest manifest = new Manifest(
                "candidate",
                labels,
                Optional.of(contract),
                new Postprocessing.OneLabel(Activation.SOFTMAX, 1),
                Optional.empty(),
                Lineage.imported("", origin.codeVersion(), origin.machine()),
                List.of(),
                new TreeMap<>());
        return Bundle.write(folder, manifest, classifier.bytes(), new TreeMap<>());
    }
}
