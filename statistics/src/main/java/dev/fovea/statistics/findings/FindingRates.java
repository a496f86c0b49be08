package dev.fovea.statistics.findings;

import dev.fovea.statistics.Interval;
import java.util.Optional;

/**
 * What is known of one class of things that a model finds.
 *
 * @param label the class
 * @param precision the share of what was found that is there; absent where too little is known
 * @param recall the share of what is there that was found; absent where too little is known
 * @param averagePrecision the area under the curve of both over the score; absent where nothing of the class is there
 */
public record FindingRates(
        int label, Optional<Interval> precision, Optional<Interval> recall, Optional<Double> averagePrecision) {}
