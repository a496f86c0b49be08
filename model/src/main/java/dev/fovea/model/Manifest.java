package dev.fovea.model;

import dev.fovea.imaging.Contract;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What {@code bundle.json} says; the SHA-256 of its bytes is the bundle's id.
 *
 * @param name the model's name
 * @param task what the answers are
 * @param labels in the order of the output
 * @param contract what is done to a picture first
 * @param activation what is done to the output
 * @param temperature the logits' divisor that calibrates confidence; 1 when not calibrated
 * @param evaluation the report on held-out pictures as JSON text, if there is one
 * @param lineage where it came from
 * @param golden proofs, made when the bundle was made
 * @param files SHA-256 of every other file of the bundle by its relative path
 */
public record Manifest(
        String name,
        Task task,
        List<String> labels,
        Contract contract,
        Activation activation,
        double temperature,
        Optional<String> evaluation,
        Lineage lineage,
        List<GoldenVector> golden,
        SortedMap<String, String> files) {

    public Manifest {
        labels = List.copyOf(labels);
        golden = List.copyOf(golden);
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
        if (!(temperature > 0) || Double.isInfinite(temperature)) {
            throw new IllegalArgumentException("temperature " + temperature + " is not positive");
        }
    }

    /** The same with the hashes of its files. */
    Manifest withFiles(SortedMap<String, String> hashes) {
        return new Manifest(name, task, labels, contract, activation, temperature, evaluation, lineage, golden, hashes);
    }
}
