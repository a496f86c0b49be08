package dev.fovea.statistics.sequential;

import dev.fovea.statistics.Require;

/**
 * The e-value of a block of two samples against "the first mean exceeds the second by no more than a difference", for
 * values in [0, 1]; of yes and no it is the safe test of two proportions. The product of such blocks, with bets chosen
 * before each, may be looked at any time.
 *
 * <p>With n₁ and n₂ values the e-value is {@code Π (1 + λ₁ (x − m₁)) · Π (1 − λ₂ (y − m₂))} where m₁ − m₂ is the
 * difference and n₁ λ₁ = n₂ λ₂. Its expectation is at most {@code (1 + λ₁ n₁ (μ₁ − μ₂ − m₁ + m₂) / n)^n <= 1} by the
 * inequality of arithmetic and geometric means. For proportions λ and m are those of the reverse information
 * projection: R. J. Turner and P. D. Grünwald, "Exact anytime-valid confidence intervals for contingency tables and
 * beyond", Statistics and Probability Letters 198 (2023) 109835, theorem 1; for bounded values they are bets as of
 * Waudby-Smith and Ramdas (2024). Pure.
 */
public final class TwoSampleBet {

    private static final int HALVINGS = 50;

    /** Nobody bets all: a factor of a block never falls to 0. */
    private static final double STAKE = 0.99;

    private static final double MARGIN_OF_MEAN = 1e-6;
    private static final double SMALLEST_DISPERSION = 0.05;

    private TwoSampleBet() {}

    /**
     * What is expected of both samples, from earlier blocks: the alternative for which evidence shall grow fast.
     *
     * @param first mean of the first sample, in [0, 1]
     * @param second mean of the second sample
     * @param dispersion variance as a share of {@code m (1 − m)}, the variance of yes and no; in (0, 1]
     */
    public record Expected(double first, double second, double dispersion) {

        /**
         * From what both samples were so far, for an alternative that states their difference.
         *
         * @param difference first mean less second, in (-1, 1)
         */
        public static Expected of(GradedCounts first, GradedCounts second, double difference) {
            double n1 = first.total();
            double n2 = second.total();
            double base = (first.sum() - n1 * difference + second.sum() + 0.5) / (n1 + n2 + 1);
            double low = clamped(base, Math.max(0, -difference), Math.min(1, 1 - difference));
            return new Expected(low + difference, low, dispersion(first, second));
        }

        /** Pooled within both samples, with one prior value of full variance. */
        private static double dispersion(GradedCounts first, GradedCounts second) {
            if (first.size() == 2) {
                return 1;
            }
            double most = 0.25;
            double found = 0.25;
            for (GradedCounts sample : new GradedCounts[] {first, second}) {
                if (sample.total() > 0) {
                    double mean = sample.sum() / sample.total();
                    most += sample.total() * mean * (1 - mean);
                    found += sample.squares() - sample.total() * mean * mean;
                }
            }
            return Math.clamp(found / most, SMALLEST_DISPERSION, 1);
        }
    }

    /**
     * Logarithm of the e-value of a block.
     *
     * @param first values that came in this block, one at least
     * @param second as many grades; one value at least
     * @param difference the largest of the null hypothesis, in (-1, 1)
     * @param expected with a larger difference, of blocks before this one
     */
    public static double logE(GradedCounts first, GradedCounts second, double difference, Expected expected) {
        double n1 = first.total();
        double n2 = second.total();
        Require.that(n1 > 0 && n2 > 0, "A block of %s and %s values; it needs one of each.", n1, n2);
        if (expected.first() - expected.second() <= difference) {
            return 0; // there is nothing to bet on
        }
        double m1 = pivot(n1, n2, difference, expected);
        double m2 = m1 - difference;
        double bet1 = (expected.first() - m1) / (expected.dispersion() * m1 * (1 - m1));
        double bet2 = bet1 * n1 / n2;
        double scale = Math.min(1, Math.min(STAKE / (bet1 * m1), STAKE / (bet2 * (1 - m2))));
        return logCapital(first, bet1 * scale, m1) + logCapital(second, -bet2 * scale, m2);
    }

    private static double logCapital(GradedCounts counts, double bet, double mean) {
        double log = 0;
        for (int i = 0; i < counts.size(); i++) {
            if (counts.count(i) > 0) {
                log += counts.count(i) * Math.log1p(bet * (counts.value(i) - mean));
            }
        }
        return log;
    }

    /** The first mean of the null hypothesis that is closest to what is expected: where n₁ λ₁ = n₂ λ₂. */
    private static double pivot(double n1, double n2, double difference, Expected expected) {
        double low = Math.max(expected.second() + difference, Math.max(0, difference));
        double high = Math.min(expected.first(), Math.min(1, 1 + difference));
        for (int i = 0; i < HALVINGS; i++) {
            double m1 = (low + high) / 2;
            double m2 = m1 - difference;
            double balance =
                    n1 * (expected.first() - m1) * m2 * (1 - m2) - n2 * (m2 - expected.second()) * m1 * (1 - m1);
            if (balance > 0) {
                low = m1;
            } else {
                high = m1;
            }
        }
        return (low + high) / 2;
    }

    private static double clamped(double mean, double low, double high) {
        return Math.clamp(mean, low + MARGIN_OF_MEAN, high - MARGIN_OF_MEAN);
    }
}
