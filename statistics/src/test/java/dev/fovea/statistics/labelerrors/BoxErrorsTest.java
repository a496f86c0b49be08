package dev.fovea.statistics.labelerrors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BoxErrorsTest {

    private static final int CAT = 0;
    private static final int DOG = 1;

    private static ClassBox box(int label, double x, double y) {
        return new ClassBox(label, x, y, 10, 10);
    }

    private static ScoredBox predicted(int label, double x, double y, double score) {
        return new ScoredBox(box(label, x, y), score);
    }

    /** A cat and a dog that the model finds, so that it is known to find them. */
    private static List<BoxedImage> with(List<ClassBox> given, List<ScoredBox> predicted) {
        return List.of(
                new BoxedImage(List.of(box(CAT, 0, 0)), List.of(predicted(CAT, 0, 0, 0.9))),
                new BoxedImage(List.of(box(DOG, 0, 0)), List.of(predicted(DOG, 0, 0, 0.9))),
                new BoxedImage(given, predicted));
    }

    @Test
    void shouldFindNothingWhereBoxesAgree() {
        assertThat(BoxErrors.find(with(List.of(box(CAT, 50, 50)), List.of(predicted(CAT, 50, 50, 0.9)))))
                .isEmpty();
    }

    @Test
    void shouldFindAnOverlookedObjectOnce() {
        List<BoxIssue> issues = BoxErrors.find(with(
                List.of(box(CAT, 50, 50)),
                List.of(predicted(CAT, 50, 50, 0.9), predicted(DOG, 80, 50, 0.7), predicted(DOG, 81, 50, 0.8))));
        assertThat(issues)
                .containsExactly(new BoxIssue(BoxIssueKind.OVERLOOKED, 2, OptionalInt.empty(), OptionalInt.of(2), 0.8));
    }

    /** The model finds one of two cats and two of three boxes, which count for two more cats. */
    @Test
    void shouldFindASpuriousBoxAsFarAsTheModelCanTell() {
        List<BoxIssue> issues = BoxErrors.find(with(List.of(box(CAT, 50, 50)), List.of()));
        assertThat(issues).hasSize(1);
        assertThat(issues.getFirst().kind()).isEqualTo(BoxIssueKind.SPURIOUS);
        assertThat(issues.getFirst().given()).hasValue(0);
        assertThat(issues.getFirst().suspicion()).isCloseTo((1 + 2 * 2.0 / 3) / (2 + 2), within(1e-12));
    }

    /** A model that misses small boxes tells little about a small one, and much about a large one. */
    @Test
    void shouldSuspectABoxOfASizeThatTheModelFinds() {
        List<BoxedImage> images = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            ClassBox small = new ClassBox(CAT, 0, 0, 3, 3);
            ClassBox large = new ClassBox(CAT, 50, 0, 30 + i, 30);
            boolean spurious = i == 25;
            images.add(
                    new BoxedImage(List.of(small, large), spurious ? List.of() : List.of(new ScoredBox(large, 0.9))));
        }
        List<BoxIssue> issues = BoxErrors.find(images);
        assertThat(issues.getFirst().image()).isEqualTo(25);
        assertThat(issues.getFirst().given()).hasValue(1);
        assertThat(issues.get(1).suspicion()).isLessThan(0.2 * issues.getFirst().suspicion());
    }

    @Test
    void shouldFindAMisplacedBox() {
        List<BoxIssue> issues = BoxErrors.find(with(List.of(box(CAT, 50, 50)), List.of(predicted(CAT, 55, 50, 0.9))));
        assertThat(issues).hasSize(1);
        assertThat(issues.getFirst().kind()).isEqualTo(BoxIssueKind.MISPLACED);
        assertThat(issues.getFirst().suspicion()).isCloseTo(0.9 * 2 / 3, within(1e-12));
        assertThat(issues.getFirst().predicted()).hasValue(0);
    }

    /** The prediction belongs to the neighbour, so that this box is spurious and not misplaced. */
    @Test
    void shouldNotCallABoxMisplacedForItsNeighbour() {
        List<BoxIssue> issues =
                BoxErrors.find(with(List.of(box(CAT, 50, 50), box(CAT, 53, 50)), List.of(predicted(CAT, 50, 50, 0.9))));
        assertThat(issues).extracting(BoxIssue::kind).containsExactly(BoxIssueKind.SPURIOUS);
        assertThat(issues.getFirst().given()).hasValue(1);
    }

    @Test
    void shouldFindASwappedClass() {
        List<BoxIssue> issues = BoxErrors.find(
                with(List.of(box(CAT, 50, 50)), List.of(predicted(DOG, 50, 50, 0.9), predicted(CAT, 50, 50, 0.2))));
        assertThat(issues).hasSize(1);
        assertThat(issues.getFirst().kind()).isEqualTo(BoxIssueKind.SWAPPED);
        assertThat(issues.getFirst().suspicion()).isCloseTo(0.7, within(1e-12));
    }

    /**
     * 400 images with a model of 90 % recall and false positives of low scores; ten errors of each kind are planted.
     */
    @Test
    void shouldRankPlantedErrorsFirst() {
        SplittableRandom random = new SplittableRandom(3);
        List<BoxedImage> images = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            List<ClassBox> given = new ArrayList<>();
            List<ScoredBox> predicted = new ArrayList<>();
            for (int object = 0; object < 3; object++) {
                ClassBox truth = box(random.nextInt(2), 40 * object, random.nextInt(100));
                if (random.nextInt(10) > 0) {
                    predicted.add(predicted(
                            truth.label(),
                            truth.x() + random.nextGaussian() / 2,
                            truth.y() + random.nextGaussian() / 2,
                            0.6 + 0.4 * random.nextDouble()));
                }
                BoxIssueKind planted = BoxIssueKind.values()[i / 10 % 4];
                given.add(
                        i >= 40 || object > 0
                                ? truth
                                : switch (planted) {
                                    case OVERLOOKED -> box(truth.label(), 500, 500);
                                    case SPURIOUS -> box(truth.label(), 500, 500);
                                    case MISPLACED -> box(truth.label(), truth.x() + 4, truth.y() + 3);
                                    case SWAPPED -> box(1 - truth.label(), truth.x(), truth.y());
                                });
            }
            if (random.nextBoolean()) {
                predicted.add(predicted(random.nextInt(2), 200, 0, 0.3 * random.nextDouble()));
            }
            images.add(new BoxedImage(given, predicted));
        }
        List<BoxIssue> issues = BoxErrors.find(images);
        for (BoxIssueKind kind : BoxIssueKind.values()) {
            // a box far away is spurious, and its object overlooked, in 20 images
            int count = kind == BoxIssueKind.OVERLOOKED || kind == BoxIssueKind.SPURIOUS ? 20 : 10;
            long hits = issues.stream()
                    .filter(issue -> issue.kind() == kind)
                    .limit(count)
                    .filter(issue -> issue.image() < 40)
                    .count();
            assertThat(hits).as(kind.name()).isGreaterThanOrEqualTo(kind == BoxIssueKind.SPURIOUS ? 4 : count * 7 / 10);
        }
    }
}
