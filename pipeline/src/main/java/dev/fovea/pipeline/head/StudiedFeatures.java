package dev.fovea.pipeline.head;

import dev.fovea.statistics.linear.ClassTargets;
import dev.fovea.statistics.linear.FeatureMatrix;

/**
 * Labelled images as a head sees them.
 *
 * @param features {@code [N,D]}, plain
 * @param targets {@code [N,K]}
 * @param groups {@code [N]}, near duplicates have one number
 */
@SuppressWarnings("ArrayRecordComponent") // not compared
public record StudiedFeatures(FeatureMatrix features, ClassTargets targets, int[] groups) {

    /** Some of the rows. */
    public StudiedFeatures select(int[] rows) {
        int[] selected = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            selected[i] = groups[rows[i]];
        }
        return new StudiedFeatures(features.select(rows), targets.select(rows), selected);
    }
}
