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
     * @param reference {@code [n]} guesses for the reference's, out of fold
     * @param outcomes {@code [n]} of the reference, 0 or 1
     * @param weights {@code [n]} of mean 1
     */
    public static MeanEstimate mean(double[] live, double[] reference, double[] outcomes, double[] weights) {
        return of(live, reference, outcomes, weights, noise(live));
    }

    /** The mean with another variance of the live outcomes about their guesses. */
    static MeanEstimate of(double[] live, double[] reference, double[] outcomes, double[] weights, double noise) {
        Require.that(live.length > 0, "No live predictions; there must be at least one.");
        Require.that(
                reference.length == outcomes.length && reference.length == weights.length,
                "%d guesses, %d outcomes and %d weights.",
                reference.length,
                outcomes.length,
                weights.length);
        double mean = Arrays.stream(live).average().orElseThrow();
        double[] terms = new double[reference.length];
        Arrays.setAll(terms, i -> mean + weights[i] * (outcomes[i] - reference[i]));
        return MeanEstimate.of(terms, 0, noise);
    }

    /** {@code mean f(1-f) / N}. */
    static double noise(double[] guesses) {
        double sum = 0;
        for (double guess : guesses) {
            sum += guess * (1 - guess);
        }
        return sum / guesses.length / guesses.length;
    }
}
