package dev.fovea.model;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where a version came from: enough to make it again.
 *
 * @param dataset id of the list of images it learned from; empty when it was imported
 * @param parent what it started from ({@code shirts:1}, a file name); empty when it started fresh
 * @param settings the settings of the training or import by name
 * @param codeVersion the program's version
 * @param machine the machine, in words
 * @param trainingSeconds wall-clock seconds of training; 0 when it was imported
 */
public record Lineage(
        String dataset,
        String parent,
        Map<String, String> settings,
        String codeVersion,
        String machine,
        double trainingSeconds) {

    /** The setting that names the version of a curated data set, as {@code shirts@513af8b1fe65}. */
    public static final String DATA = "data";

    public Lineage {
        settings = Collections.unmodifiableMap(new TreeMap<>(settings));
    }

    /** The lineage of an imported model: only its source is known. */
    public static Lineage imported(String source, String codeVersion, String machine) {
        return new Lineage("", source, Map.of(), codeVersion, machine, 0);
    }

    /** The version of the curated data set that it learned from; empty for a folder. */
    public Optional<String> datasetVersion() {
        return Optional.ofNullable(settings.get(DATA));
    }

    /** Whether it learned from a version of this curated data set. */
    public boolean isOf(String datasetName) {
        return datasetVersion()
                .filter(name -> name.startsWith(datasetName + "@"))
                .isPresent();
    }

    /** What it learned from: the version of a data set, else the id of a folder's list of images; empty if imported. */
    public String trainedOn() {
        return datasetVersion().orElse(dataset);
    }

    /** The same with other settings. */
    public Lineage withSettings(Map<String, String> other) {
        return new Lineage(dataset, parent, other, codeVersion, machine, trainingSeconds);
    }
}
