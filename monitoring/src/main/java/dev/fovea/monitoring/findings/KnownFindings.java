package dev.fovea.monitoring.findings;

import dev.fovea.statistics.Interval;
import java.util.List;
import java.util.Optional;

/**
 * What labels say of a model that finds any number of things.
 *
 * @param images with labels
 * @param exact the share of images in which everything was found and nothing is wrong
 * @param meanAveragePrecision of a detector, at an overlap of 0.5; absent for labels of whole images
 * @param classes by class
 */
public record KnownFindings(
        int images, Interval exact, Optional<Interval> meanAveragePrecision, List<FindingFigures> classes) {
    public KnownFindings {
        classes = List.copyOf(classes);
    }
}
