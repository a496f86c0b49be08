package dev.fovea.labels.consensus;

import dev.fovea.statistics.Interval;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How good a person labels.
 *
 * @param annotator who
 * @param labels number of images
 * @param skill accuracy at 95 % confidence: on honeypots where there are {@link AnnotatorQualities#MIN_HONEYPOTS} or
 *     more, otherwise by the others' votes; empty without either
 * @param onHoneypots whether the skill is measured on honeypots
 * @param below whether the upper end of the skill is below the minimum of the settings
 * @param bias by class, how much more often the person uses it than the consensus does on the same images, in shares
 */
public record AnnotatorQuality(
        String annotator,
        int labels,
        Optional<Interval> skill,
        boolean onHoneypots,
        boolean below,
        SortedMap<String, Double> bias) {

    public AnnotatorQuality {
        bias = Collections.unmodifiableSortedMap(new TreeMap<>(bias));
    }

    /** The weight of the person's votes: the skill, or 0.5 where it is unknown. */
    public double weight() {
        return skill.map(Interval::value).orElse(0.5);
    }
}
