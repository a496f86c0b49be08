package dev.fovea.runtime.decoding;

import dev.fovea.imaging.Box;
import java.util.ArrayList;
import java.util.List;

/** Gathers what a detector proposes, without boxes that are no rectangles of a sane size. For one thread. */
final class Candidates {

    /** Pixels; a network trained on anything gives smaller ones. */
    private static final double LARGEST = 1e6;

    private final double minScore;
    private final List<Candidate> found = new ArrayList<>();

    /** Candidates of that minimum score. */
    Candidates(double minScore) {
        this.minScore = minScore;
    }

    boolean wants(double score) {
        return score >= minScore;
    }

    /** Adds one by centre and size in pixels of the input, if its score is high enough. */
    void add(int index, int label, double score, double centerX, double centerY, double width, double height) {
        corners(
                index,
                label,
                score,
                centerX - width / 2,
                centerY - height / 2,
                centerX + width / 2,
                centerY + height / 2);
    }

    /** Adds one by its edges in pixels of the input, if its score is high enough. */
    void corners(int index, int label, double score, double x1, double y1, double x2, double y2) {
        boolean sane = x1 < x2 && y1 < y2 && x1 > -LARGEST && y1 > -LARGEST && x2 < LARGEST && y2 < LARGEST;
        if (wants(score) && sane) {
            found.add(new Candidate(index, label, score, new Box((float) x1, (float) y1, (float) x2, (float) y2)));
        }
    }

    List<Candidate> all() {
        return found;
    }
}
