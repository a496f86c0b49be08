package dev.fovea.labels.wrong;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.statistics.linear.FeatureMatrix;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Images of independent classes, each with four features of its own; 5 % of the decisions about "hole" are wrong. */
class WrongClassesTest {

    private static final List<String> CLASSES = List.of("hole", "rare", "stain", "tear");
    private static final int IMAGES = 300;

    private final List<GivenClasses> images = new ArrayList<>();
    private final List<float[]> rows = new ArrayList<>();
    private final Set<String> planted = new HashSet<>();

    private WrongClassReport find() {
        RandomGenerator random = new SplittableRandom(11);
        images.clear();
        rows.clear();
        for (int i = 0; i < IMAGES; i++) {
            List<String> classes = new ArrayList<>();
            float[] row = new float[12];
            for (int k = 0; k < 3; k++) {
                boolean shown = random.nextInt(3) == 0;
                for (int d = 4 * k; d < 4 * k + 4; d++) {
                    row[d] = (float) (random.nextGaussian() * 0.6 + (shown ? 2 : 0));
                }
                String name = CLASSES.get(k == 0 ? 0 : k + 1);
                boolean wrong = k == 0 && i % 20 == 0;
                if (shown != wrong) {
                    classes.add(name);
                }
                if (wrong) {
                    planted.add("image-" + i);
                }
            }
            if (i < 3) {
                classes.add("rare");
            }
            images.add(new GivenClasses("image-" + i, classes, Optional.empty(), i == 40 ? Set.of("hole") : Set.of()));
            rows.add(row);
        }
        return new WrongClasses(1).find(images, FeatureMatrix.of(rows.toArray(float[][]::new)), CLASSES);
    }

    @Test
    void shouldJudgeEachClassAgainstTheRest() {
        WrongClassReport report = find();
        List<SuspectClass> first = report.suspects().subList(0, planted.size() - 1);
        assertThat(first.stream().filter(each -> each.label().equals("hole") && planted.contains(each.image())))
                .hasSizeGreaterThanOrEqualTo(planted.size() - 3);
        assertThat(report.suspects())
                .filteredOn(each -> each.label().equals("hole"))
                .extracting(SuspectClass::image)
                .doesNotContain("image-40");
        ClassDecisions hole = report.classes().getFirst();
        assertThat(hole.label()).isEqualTo("hole");
        assertThat(hole.share().contains(0.05)).isTrue();
        assertThat(hole.reviewToHalve()).isBetween(5, 15);
        assertThat(hole.accuracy()).isBetween(0.85, 0.99);
        ClassDecisions stain = report.classes().get(1);
        assertThat(stain.share().value()).isLessThan(0.02);
        assertThat(report.unjudged()).containsExactly("rare");
        assertThat(report.reviewToHalve()).isBetween(5, 20);
    }

    @Test
    void shouldSayOnWhichSideADecisionIs() {
        WrongClassReport report = find();
        SuspectClass one = report.suspects().getFirst();
        GivenClasses image = images.stream()
                .filter(each -> each.image().equals(one.image()))
                .findFirst()
                .orElseThrow();
        assertThat(one.given()).isEqualTo(image.classes().contains(one.label()));
        assertThat(one.fit()).isLessThan(0.5);
    }
}
