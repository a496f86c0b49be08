package dev.fovea.pipeline.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.Crop;
import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.imaging.Resize;
import dev.fovea.imaging.Size;
import dev.fovea.model.graph.NetworkBuilder.Family;
import dev.fovea.model.graph.NetworkBuilder.Scale;
import dev.fovea.model.head.FeatureTransform;
import dev.fovea.pipeline.head.HeadFit.Examples;
import dev.fovea.pipeline.head.HeadReport.RareClasses;
import dev.fovea.statistics.linear.ClassTargets;
import dev.fovea.statistics.linear.FeatureMatrix;
import dev.fovea.training.Recipe;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HeadFitTest {

    private static final int ROWS = 300;
    private static final List<FeatureTransform> ALL = List.of(FeatureTransform.values());

    /** Two features of each row, and the class that the rule gives it. */
    private interface Rule {
        int label(float first, float second);
    }

    private static Examples examples(Rule rule) {
        SplittableRandom random = new SplittableRandom(1);
        float[][] rows = new float[ROWS][2];
        int[] labels = new int[ROWS];
        for (int i = 0; i < ROWS; i++) {
            rows[i] = new float[] {(float) (10 * random.nextDouble()), (float) (10 * random.nextDouble())};
            labels[i] = rule.label(rows[i][0], rows[i][1]);
        }
        return new Examples(
                FeatureMatrix.of(rows),
                ClassTargets.ofLabels(labels, 2),
                IntStream.range(0, ROWS).toArray());
    }

    private static FeatureTransform chosen(Rule rule) {
        return HeadFit.of(examples(rule), ALL, true, 1).transform();
    }

    @Test
    void shouldTakeTheFeaturesThatAreLinearInTheClasses() {
        assertThat(chosen((x, y) -> x + y > 10 ? 1 : 0)).isEqualTo(FeatureTransform.PLAIN);
        assertThat(chosen((x, y) -> Math.sqrt(x) + Math.sqrt(y) > 4 ? 1 : 0)).isEqualTo(FeatureTransform.SIGNED_ROOTS);
    }

    @Test
    void shouldFitTheWeightsToWhatIsTransformed() {
        assertRight((x, y) -> x - 2 * y > -5 ? 1 : 0, FeatureTransform.PLAIN);
        assertRight((x, y) -> Math.sqrt(x) + Math.sqrt(y) > 4 ? 1 : 0, FeatureTransform.SIGNED_ROOTS);
    }

    /** Features are far from mean 0 and deviation 1, so that the weights must hold the standardization. */
    private static void assertRight(Rule rule, FeatureTransform transform) {
        Examples examples = examples(rule);
        HeadFit fit = HeadFit.of(examples, List.of(transform), true, 1);
        float[] w = fit.head().weights();
        float[] b = fit.head().bias();
        FeatureMatrix features = examples.transformed(transform).features();
        int right = 0;
        for (int i = 0; i < ROWS; i++) {
            float margin = (w[2] - w[0]) * features.value(i, 0) + (w[3] - w[1]) * features.value(i, 1) + b[1] - b[0];
            right += (margin > 0 ? 1 : 0) == examples.targets().labels()[i] ? 1 : 0;
        }
        assertThat(right).isGreaterThan(ROWS * 97 / 100);
    }

    @Test
    void shouldRefuseWhatTeachesNothing() {
        SplittableRandom random = new SplittableRandom(2);
        assertRefused(examples((x, y) -> random.nextInt(2)), "no better than chance");
        assertRefused(
                new Examples(
                        FeatureMatrix.of(new float[10][3]),
                        ClassTargets.ofLabels(new int[] {0, 1, 0, 1, 0, 1, 0, 1, 0, 1}, 2),
                        IntStream.range(0, 10).toArray()),
                "have the same features");
    }

    /** 300 rows in all, the second class as often as stated, its features about a deviation from those of the first. */
    private static Examples rare(int count) {
        SplittableRandom random = new SplittableRandom(4);
        float[][] rows = new float[ROWS][2];
        int[] labels = new int[ROWS];
        for (int i = 0; i < ROWS; i++) {
            labels[i] = i < count ? 1 : 0;
            rows[i] = new float[] {
                (float) (random.nextGaussian() + 1.5 * labels[i]), (float) (random.nextGaussian() + 1.5 * labels[i])
            };
        }
        return new Examples(
                FeatureMatrix.of(rows),
                ClassTargets.ofLabels(labels, 2),
                IntStream.range(0, ROWS).toArray());
    }

    @Test
    void shouldFavourARareClassWithoutBeingAsked() {
        HeadFit fit = HeadFit.of(rare(15), List.of(FeatureTransform.PLAIN), true, 1);
        assertThat(fit.imbalance()).isEqualTo(19);
        RareClasses rare = RareClasses.of(fit);
        assertThat(rare.with().worstRecall()).isGreaterThan(rare.without().worstRecall() + 0.1);
        assertThat(rare.sentence())
                .hasValueSatisfying(words -> assertThat(words)
                        .contains("Rare classes are favoured by", "of 16 ways", "lowest recall of a class"));
        // what is in the graph is what was chosen: it finds more of the rare class than the plain fit
        assertThat(found(fit)).isGreaterThan(found(HeadFit.of(rare(15), List.of(FeatureTransform.PLAIN), false, 1)));
    }

    private static int found(HeadFit fit) {
        Examples examples = rare(15);
        float[] w = fit.head().weights();
        float[] b = fit.head().bias();
        return (int) IntStream.range(0, 15)
                .filter(i -> (w[2] - w[0]) * examples.features().value(i, 0)
                                + (w[3] - w[1]) * examples.features().value(i, 1)
                                + b[1]
                                - b[0]
                        > 0)
                .count();
    }

    private static void assertRefused(Examples examples, String words) {
        assertThatThrownBy(() -> HeadFit.of(examples, ALL, true, 1))
                .isInstanceOfSatisfying(
                        FoveaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATASET_INVALID))
                .hasMessageContaining(words);
    }

    @Test
    void shouldCropAsTheContractSaysOnEvidenceOnly() {
        PreprocessingContract squash = new Recipe(Family.MOBILE, Scale.SMALL, 32).contract();
        PreprocessingContract crop = new PreprocessingContract(
                squash.orientation(),
                squash.color(),
                squash.alpha(),
                new Resize.ShortestEdge(40, Resize.Filter.BILINEAR, Resize.ResizeEngine.PILLOW),
                Optional.of(Crop.centred(Size.square(32))),
                squash.tensor(),
                squash.decode());
        Examples clear = examples((x, y) -> x > 5 ? 1 : 0);
        Examples blurred = new Examples(
                examples((x, y) -> 0).features().signedRoots().normalized(), clear.targets(), clear.groups());
        assertThat(InputView.SQUASHED.of(crop).outputSize()).isEqualTo(crop.outputSize());
        assertThat(view(crop, clear, clear)).isEqualTo(InputView.SQUASHED);
        assertThat(view(crop, blurred, clear)).isEqualTo(InputView.AS_CONTRACT);
        assertThat(view(crop, clear, blurred)).isEqualTo(InputView.SQUASHED);
        assertThat(ViewChoice.of(
                                squash,
                                view -> {
                                    throw new AssertionError("there is nothing to choose");
                                },
                                1)
                        .view())
                .isEqualTo(InputView.AS_CONTRACT);
    }

    private static InputView view(PreprocessingContract contract, Examples squashed, Examples own) {
        return ViewChoice.of(contract, view -> view == InputView.SQUASHED ? squashed : own, 1)
                .view();
    }
}
