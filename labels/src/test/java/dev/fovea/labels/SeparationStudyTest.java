package dev.fovea.labels;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.labels.design.ClassSeparation;
import dev.fovea.labels.wrong.GivenLabel;
import dev.fovea.statistics.linear.FeatureMatrix;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SeparationStudyTest {

    private final List<GivenLabel> labels = new ArrayList<>();
    private final List<float[]> rows = new ArrayList<>();
    private final Random random = new Random(7);

    private void add(String label, int count, float centre) {
        for (int i = 0; i < count; i++) {
            labels.add(new GivenLabel(label + i, label));
            rows.add(new float[] {centre + (float) random.nextGaussian(), (float) random.nextGaussian()});
        }
    }

    private ClassSeparation study() {
        return SeparationStudy.of(labels, FeatureMatrix.of(rows.toArray(float[][]::new)), "resnet:1", false)
                .orElseThrow();
    }

    @Test
    void shouldNameTheTwoClassesThatAreDrawnFromOneDistribution() {
        add("hole", 200, 0);
        add("tear", 60, 0);
        add("none", 60, 40);
        ClassSeparation separation = study();
        assertThat(separation.images()).isEqualTo(150 + 60 + 60);
        assertThat(separation.pairs()).singleElement().satisfies(pair -> {
            assertThat(List.of(pair.first(), pair.second())).containsExactly("hole", "tear");
            assertThat(pair.error().low()).isLessThan(0.5).isGreaterThan(0.1);
            assertThat(pair.error().high()).isGreaterThan(0.5);
        });
        assertThat(separation.tooFew()).isEmpty();
    }

    @Test
    void shouldSayWhichClassesHaveTooFewImages() {
        add("hole", 30, 0);
        add("tear", 19, 0);
        add("none", 30, 40);
        assertThat(study().pairs()).isEmpty();
        assertThat(study().tooFew()).containsExactly("tear");
        labels.clear();
        rows.clear();
        add("hole", 30, 0);
        assertThat(SeparationStudy.of(labels, FeatureMatrix.of(rows.toArray(float[][]::new)), "resnet:1", false))
                .isEmpty();
    }
}
