package dev.fovea.model;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One golden test: an image, the tensor it must become and the output it must give.
 *
 * @param image file name inside the bundle's {@code golden} folder
 * @param tensorSha256 of the network's input bytes, little-endian
 * @param output samples of the network's raw output, part by part, flattened
 * @param tolerances the largest difference allowed per element of each part of the output, such as
 *     {@code output0/boxes} and {@code output0/scores}
 * @param detections what a detector finds in the image, best first; empty for other tasks
 */
public record GoldenVector(
        String image,
        String tensorSha256,
        List<Float> output,
        SortedMap<String, Double> tolerances,
        Optional<List<GoldenDetection>> detections) {

    public GoldenVector {
        output = List.copyOf(output);
        tolerances = Collections.unmodifiableSortedMap(new TreeMap<>(tolerances));
        detections = detections.map(List::copyOf);
    }
}
