package dev.fovea.pipeline.weights;

import java.util.Optional;

/**
 * A file with weights as its authors publish it.
 *
 * @param file its name
 * @param sha256 of the file, in hexadecimal; or its first digits, where the authors state no more
 * @param bytes its length
 * @param from where people get it, as text
 * @param packaged the package that holds it; empty where no package does
 */
public record PublishedWeights(
        String file, String sha256, long bytes, String from, Optional<PackagedWeights> packaged) {

    /**
     * A Python package that is used for the file in it. Nothing of it is run.
     *
     * @param name in the index of packages
     * @param archive file name of the wheel
     * @param sha256 of the wheel
     * @param path of the file in the wheel
     */
    public record PackagedWeights(String name, String version, String archive, String sha256, String path) {}
}
