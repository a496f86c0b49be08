package dev.fovea.pipeline.weights;

import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.model.architecture.Architecture;
import dev.fovea.model.json.PreprocessingContractJson;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A backbone that {@code fovea backbones add} knows.
 *
 * @param task what it was trained for
 * @param licence of the weights, as their authors state it
 * @param preprocessing its contract as JSON
 * @param labels the list of what its outputs mean: a resource beside the catalogue, without its ending
 * @param proof empty where the weights were not at hand when the catalogue was written
 */
public record CatalogBackbone(
        String name,
        Architecture architecture,
        String task,
        String licence,
        PublishedWeights weights,
        JsonNode preprocessing,
        Optional<String> labels,
        Optional<LogitProof> proof) {

    /** The preprocessing that its weights were learned with. */
    public PreprocessingContract contract() {
        return PreprocessingContractJson.read(preprocessing);
    }

    /** What each of its outputs means, in their order; empty where no list is known. */
    public Optional<List<String>> classes() {
        return labels.map(BackboneCatalog::labels);
    }

    /** Where the weights are from, for the file's metadata. */
    public String source() {
        return weights.packaged()
                .map(packaged ->
                        "%s of the package %s %s".formatted(weights.file(), packaged.name(), packaged.version()))
                .orElse("%s of %s".formatted(weights.file(), weights.from()));
    }
}
