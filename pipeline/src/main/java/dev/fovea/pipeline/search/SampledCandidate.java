package dev.fovea.pipeline.search;

/**
 * A candidate that was judged on a sample.
 *
 * @param cut its place among the backbone's cuts at that size
 * @param parameters learned numbers, with those of the head
 * @param margin least distance of an estimate to its limit, positive where all are better
 * @param cost how long it took
 */
record SampledCandidate(
        SearchCandidate candidate,
        int cut,
        CandidateEvidence evidence,
        long parameters,
        double margin,
        SampleCost cost) {

    /**
     * Seconds for each image of the sample.
     *
     * @param features of all cuts at once; 0 where they were known
     * @param fit of the head
     */
    record SampleCost(double features, double fit) {

        static final SampleCost NONE = new SampleCost(0, 0);
    }

    /** Whether another one is no worse in anything that counts and better in one. A larger image takes longer. */
    boolean isBeatenBy(SampledCandidate other) {
        boolean noWorse =
                other.parameters <= parameters && other.candidate.edge() <= candidate.edge() && other.margin >= margin;
        boolean better =
                other.parameters < parameters || other.candidate.edge() < candidate.edge() || other.margin > margin;
        return noWorse && better;
    }
}
