package dev.fovea.statistics.labelerrors;

import dev.fovea.statistics.Require;

/**
 * A predicted object.
 *
 * @param score confidence, in [0, 1]
 */
public record ScoredBox(ClassBox box, double score) {

    public ScoredBox {
        Require.that(score >= 0 && score <= 1, "The score is %s; it must be between 0 and 1.", score);
    }
}
