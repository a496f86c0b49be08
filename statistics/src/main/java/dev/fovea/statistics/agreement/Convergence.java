package dev.fovea.statistics.agreement;

import java.util.List;

/**
 * How expectation maximization ended.
 *
 * @param converged whether the objective stopped growing before the limit of iterations
 * @param logLikelihood of the labels, in nats
 * @param objective the log-likelihood plus the logarithm of the pseudo-counts' prior, per iteration; it never falls
 */
public record Convergence(boolean converged, double logLikelihood, List<Double> objective) {

    public Convergence {
        objective = List.copyOf(objective);
    }

    /** Iterations that ran. */
    public int iterations() {
        return objective.size();
    }
}
