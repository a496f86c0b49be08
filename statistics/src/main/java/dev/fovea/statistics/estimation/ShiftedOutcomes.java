package dev.fovea.statistics.estimation;

import dev.fovea.statistics.Require;
import java.util.Arrays;

/**
 * The mean outcome of live predictions without their labels: {@code mean_live(f) + mean_reference(w (y - f))}. The
 * first part is the calibrated guess; the second takes out its error on the reference, weighted to the live
 * predictions. The estimate is right when the guess or the weights are (doubly robust). The interval holds the
 * calibration's own error by the variance of the second part and the chance of the outcomes by {@code mean f(1-f) / N}.
 * Source: S. Bickel, M. Brückner and T. Scheffer, JMLR 10 (2009) for the weights; J. Robins, A. Rotnitzky and L. Zhao,
 * Journal of the American Statistical Association 89 (1994) 846–866, for the form.
 */
public final class ShiftedOutcomes {

    private ShiftedOutcomes() {}

    /**
     * The mean.
     *
     * @param live {@code [N]} guesses for live predictions
     * @param design {@code [N]} of these, where they stand for more than themselves
     * @param reference {@code [n]} guesses for the reference's, out of fold
     * @param outcomes {@code [n]} of the reference, 0 or 1
     * @param weights {@code [n]} of mean 1
     */
    public static MeanEstimate mean(
            double[] live, DesignWeights design, double[] reference, double[] outcomes, double[] weights) {
        return of(
                design.mean(live),
                reference,
                outcomes,
                weights,
                design.outcomeVariance(live) + design.meanVariance(live));
    }

    /** From the mean guess for live predictions, with the variance of the live outcomes about it. */
    static MeanEstimate of(double mean, double[] reference, double[] outcomes, double[] weights, double noise) {
        Require.that(
                reference.length == outcomes.length && reference.length == weights.length,
                "%d guesses, %d outcomes and %d weights.",
                reference.length,
                outcomes.length,
                weights.length);
        double[] terms = new double[reference.length];
        Arrays.setAll(terms, i -> mean + weights[i] * (outcomes[i] - reference[i]));
        return MeanEstimate.of(terms, 0, noise);
    }
}
