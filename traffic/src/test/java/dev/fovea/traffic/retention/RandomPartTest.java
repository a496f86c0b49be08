package dev.fovea.traffic.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The random part is an unbiased sample of the day. Ids are drawn from a fixed seed; tolerances are computed. */
class RandomPartTest {

    private static final int IMAGES = 400;
    private static final int QUOTA = 20;
    private static final int DAYS = 2000;
    private static final int SERVERS = 3;
    private static final KeepPart PART = KeepPart.first("shirts", LocalDate.parse("2026-11-30"));
    private static final Instant START = Instant.parse("2026-11-30T00:00:00Z");

    /** A quantile of the standard normal distribution at 1e-6, so that one run in a million would fail. */
    private static final double Z = 4.89;

    private final Random random = new Random(20261130);

    /** The images, by their place in the day, that three servers keep together. */
    private List<Integer> sampled() {
        OpenPart open = new OpenPart(PART, Map.of(KeepReason.RANDOM, QUOTA), PartCounts.NONE, List.of());
        List<KeepBars> bars =
                IntStream.range(0, SERVERS).mapToObj(i -> new KeepBars(open)).toList();
        List<KeepCandidate> staged = new ArrayList<>();
        for (int i = 0; i < IMAGES; i++) {
            String id = Long.toHexString(random.nextLong());
            double key = KeepKeys.random(id, START.plusSeconds(i));
            // the servers are busy at different times, and the last one gets little
            int server = i < 150 ? 0 : i % 10 == 0 ? 2 : 1;
            Map<KeepReason, Double> good = bars.get(server).offer(Map.of(KeepReason.RANDOM, key));
            if (!good.isEmpty()) {
                staged.add(new KeepCandidate(
                        Integer.toString(i), PART, DrawnOrigins.origin(id, START.plusSeconds(i)), good, 1));
            }
        }
        return DaySelection.of(staged, open.quotas(), Long.MAX_VALUE).chosen().keySet().stream()
                .map(Integer::valueOf)
                .toList();
    }

    @Test
    void shouldKeepEachImageOfADayWithTheSameProbability() {
        int[] times = new int[IMAGES];
        for (int day = 0; day < DAYS; day++) {
            List<Integer> kept = sampled();
            assertThat(kept).hasSize(QUOTA);
            kept.forEach(image -> times[image]++);
        }

        // of a simple random sample without replacement, X² (N−1)/(N−n) is chi-squared with N−1 degrees of freedom
        double expected = (double) DAYS * QUOTA / IMAGES;
        double statistic = Arrays.stream(times)
                        .mapToDouble(count -> (count - expected) * (count - expected) / expected)
                        .sum()
                * (IMAGES - 1)
                / (IMAGES - QUOTA);
        double degrees = IMAGES - 1;
        assertThat(statistic).isCloseTo(degrees, within(Z * Math.sqrt(2 * degrees)));
        double early = IntStream.range(0, 150).map(i -> times[i]).sum() / (double) (DAYS * QUOTA);
        double share = 150.0 / IMAGES;
        double deviation = Math.sqrt(share * (1 - share) / (DAYS * QUOTA) * (IMAGES - QUOTA) / (IMAGES - 1.0));
        assertThat(early).as("the share of the busy morning").isCloseTo(share, within(Z * deviation));
    }

    @Test
    void shouldEstimateTheMeanOfADayWithoutBiasWhenWeighedByTheProbability() {
        // the outcome rises over the day, so that a sample of its beginning or end would be far off
        double[] outcomes =
                IntStream.range(0, IMAGES).mapToDouble(i -> i < 300 ? 0.1 : 0.9).toArray();
        double truth = Arrays.stream(outcomes).average().orElseThrow();
        double variance =
                Arrays.stream(outcomes).map(y -> (y - truth) * (y - truth)).sum() / (IMAGES - 1);
        double probability = (double) QUOTA / IMAGES;

        double sum = 0;
        for (int day = 0; day < DAYS; day++) {
            sum += sampled().stream()
                            .mapToDouble(image -> outcomes[image] / probability)
                            .sum()
                    / IMAGES;
        }

        double error = Math.sqrt(variance / QUOTA * (1 - probability) / DAYS);
        assertThat(sum / DAYS).isCloseTo(truth, within(Z * error));
    }
}
