package dev.fovea.statistics.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.statistics.agreement.Agreement.Coefficient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * 5,000 CIFAR-10 images labelled by three people each (CIFAR-10N). Golden numbers: statsmodels 0.15.0, krippendorff
 * 0.9.0 and crowd-kit 1.4.2 on the same file.
 */
class CifarAnnotatorsTest {

    private static final Offset<Double> EXACT = within(1e-9);

    private record Labelled(int[][] table, int[] truths) {

        double accuracy(SoftLabels labels) {
            int right = 0;
            for (int i = 0; i < truths.length; i++) {
                right += labels.label(i) == truths[i] ? 1 : 0;
            }
            return (double) right / truths.length;
        }

        Ratings ratings() {
            return Ratings.of(10, table);
        }
    }

    private static Labelled read() throws IOException {
        Path file = Path.of(
                System.getProperty("fovea.shared.data", "../shared/data"), "cifar10n-3-annotators", "labels.csv");
        Assumptions.assumeTrue(Files.isRegularFile(file), "skipped: no real data at " + file);
        List<String[]> rows = Files.readAllLines(file).stream()
                .skip(1)
                .map(line -> line.split(","))
                .toList();
        List<String> classes =
                rows.stream().map(row -> row[4]).distinct().sorted().toList();
        int[][] table = rows.stream()
                .map(row -> new int[] {classes.indexOf(row[1]), classes.indexOf(row[2]), classes.indexOf(row[3])})
                .toArray(int[][]::new);
        return new Labelled(
                table, rows.stream().mapToInt(row -> classes.indexOf(row[4])).toArray());
    }

    @Test
    void shouldGiveTheReferenceAgreement() throws IOException {
        Ratings ratings = read().ratings();
        Coefficient first = (Coefficient) CohenKappa.of(ratings, 0, 1);
        assertThat(first.value().value()).isCloseTo(0.6904631, within(1e-7));
        assertThat(first.value().low()).isCloseTo(0.676655, within(1e-3));
        assertThat(first.value().high()).isCloseTo(0.704378, within(1e-3));
        assertThat(value(CohenKappa.of(ratings, 0, 2))).isCloseTo(0.6949097, within(1e-7));
        assertThat(value(CohenKappa.of(ratings, 1, 2))).isCloseTo(0.6875877, within(1e-7));
        assertThat(value(FleissKappa.of(ratings))).isCloseTo(0.6909780, within(1e-7));
        assertThat(value(KrippendorffAlpha.nominal(ratings))).isCloseTo(0.6909986, within(1e-7));
    }

    /** Missing where {@code numpy.random.RandomState(0).rand(3, 5000) < 0.2}. */
    @Test
    void shouldGiveTheReferenceAlphaWithGaps() throws IOException {
        int[][] table = read().table();
        NumpyRandom random = new NumpyRandom(0);
        for (int j = 0; j < 3; j++) {
            for (int[] row : table) {
                row[j] = random.nextDouble() < 0.2 ? Ratings.MISSING : row[j];
            }
        }
        assertThat(value(KrippendorffAlpha.nominal(Ratings.of(10, table)))).isCloseTo(0.6906997048582257, EXACT);
    }

    /** Random ties give .9169 on average; crowd-kit's Dawid–Skene .9256, its GLAD .9170. */
    @Test
    void shouldReachTheReferenceConsensus() throws IOException {
        Labelled data = read();
        double majority = data.accuracy(MajorityVote.of(data.ratings()).labels());
        ConfusionFit model = DawidSkene.fit(data.ratings());
        DifficultyFit aware = DifficultyModel.fit(data.ratings());
        assertThat(majority).isCloseTo(0.9169, within(0.003));
        assertThat(data.accuracy(model.consensus().labels())).isGreaterThanOrEqualTo(0.9256);
        assertThat(data.accuracy(aware.fit().consensus().labels()))
                .isGreaterThanOrEqualTo(0.9170)
                .isGreaterThan(Math.max(majority, 0.91694));
        assertThat(model.convergence().converged()).isTrue();
        assertThat(aware.fit().convergence().converged()).isTrue();
    }

    /** The reference accuracies of the three are .8276, .8282 and .8312. */
    @Test
    void shouldContainTheTrueSkillsWhenDifficultyIsModelled() throws IOException {
        List<AnnotatorSkill> skills =
                DifficultyModel.fit(read().ratings()).fit().consensus().annotators();
        double[] truths = {0.8276, 0.8282, 0.8312};
        for (AnnotatorSkill skill : skills) {
            assertThat(skill.accuracy().orElseThrow().contains(truths[skill.annotator()]))
                    .isTrue();
        }
    }

    private static double value(Agreement agreement) {
        return ((Coefficient) agreement).value().value();
    }

    /** The Mersenne Twister MT19937 (Matsumoto and Nishimura, 1998) as numpy's RandomState seeds and reads it. */
    private static final class NumpyRandom {

        private final int[] state = new int[624];
        private int next = 624;

        NumpyRandom(int seed) {
            state[0] = seed;
            for (int i = 1; i < 624; i++) {
                state[i] = 1812433253 * (state[i - 1] ^ (state[i - 1] >>> 30)) + i;
            }
        }

        double nextDouble() {
            long high = nextInt() >>> 5;
            long low = nextInt() >>> 6;
            return (high * 67108864.0 + low) / 9007199254740992.0;
        }

        private int nextInt() {
            if (next == 624) {
                for (int i = 0; i < 624; i++) {
                    int y = (state[i] & 0x80000000) | (state[(i + 1) % 624] & 0x7fffffff);
                    state[i] = state[(i + 397) % 624] ^ (y >>> 1) ^ ((y & 1) == 0 ? 0 : 0x9908b0df);
                }
                next = 0;
            }
            int y = state[next++];
            y ^= y >>> 11;
            y ^= (y << 7) & 0x9d2c5680;
            y ^= (y << 15) & 0xefc60000;
            return y ^ (y >>> 18);
        }
    }
}
