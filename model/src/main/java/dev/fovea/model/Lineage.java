package dev.fovea.model;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where a model came from.
 *
 * @param dataset id of the data set version it was trained on
 * @param parent id of the bundle it was derived from
 * @param settings what training or import was told
 * @param codeVersion the program that made it
 * @param machine on which machine
 * @param trainingSeconds wall-clock; 0 for an import
 */
public record Lineage(
        Optional<String> dataset,
        Optional<String> parent,
        SortedMap<String, String> settings,
        String codeVersion,
        String machine,
        double trainingSeconds) {

    public Lineage {
        settings = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(settings));
    }
}
