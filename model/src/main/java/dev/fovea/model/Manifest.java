package dev.fovea.model;

import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.model.decoder.Postprocessing;
import dev.fovea.model.decoder.Task;
import dev.fovea.model.json.PreprocessingContractJson;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The content of {@code bundle.json}; the SHA-256 of its bytes is the bundle's id.
 *
 * @param name the model's name
 * @param labels in the order of the output; empty where the task has none
 * @param contract what is done to an image first; empty for a model that takes tensors only
 * @param postprocessing what is done to the outputs
 * @param evaluation the report on test images as JSON text, if there is one
 * @param lineage where it came from
 * @param golden golden tests, made when the bundle was made
 * @param files SHA-256 of every other file of the bundle by its relative path
 */
public record Manifest(
        String name,
        List<String> labels,
        Optional<PreprocessingContract> contract,
        Postprocessing postprocessing,
        Optional<String> evaluation,
        Lineage lineage,
        List<GoldenVector> golden,
        SortedMap<String, String> files) {

    private static final int HASH_LENGTH = 16;

    public Manifest {
        labels = List.copyOf(labels);
        golden = List.copyOf(golden);
        if (postprocessing instanceof Postprocessing.MultiTask tasks
                && !tasks.labels().equals(labels)) {
            throw new IllegalArgumentException(
                    "the labels %s are not those of the tasks, %s".formatted(labels, tasks.labels()));
        }
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }

    /** The task of the predictions. */
    public Task task() {
        return postprocessing.task();
    }

    /**
     * Reads a manifest.
     *
     * @param name what messages call it
     * @throws dev.fovea.fault.FoveaException {@code BUNDLE_CORRUPT}
     */
    public static Manifest read(byte[] json, String name) {
        return ManifestJson.read(json, name);
    }

    /** A name for the contract: the first 16 hexadecimal digits of its JSON's SHA-256; empty without a contract. */
    public Optional<String> contractHash() {
        return contract.map(PreprocessingContractJson::write)
                .map(json -> Sha256.of(json.getBytes(StandardCharsets.UTF_8)).substring(0, HASH_LENGTH));
    }

    /** The hashes of the golden images, in hexadecimal. */
    public List<String> goldenHashes() {
        return golden.stream()
                .map(vector -> files.getOrDefault(Bundle.GOLDEN + "/" + vector.image(), ""))
                .toList();
    }

    /** The same with the hashes of its files. */
    Manifest withFiles(SortedMap<String, String> hashes) {
        return new Manifest(name, labels, contract, postprocessing, evaluation, lineage, golden, hashes);
    }
}
