package dev.fovea.rollout.evidence;

/** What was counted of the candidate and of production since a rollout started. */
public record TrialSums(ArmSums candidate, ArmSums production) {

    /** Of no request. */
    public static final TrialSums NONE = new TrialSums(ArmSums.NONE, ArmSums.NONE);

    /** Both together. */
    public TrialSums plus(TrialSums other) {
        return new TrialSums(candidate.plus(other.candidate), production.plus(other.production));
    }

    /** With labels and comparisons of an earlier state, where some were taken back since. */
    public TrialSums keeping(TrialSums earlier) {
        return new TrialSums(candidate.keeping(earlier.candidate), production.keeping(earlier.production));
    }

    /** What came since an earlier state. */
    public TrialSums since(TrialSums earlier) {
        return new TrialSums(candidate.since(earlier.candidate), production.since(earlier.production));
    }
}
