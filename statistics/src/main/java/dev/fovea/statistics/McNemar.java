package dev.fovea.statistics;

import java.util.stream.IntStream;
import org.hipparchus.distribution.discrete.BinomialDistribution;

/**
 * Test of equal accuracy of two classifiers on the same images: Q. McNemar, Psychometrika 12 (1947) 153–157. Only
 * discordant images count, those that exactly one classifier got right. Under the null hypothesis each is a fair coin.
 *
 * <p>The exact test is conservative. The mid-p version counts the observed table by half; it is recommended by M. W.
 * Fagerland, S. Lydersen and P. Laake, "The McNemar test for binary matched-pairs data: mid-p and asymptotic are better
 * than exact conditional", BMC Medical Research Methodology 13:91 (2013), recommend it.
 *
 * @param onlyFirst images that only the first got right
 * @param onlySecond images that only the second got right
 * @param exact two-sided p-value of the exact conditional test
 * @param midP two-sided mid-p value
 */
public record McNemar(int onlyFirst, int onlySecond, double exact, double midP) {

    /** The test on the two counts; both p-values are 1 where the counts are equal, none of either included. */
    public static McNemar of(int onlyFirst, int onlySecond) {
        Require.that(
                onlyFirst >= 0 && onlySecond >= 0,
                "Counts of %d and %d; neither may be negative.",
                onlyFirst,
                onlySecond);
        if (onlyFirst == onlySecond) {
            return new McNemar(onlyFirst, onlySecond, 1, 1);
        }
        BinomialDistribution coin = new BinomialDistribution(Math.addExact(onlyFirst, onlySecond), 0.5);
        int fewer = Math.min(onlyFirst, onlySecond);
        // Summed term by term: the library's distribution function keeps only five digits that far out.
        double twoTails = 2
                * IntStream.rangeClosed(0, fewer).mapToDouble(coin::probability).sum();
        double observed = coin.probability(fewer);
        return new McNemar(onlyFirst, onlySecond, Math.min(1, twoTails), Math.clamp(twoTails - observed, 0, 1));
    }

    /** The test on each image's outcomes, in the same order. */
    public static McNemar of(boolean[] firstRight, boolean[] secondRight) {
        PairedProportions pairs = PairedProportions.of(firstRight, secondRight);
        return of(pairs.onlyFirst(), pairs.onlySecond());
    }
}
