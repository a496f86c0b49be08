package dev.fovea.labels.priority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.fault.FoveaException;
import dev.fovea.labels.priority.LabelPriority.LabelCandidates;
import dev.fovea.statistics.linear.FeatureMatrix;
import dev.fovea.statistics.sampling.Uncertainty;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LabelPriorityTest {

    private static final LabelPriority PRIORITY = new LabelPriority(1);

    private static List<UnlabelledImage> images(long... seen) {
        return IntStream.range(0, seen.length)
                .mapToObj(i -> new UnlabelledImage("image-" + i, seen[i]))
                .toList();
    }

    /** Directions: two almost equal ones of which the model is unsure, one of which it is certain. */
    @Test
    void shouldChooseTheUnsureButNotTwiceTheSame() {
        FeatureMatrix embeddings = FeatureMatrix.of(new float[][] {{1, 0}, {2, 0.01f}, {0, 1}, {1, 1}});
        double[][] probabilities = {{0.5, 0.5}, {0.51, 0.49}, {0.7, 0.3}, {1, 0}};
        LabelCandidates candidates =
                new LabelCandidates(images(1, 1, 1, 1), embeddings, Optional.of(Uncertainty.MARGIN.of(probabilities)));
        List<ImagePriority> chosen = PRIORITY.choose(candidates, Optional.empty(), 2);
        assertThat(chosen)
                .hasSize(2)
                .extracting(ImagePriority::image)
                .contains("image-2")
                .doesNotContain("image-3");
        assertThat(chosen.getFirst().novelty()).isEqualTo(1);
        assertThat(chosen.get(1).novelty()).isBetween(1.40, 1.42);
        assertThat(PRIORITY.choose(candidates, Optional.empty(), 4))
                .extracting(ImagePriority::image)
                .containsExactlyInAnyOrder("image-0", "image-1", "image-2");
    }

    @Test
    void shouldPreferWhatCameInOften() {
        FeatureMatrix embeddings = FeatureMatrix.of(new float[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}});
        LabelCandidates candidates = new LabelCandidates(images(1, 100, 10), embeddings, Optional.empty());
        int often = 0;
        for (int seed = 0; seed < 1000; seed++) {
            ImagePriority first = new LabelPriority(seed)
                    .choose(candidates, Optional.empty(), 1)
                    .getFirst();
            if (first.image().equals("image-1")) {
                often++;
                assertThat(first.priority()).isEqualTo(1 + Math.log(100));
            }
        }
        // 1 + ln 100 of the sum of 1 + ln n over 1, 100 and 10
        assertThat(often).isBetween(515, 615);
    }

    @Test
    void shouldLeaveOutWhatIsLabelled() {
        FeatureMatrix embeddings = FeatureMatrix.of(new float[][] {{1, 0}, {0, 1}});
        FeatureMatrix labelled = FeatureMatrix.of(new float[][] {{5, 0}});
        assertThat(PRIORITY.choose(
                        new LabelCandidates(images(1, 1), embeddings, Optional.empty()), Optional.of(labelled), 2))
                .extracting(ImagePriority::image)
                .containsExactly("image-1");
    }

    @Test
    void shouldGiveTheSameChoiceAgain() {
        SplittableRandom random = new SplittableRandom(8);
        float[][] rows = new float[500][4];
        for (float[] row : rows) {
            for (int d = 0; d < 4; d++) {
                row[d] = (float) random.nextGaussian();
            }
        }
        long[] seen = new long[500];
        Arrays.fill(seen, 1);
        LabelCandidates candidates = new LabelCandidates(images(seen), FeatureMatrix.of(rows), Optional.empty());
        List<ImagePriority> chosen = PRIORITY.choose(candidates, Optional.empty(), 20);
        assertThat(chosen).hasSize(20).isEqualTo(PRIORITY.choose(candidates, Optional.empty(), 20));
        assertThat(chosen).isNotEqualTo(new LabelPriority(2).choose(candidates, Optional.empty(), 20));
    }

    @Test
    void shouldRefuseImagesWithoutEmbeddings() {
        FeatureMatrix embeddings = FeatureMatrix.of(new float[][] {{1, 0}});
        assertThatThrownBy(() -> new LabelCandidates(images(1, 1), embeddings, Optional.empty()))
                .isInstanceOf(FoveaException.class)
                .hasMessageContaining("2 images, 1 embeddings");
    }
}
