package dev.fovea.statistics.agreement;

import java.util.List;

/**
 * What several annotators say together.
 *
 * @param labels a distribution over classes for each item
 * @param annotators the skill of each annotator, in order
 */
public record Consensus(SoftLabels labels, List<AnnotatorSkill> annotators) {

    public Consensus {
        annotators = List.copyOf(annotators);
    }
}
