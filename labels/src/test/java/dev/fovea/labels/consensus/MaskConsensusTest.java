package dev.fovea.labels.consensus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.datasets.annotation.AnnotatedObject;
import dev.fovea.datasets.annotation.AnnotationValue;
import dev.fovea.datasets.annotation.ImageTask;
import dev.fovea.datasets.annotation.ObjectLabels;
import dev.fovea.datasets.annotation.Shape;
import dev.fovea.datasets.annotation.Shape.BoxShape;
import dev.fovea.datasets.annotation.Shape.MaskShape;
import dev.fovea.datasets.annotation.Shape.PolygonShape;
import dev.fovea.datasets.annotation.Shape.Ring;
import dev.fovea.datasets.catalog.ItemAnnotation;
import dev.fovea.datasets.catalog.NewAnnotation;
import dev.fovea.datasets.exchange.shapes.Rings;
import dev.fovea.datasets.tree.ContentHash;
import dev.fovea.imaging.ImageSize;
import dev.fovea.imaging.geometry.Mask;
import dev.fovea.imaging.geometry.MaskBuilder;
import dev.fovea.labels.consensus.AgreementReport.ClassAlpha;
import dev.fovea.labels.queue.Ballot;
import dev.fovea.labels.queue.ChoiceReason;
import dev.fovea.labels.queue.LabellingSettings;
import dev.fovea.labels.queue.Settlement;
import dev.fovea.labels.queue.Vote;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Agreement and consensus about masks and polygons. Expected figures are worked by hand. */
class MaskConsensusTest {

    private static final List<String> CLASSES = List.of("car", "road", "sky");
    private static final ImageSize SIZE = new ImageSize(12, 10);

    /** The rows of pixels from {@code x} and {@code y} on. */
    private static Mask rectangle(ImageSize size, int x, int y, int width, int height) {
        MaskBuilder builder = new MaskBuilder(size);
        for (int column = x; column < x + width; column++) {
            builder.add(column * size.height() + y, height);
        }
        return builder.build();
    }

    private static AnnotatedObject mask(String name, int x, int y, int width, int height) {
        return new AnnotatedObject(name, MaskShape.of(rectangle(SIZE, x, y, width, height)));
    }

    private static AnnotatedObject polygon(String name, double x1, double y1, double x2, double y2) {
        return new AnnotatedObject(name, new PolygonShape(List.of(new Ring(List.of(x1, y1, x2, y1, x2, y2, x1, y2)))));
    }

    private static Vote vote(int image, String person, Optional<AnnotationValue> known, AnnotatedObject... objects) {
        return new Vote(
                ContentHash.ofText("image " + image),
                new ItemAnnotation(
                        1,
                        new NewAnnotation(
                                person,
                                new ObjectLabels(List.of(objects)),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()),
                        Instant.EPOCH,
                        false),
                ChoiceReason.RANDOM,
                Optional.empty(),
                known);
    }

    private static Vote vote(int image, String person, AnnotatedObject... objects) {
        return vote(image, person, Optional.empty(), objects);
    }

    private static Settlement.Agreed settle(ImageTask task, Voters voters, Vote... votes) {
        return (Settlement.Agreed) new LabelRule(task, CLASSES, voters)
                .of(new Ballot(List.of(votes), votes.length, votes[0], false, Optional.empty()));
    }

    private static List<AnnotatedObject> objects(Settlement.Agreed agreed) {
        return ((ObjectLabels) agreed.value()).objects();
    }

    /**
     * Masks of 8 and 4 pixels with 4 in common are .5 apart, and those of the other image are equal: observed .25,
     * expected (.5 + 4) / 6.
     */
    @Test
    void shouldGiveTheAlphaOfOverlappingMasks() {
        List<Vote> votes = List.of(
                vote(1, "ada", mask("car", 0, 0, 4, 2)),
                vote(1, "bob", mask("car", 0, 0, 2, 2)),
                vote(2, "ada", mask("car", 8, 6, 3, 3)),
                vote(2, "bob", mask("car", 8, 6, 3, 3)));
        AgreementReport report = AgreementStudy.of(votes, ImageTask.INSTANCE_SEGMENTATION, CLASSES);
        assertThat(report.alpha().orElseThrow().value()).isCloseTo(1 - 0.25 / 0.75, within(1e-12));
        assertThat(report.images()).isEqualTo(2);
    }

    /** Boxes around two triangles of one square are equal, the triangles are not. */
    @Test
    void shouldComparePolygonsByTheirPixelsAndNotByTheirBoxes() {
        PolygonShape upper = new PolygonShape(List.of(new Ring(List.of(0.0, 0.0, 8.0, 0.0, 0.0, 8.0))));
        PolygonShape lower = new PolygonShape(List.of(new Ring(List.of(8.0, 0.0, 8.0, 8.0, 0.0, 8.0))));
        assertThat(ObjectMatching.distance(only("car", upper), only("car", lower), ImageTask.INSTANCE_SEGMENTATION))
                .isGreaterThan(0.85);
        MaskShape same = MaskShape.of(rectangle(SIZE, 1, 1, 4, 4));
        assertThat(ObjectMatching.distance(
                        only("car", same),
                        new ObjectLabels(List.of(polygon("car", 1, 1, 5, 5))),
                        ImageTask.INSTANCE_SEGMENTATION))
                .isZero();
        assertThat(ObjectMatching.distance(
                        only("car", same), only("car", new BoxShape(1, 1, 4, 4)), ImageTask.INSTANCE_SEGMENTATION))
                .isZero();
    }

    private static ObjectLabels only(String name, Shape shape) {
        return new ObjectLabels(List.of(new AnnotatedObject(name, shape)));
    }

    @Test
    void shouldCompareMasksOfImagesOfDifferentSizes() {
        ImageSize large = new ImageSize(30, 40);
        AnnotatedObject far = new AnnotatedObject("car", MaskShape.of(rectangle(large, 20, 20, 5, 5)));
        AgreementReport report = AgreementStudy.of(
                List.of(
                        vote(1, "ada", mask("car", 0, 0, 4, 2)),
                        vote(1, "bob", mask("car", 0, 0, 4, 2)),
                        vote(2, "ada", far),
                        vote(2, "bob", far)),
                ImageTask.INSTANCE_SEGMENTATION,
                CLASSES);
        assertThat(report.alpha().orElseThrow().value()).isEqualTo(1);
    }

    /** People draw the same road, one in two parts; of the sky they agree about half. */
    @Test
    void shouldJudgeThePixelsOfEachClassWhateverThePartsTheyWereDrawnIn() {
        List<Vote> votes = List.of(
                vote(1, "ada", mask("road", 0, 5, 6, 5), mask("road", 6, 5, 6, 5), mask("sky", 0, 0, 12, 2)),
                vote(1, "bob", mask("road", 0, 5, 12, 5), mask("sky", 0, 0, 6, 2)),
                vote(2, "ada", mask("road", 0, 0, 3, 3), mask("sky", 9, 6, 3, 3)),
                vote(2, "bob", mask("road", 0, 0, 3, 3), mask("sky", 9, 6, 3, 3)));
        AgreementReport pixels = AgreementStudy.of(votes, ImageTask.SEMANTIC_SEGMENTATION, CLASSES);
        assertThat(pixels.classes()).extracting(ClassAlpha::label).containsExactly("road", "sky");
        assertThat(pixels.classes().getFirst().alpha().orElseThrow().value()).isEqualTo(1);
        assertThat(pixels.classes().getLast().alpha().orElseThrow().value()).isCloseTo(1 - 0.25 / 0.75, within(1e-12));
        AgreementReport parts = AgreementStudy.of(votes, ImageTask.INSTANCE_SEGMENTATION, CLASSES);
        assertThat(parts.classes().getFirst().alpha().orElseThrow().value()).isLessThan(1);
    }

    @Test
    void shouldKeepThePixelsOfAnObjectThatMostPeopleDrew() {
        Settlement.Agreed agreed = settle(
                ImageTask.INSTANCE_SEGMENTATION,
                Voters.UNKNOWN,
                vote(1, "ada", mask("car", 0, 0, 6, 4)),
                vote(1, "bob", mask("car", 1, 0, 6, 4)),
                vote(1, "eve", mask("car", 2, 0, 6, 4), mask("car", 9, 8, 2, 2)));
        assertThat(objects(agreed)).containsExactly(mask("car", 1, 0, 6, 4));
        // the worst of the three shares 20 of 28 pixels and has one object more: 1 - 2 (20 / 28) / 3
        assertThat(agreed.confidence()).isCloseTo(2 * (20 / 28.0) / 3, within(1e-12));
        assertThat(agreed.disputed()).isTrue();
    }

    /** Eve is right on honeypots and the two others are not, so that she weighs more than both. */
    @Test
    void shouldWeighPixelsBySkill() {
        List<Vote> measured = new ArrayList<>();
        for (int image = 0; image < 20; image++) {
            Optional<AnnotationValue> known = Optional.of(new ObjectLabels(List.of(mask("car", 0, 0, 4, 4))));
            measured.add(vote(image, "eve", known, mask("car", 0, 0, 4, 4)));
            measured.add(vote(image, "ada", known, mask("car", 5, 5, 4, 4)));
            measured.add(vote(image, "bob", known, mask("car", 5, 5, 4, 4)));
        }
        Voters voters = Voters.of(measured, ImageTask.INSTANCE_SEGMENTATION, CLASSES, LabellingSettings.DEFAULT);
        Vote[] votes = {
            vote(99, "ada", mask("car", 0, 0, 6, 6)),
            vote(99, "bob", mask("car", 0, 0, 6, 6)),
            vote(99, "eve", mask("car", 0, 0, 6, 5))
        };
        assertThat(objects(settle(ImageTask.INSTANCE_SEGMENTATION, voters, votes)))
                .containsExactly(mask("car", 0, 0, 6, 5));
        assertThat(objects(settle(ImageTask.INSTANCE_SEGMENTATION, Voters.UNKNOWN, votes)))
                .containsExactly(mask("car", 0, 0, 6, 6));
    }

    @Test
    void shouldKeepThePolygonOfAPersonThatIsNearestToTheMajority() {
        AnnotatedObject middle = polygon("car", 1, 0, 7, 4);
        assertThat(objects(settle(
                        ImageTask.INSTANCE_SEGMENTATION,
                        Voters.UNKNOWN,
                        vote(1, "ada", polygon("car", 0, 0, 6, 4)),
                        vote(1, "bob", middle),
                        vote(1, "eve", polygon("car", 2, 0, 8, 4)))))
                .containsExactly(middle);
    }

    /** Two say road where one says sky, and one pixel column is of nobody's majority. */
    @Test
    void shouldGiveEachPixelTheClassThatMostPeopleSay() {
        Settlement.Agreed agreed = settle(
                ImageTask.SEMANTIC_SEGMENTATION,
                Voters.UNKNOWN,
                vote(1, "ada", mask("road", 0, 0, 4, 10), mask("sky", 4, 0, 8, 10)),
                vote(1, "bob", mask("road", 0, 0, 6, 10), mask("sky", 6, 0, 6, 10)),
                vote(1, "eve", mask("road", 0, 0, 5, 10), mask("car", 5, 0, 1, 10), mask("sky", 6, 0, 6, 10)));
        assertThat(objects(agreed)).containsExactly(mask("road", 0, 0, 5, 10), mask("sky", 6, 0, 6, 10));
    }

    /** Masks of a class that hardly overlap are one object of a class, and not one for each person. */
    @Test
    void shouldGiveOneObjectForEachClassWherePeopleDisagree() {
        Settlement.Agreed agreed = settle(
                ImageTask.SEMANTIC_SEGMENTATION,
                Voters.UNKNOWN,
                vote(1, "ada", polygon("road", 0, 0, 4, 4)),
                vote(1, "bob", polygon("road", 3, 0, 9, 4)));
        assertThat(objects(agreed))
                .singleElement()
                .extracting(road -> Rings.mask((PolygonShape) road.shape(), SIZE))
                .isEqualTo(rectangle(SIZE, 0, 0, 4, 4));
        assertThat(agreed.disputed()).isTrue();
    }

    @Property(tries = 100)
    void shouldCountTheWeightOfEachPixel(@ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int people) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Mask> masks = new ArrayList<>();
        List<Double> weights = new ArrayList<>();
        for (int person = 0; person < people; person++) {
            MaskBuilder builder = new MaskBuilder(SIZE);
            IntStream.range(0, SIZE.width() * SIZE.height())
                    .filter(_ -> random.nextBoolean())
                    .forEach(pixel -> builder.add(pixel, 1));
            masks.add(builder.build());
            weights.add(1.0 + random.nextInt(3));
        }
        Mask voted = PixelVote.of(masks, weights);
        double all = weights.stream().mapToDouble(each -> each).sum();
        for (int x = 0; x < SIZE.width(); x++) {
            for (int y = 0; y < SIZE.height(); y++) {
                int column = x;
                int row = y;
                double inside = IntStream.range(0, people)
                        .filter(person -> masks.get(person).at(column, row))
                        .mapToDouble(weights::get)
                        .sum();
                assertThat(voted.at(x, y))
                        .isEqualTo(2 * inside > all
                                || (2 * inside == all && masks.getFirst().at(x, y)));
            }
        }
    }
}
