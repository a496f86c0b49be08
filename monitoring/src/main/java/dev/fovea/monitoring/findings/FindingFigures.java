package dev.fovea.monitoring.findings;

import dev.fovea.statistics.Interval;
import java.util.Optional;

/**
 * What is known of one class of a model that finds any number of things.
 *
 * @param label the class
 * @param found how many of it the model found in the window
 * @param precision the share of these that is there; absent where too little is known
 * @param recall the share of what is there that was found; absent without labels
 * @param averagePrecision at an overlap of 0.5; absent without labels
 */
public record FindingFigures(
        String label,
        int found,
        Optional<Interval> precision,
        Optional<Interval> recall,
        Optional<Double> averagePrecision) {}
