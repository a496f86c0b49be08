package dev.fovea.datasets.similarity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.datasets.similarity.Outliers.Outlier;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OutliersTest {

    private static final int DIMENSIONS = 32;

    private final Random random = new Random(8);
    private final List<float[]> embeddings = new ArrayList<>();
    private final List<Optional<String>> labels = new ArrayList<>();
    private final float[] tight = direction();
    private final float[] loose = direction();

    private float[] direction() {
        float[] direction = new float[DIMENSIONS];
        for (int i = 0; i < DIMENSIONS; i++) {
            direction[i] = (float) random.nextGaussian();
        }
        return direction;
    }

    private int add(float[] center, double spread, String label) {
        float[] row = center.clone();
        for (int i = 0; i < DIMENSIONS; i++) {
            row[i] += (float) (spread * random.nextGaussian());
        }
        embeddings.add(row);
        labels.add(label.isEmpty() ? Optional.empty() : Optional.of(label));
        return embeddings.size() - 1;
    }

    private void twoClasses(int each) {
        for (int i = 0; i < each; i++) {
            add(tight, 0.1, "tight");
            add(loose, 0.5, "loose");
        }
    }

    private List<Integer> find(double rate) {
        return Outliers.find(embeddings, labels, rate).stream()
                .map(Outlier::row)
                .toList();
    }

    @Test
    void shouldKeepTheFalseAlarmRateOnACleanSet() {
        twoClasses(1500);

        assertThat(find(0.01).size() / 3000.0).isLessThan(0.015);
        assertThat(find(0.001).size() / 3000.0).isLessThan(0.003);
    }

    @Test
    void shouldRankForeignImagesFirst() {
        twoClasses(300);
        int near = add(tight, 0.6, "tight");
        int far = add(direction(), 0.1, "tight");
        int clump = add(direction(), 0.1, "loose");

        List<Outlier> outliers = Outliers.find(embeddings, labels, 0.001);

        assertThat(outliers.subList(0, 3)).extracting(Outlier::row).containsExactlyInAnyOrder(near, far, clump);
        assertThat(outliers)
                .allSatisfy(outlier -> assertThat(outlier.distance()).isGreaterThan(outlier.bound()));
    }

    @Test
    void shouldLeaveImagesOfAnotherClassToTheSearchForWrongLabels() {
        twoClasses(300);
        int wrong = add(loose, 0.5, "tight");

        assertThat(find(0.001)).doesNotContain(wrong);
    }

    @Test
    void shouldJudgeImagesWithoutLabelsTogether() {
        for (int i = 0; i < 200; i++) {
            add(tight, 0.1, "");
        }
        int foreign = add(direction(), 0.1, "");

        assertThat(find(0.001)).contains(foreign);
    }

    @Test
    void shouldNotJudgeSmallClassesAndSetsOfCopies() {
        for (int i = 0; i < 19; i++) {
            add(direction(), 1, "few");
        }
        for (int i = 0; i < 100; i++) {
            add(tight, 0, "copies");
        }

        assertThat(find(0.001)).isEmpty();
        assertThat(Outliers.find(List.of(), List.of(), 0.01)).isEmpty();
    }

    @Test
    void shouldRefuseARateThatIsNone() {
        for (double rate : new double[] {0, 0.5, Double.NaN}) {
            assertThatThrownBy(() -> find(rate))
                    .isInstanceOfSatisfying(
                            FoveaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ARGUMENT_INVALID));
        }
    }

    /** From tables of the normal distribution. */
    @Test
    void shouldKnowTheQuantilesOfTheNormalDistribution() {
        assertThat(NormalQuantile.upper(0.001)).isCloseTo(3.0902323, within(5e-4));
        assertThat(NormalQuantile.upper(0.025)).isCloseTo(1.9599640, within(5e-4));
        assertThat(NormalQuantile.upper(0.25)).isCloseTo(0.6744898, within(5e-4));
    }
}
