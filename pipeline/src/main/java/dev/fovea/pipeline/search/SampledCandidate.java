package dev.fovea.pipeline.search;

/**
 * A candidate that was judged on a sample.
 *
 * @param cut its place among the backbone's cuts at that size
 * @param parameters learned numbers, with those of the head
 * @param margin least distance of an estimate to its limit, positive where all are better
 */
record SampledCandidate(
        SearchCandidate candidate, int cut, CandidateEvidence evidence, long parameters, double margin) {

    /** Whether another one is no worse in anything that counts and better in one. A larger image takes longer. */
    boolean isBeatenBy(SampledCandidate other) {
        boolean noWorse =
                other.parameters <= parameters && other.candidate.edge() <= candidate.edge() && other.margin >= margin;
        boolean better =
                other.parameters < parameters || other.candidate.edge() < candidate.edge() || other.margin > margin;
        return noWorse && better;
    }
}
