package dev.fovea.statistics.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.fault.FoveaException;
import dev.fovea.statistics.Interval;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ConsensusTest {

    private static final Offset<Double> EXACT = within(1e-12);
    private static final double[] SKILLS = {0.9, 0.8, 0.7, 0.6};

    @Test
    void shouldShareTheVotesAndDrawTiesWithoutFavour() {
        Ratings ratings = DrawnRatings.parsed(3, "0012", "11..", "....", "0.2.");
        SoftLabels labels = MajorityVote.of(ratings).labels();
        assertThat(labels.distribution(0)).containsExactly(0.5, 0.25, 0.25);
        assertThat(labels.label(0)).isZero();
        assertThat(labels.label(1)).isEqualTo(1);
        assertThat(labels.distribution(2)).containsOnly(1.0 / 3);
        assertThat(List.of(labels.tied(0), labels.tied(1), labels.tied(2), labels.tied(3)))
                .containsExactly(false, false, true, true);
        assertThat(labels.label(3)).isIn(0, 2);
        assertThat(labels.entropy(1)).isZero();
        assertThat(labels.entropy(3)).isCloseTo(Math.log(2), EXACT);

        int[][] tied =
                IntStream.range(0, 9000).mapToObj(i -> new int[] {2, 0, 1}).toArray(int[][]::new);
        int[] counts = new int[3];
        for (int label : MajorityVote.of(Ratings.of(3, tied)).labels().labels()) {
            counts[label]++;
        }
        assertThat(IntStream.of(counts)).allMatch(count -> Math.abs(count - 3000) < 200);
    }

    /** By hand: annotator 0 agrees with the others' majority on 2 of 4 items and half on the tie; 2.5 / 5. */
    @Test
    void shouldCompareEachAnnotatorWithTheMajorityOfTheOthers() {
        Consensus vote = MajorityVote.of(DrawnRatings.parsed(3, "000.", "111.", "011.", "200.", "001.", "...."));
        AnnotatorSkill first = vote.annotators().getFirst();
        assertThat(first.labels()).isEqualTo(5);
        assertThat(first.accuracy().orElseThrow().value()).isCloseTo(0.5, EXACT);
        assertThat(vote.annotators().get(3).accuracy()).isEmpty();
    }

    /** Golden numbers: crowd-kit 1.4.2 {@code DawidSkene(n_iter=20, tol=-1e9)}, which smooths nothing. */
    @Test
    void shouldGiveTheDawidSkeneThatCrowdKitGives() {
        ConfusionFit fit = DawidSkene.fit(DrawnRatings.reference(), new EmSettings(0, 0, 0, 20), 0.95);
        assertThat(fit.convergence().iterations()).isEqualTo(20);
        assertThat(fit.convergence().converged()).isFalse();
        SoftLabels labels = fit.consensus().labels();
        assertThat(labels.distribution(6))
                .containsExactly(new double[] {0.353360297, 0.546943572, 0.099696131}, within(1e-7));
        assertThat(labels.distribution(10))
                .containsExactly(new double[] {0.618370753, 0.378424934, 0.003204313}, within(1e-7));
        StringBuilder digits = new StringBuilder();
        IntStream.range(0, 40).filter(i -> i != 33).forEach(i -> digits.append(labels.label(i)));
        assertThat(digits).hasToString("010121100002000100201201201212010021010");
        assertThat(fit.prior()).hasSize(3);
        assertThat(fit.prior().get(0)).isCloseTo(0.48156737, within(1e-7));
        assertThat(fit.prior().get(2)).isCloseTo(0.19722716, within(1e-7));
        AnnotatorConfusion second = fit.confusions().get(1);
        assertThat(second.probability(0, 0)).isCloseTo(0.755313460, within(1e-7));
        assertThat(second.probability(1, 2)).isCloseTo(0.344059522, within(1e-7));
        assertThat(second.probability(2, 1)).isCloseTo(0.169420737, within(1e-7));
        assertThat(second.interval(1, 2).contains(0.344059522)).isTrue();
    }

    @Test
    void shouldFindPlantedConfusionsSkillsAndClasses() {
        DrawnRatings drawn = DrawnRatings.of(3000, 4, SKILLS, 0.3, 0, 5);
        ConfusionFit fit = DawidSkene.fit(drawn.ratings());
        assertThat(drawn.accuracy(fit.consensus().labels()))
                .isGreaterThan(drawn.accuracy(MajorityVote.of(drawn.ratings()).labels()) + 0.02);
        for (int j = 0; j < SKILLS.length; j++) {
            AnnotatorConfusion confusion = fit.confusions().get(j);
            Interval diagonal = confusion.interval(2, 2);
            assertThat(diagonal.value()).isCloseTo(SKILLS[j], within(0.08));
            assertThat(diagonal.width()).isBetween(0.01, 0.2);
            assertThat(IntStream.range(0, 4)
                            .mapToDouble(l -> confusion.probability(1, l))
                            .sum())
                    .isCloseTo(1, EXACT);
            assertThat(confusion.support(1)).isBetween(400.0, 700.0);
        }
    }

    /** 200 sets of 400 items, 4 annotators: 95 % intervals of the skill contain the planted one in 93 %. */
    @Test
    void shouldContainThePlantedSkillInMostSamples() {
        int contained = 0;
        for (int set = 0; set < 200; set++) {
            Consensus consensus = DawidSkene.fit(
                            DrawnRatings.of(400, 3, SKILLS, 0.2, 0, set).ratings())
                    .consensus();
            for (AnnotatorSkill skill : consensus.annotators()) {
                contained += skill.accuracy().orElseThrow().contains(SKILLS[skill.annotator()]) ? 1 : 0;
            }
        }
        assertThat(contained / 800.0).isBetween(0.91, 0.99);
    }

    @Test
    void shouldSayWhichItemsAreHard() {
        DrawnRatings drawn = DrawnRatings.of(2000, 5, new double[] {0.95, 0.9, 0.9, 0.85, 0.9}, 0.1, 0.3, 11);
        DifficultyFit fit = DifficultyModel.fit(drawn.ratings());
        double hard = 0;
        double easy = 0;
        int count = 0;
        for (int i = 0; i < 2000; i++) {
            hard += drawn.hard()[i] ? fit.difficulty(i) : 0;
            easy += drawn.hard()[i] ? 0 : fit.difficulty(i);
            count += drawn.hard()[i] ? 1 : 0;
        }
        assertThat(hard / count).isGreaterThan(easy / (2000 - count) + 0.2);
        assertThat(drawn.accuracy(fit.fit().consensus().labels()))
                .isGreaterThan(drawn.accuracy(MajorityVote.of(drawn.ratings()).labels()));
    }

    /** The labels of an item of the fit, taken as those of a new item. */
    @Test
    void shouldJudgeNewItemsAsThoseOfTheFit() {
        Ratings ratings = DrawnRatings.of(2000, 3, SKILLS, 0.2, 0.3, 5).ratings();
        DifficultyFit fit = DifficultyModel.fit(ratings);
        for (int i = 0; i < 50; i++) {
            int item = i;
            int[] raters = IntStream.range(0, ratings.annotators())
                    .filter(j -> ratings.label(item, j) != Ratings.MISSING)
                    .toArray();
            int[] labels = IntStream.of(raters).map(j -> ratings.label(item, j)).toArray();
            assertThat(fit.posterior(raters, labels))
                    .containsExactly(fit.fit().consensus().labels().distribution(item), within(1e-3));
        }
    }

    @Property(tries = 15)
    void shouldNeverLoseLikelihood(@ForAll long seed, @ForAll @DoubleRange(min = 0, max = 0.6) double gaps) {
        Ratings ratings = DrawnRatings.of(150, 3, SKILLS, gaps, 0.4, seed).ratings();
        EmSettings settings = new EmSettings(0.05, 0.5, 1e-9, 60);
        for (Convergence convergence : List.of(
                DawidSkene.fit(ratings, settings, 0.95).convergence(),
                DifficultyModel.fit(ratings, settings, 0.95).fit().convergence())) {
            for (int i = 1; i < convergence.iterations(); i++) {
                assertThat(convergence.objective().get(i))
                        .isGreaterThanOrEqualTo(convergence.objective().get(i - 1) - 1e-7);
            }
        }
    }

    @Property(tries = 15)
    void shouldNotDependOnTheOrderOfAnnotatorsAndClasses(@ForAll long seed) {
        DrawnRatings drawn = DrawnRatings.of(150, 3, SKILLS, 0.3, 0.2, seed);
        EmSettings settings = new EmSettings(0.1, 1, 0, 25);
        List<SoftLabels> before = all(drawn.ratings(), settings);
        List<SoftLabels> after = all(drawn.reversed(), settings);
        for (int model = 0; model < before.size(); model++) {
            for (int i = 0; i < 150; i++) {
                for (int k = 0; k < 3; k++) {
                    assertThat(before.get(model).probability(i, k))
                            .isCloseTo(after.get(model).probability(i, 2 - k), within(1e-6));
                }
            }
        }
    }

    @Test
    void shouldAgreeWhenAllAgreeAndGiveThePriorWithoutLabels() {
        Ratings ratings = DrawnRatings.parsed(3, "000.", "11..", "222.", "00..", "....");
        for (SoftLabels labels : all(ratings, EmSettings.DEFAULT)) {
            assertThat(labels.labels()).startsWith(0, 1, 2, 0);
            for (int i = 0; i < 5; i++) {
                double[] distribution = labels.distribution(i);
                assertThat(distribution[0] + distribution[1] + distribution[2]).isCloseTo(1, EXACT);
            }
        }
        ConfusionFit fit = DawidSkene.fit(ratings);
        assertThat(fit.consensus().labels().probability(4, 0)).isCloseTo(0.5, within(0.01));
        assertThat(fit.consensus().annotators().get(3).accuracy()).isEmpty();
        assertThat(fit.confusions().get(3).interval(0, 1))
                .isEqualTo(fit.confusions().get(3).interval(1, 0));
    }

    @Test
    void shouldFollowOneAnnotatorAlone() {
        Ratings ratings = DrawnRatings.parsed(3, "0", "1", "2", "2");
        for (SoftLabels labels : all(ratings, EmSettings.DEFAULT)) {
            assertThat(labels.labels()).containsExactly(0, 1, 2, 2);
        }
        Ratings single = DrawnRatings.parsed(1, "00", "0.");
        for (SoftLabels labels : all(single, EmSettings.DEFAULT)) {
            assertThat(labels.labels()).containsExactly(0, 0);
        }
    }

    @Test
    void shouldRejectWhatCannotBeFitted() {
        Ratings none = DrawnRatings.parsed(2, "..");
        assertThatThrownBy(() -> DawidSkene.fit(none)).isInstanceOf(FoveaException.class);
        assertThatThrownBy(() -> DifficultyModel.fit(none)).hasMessageContaining("No labels");
        assertThatThrownBy(() -> DifficultyModel.fit(DrawnRatings.parsed(2, "01"), new EmSettings(0, 1, 0, 5), 0.95))
                .hasMessageContaining("smoothing");
        assertThatThrownBy(() -> new EmSettings(-1, 0, 0, 5)).isInstanceOf(FoveaException.class);
        assertThatThrownBy(() -> MajorityVote.of(none).labels().probability(0, 2))
                .hasMessageContaining("0 to 1");
    }

    private static List<SoftLabels> all(Ratings ratings, EmSettings settings) {
        return List.of(
                MajorityVote.of(ratings).labels(),
                DawidSkene.fit(ratings, settings, 0.95).consensus().labels(),
                DifficultyModel.fit(ratings, settings, 0.95).fit().consensus().labels());
    }
}
