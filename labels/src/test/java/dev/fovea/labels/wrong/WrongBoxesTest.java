package dev.fovea.labels.wrong;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.datasets.annotation.AnnotatedObject;
import dev.fovea.datasets.annotation.ObjectFlag;
import dev.fovea.datasets.annotation.ObjectLabels;
import dev.fovea.datasets.annotation.Shape;
import dev.fovea.datasets.annotation.Shape.BoxShape;
import dev.fovea.datasets.annotation.Shape.PolygonShape;
import dev.fovea.datasets.tree.ContentHash;
import dev.fovea.statistics.labelerrors.BoxIssueKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WrongBoxesTest {

    private static final ConfirmedParts NOTHING = new ConfirmedParts(Map.of());
    private static final String X = ContentHash.ofText("x").toString();
    private static final BoxShape PLACE = new BoxShape(10, 10, 20, 20);

    private static AnnotatedObject object(String name, Shape shape, ObjectFlag... flags) {
        return new AnnotatedObject(name, shape, Map.of(), Set.of(flags), List.of());
    }

    private static ScoredObject predicted(String label, double x, double y, double width, double height, double score) {
        return new ScoredObject(new NamedBox(label, x, y, width, height), score);
    }

    private static ImageBoxes image(String id, List<AnnotatedObject> given, ScoredObject... predicted) {
        return new ImageBoxes(id, new ObjectLabels(given), List.of(predicted));
    }

    /** Nine images whose cat and dog the detector finds, and one more. */
    private static WrongBoxReport with(ImageBoxes one) {
        return with(NOTHING, one);
    }

    private static WrongBoxReport with(ConfirmedParts confirmed, ImageBoxes one) {
        List<ImageBoxes> images = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            images.add(image(
                    ContentHash.ofText("good " + i).toString(),
                    List.of(object("cat", PLACE), object("dog", new BoxShape(60, 60, 30, 30))),
                    predicted("cat", 10, 10, 20, 20, 0.9),
                    predicted("dog", 60, 60, 30, 30, 0.9)));
        }
        images.add(one);
        return new WrongBoxes(List.of("dog", "cat"), 0.5, confirmed).find(images);
    }

    @Test
    void shouldNameEachKindWithBothBoxes() {
        WrongBoxReport swapped = with(image(X, List.of(object("cat", PLACE)), predicted("dog", 10, 10, 20, 20, 0.8)));
        assertThat(swapped.suspects()).singleElement().satisfies(suspect -> {
            assertThat(suspect.kind()).isEqualTo(BoxIssueKind.SWAPPED);
            assertThat(suspect.image()).isEqualTo(X);
            assertThat(suspect.given()).contains(new NamedBox("cat", 10, 10, 20, 20));
            assertThat(suspect.likely()).contains(new NamedBox("dog", 10, 10, 20, 20));
        });
        assertThat(kinds(image(X, List.of(object("cat", PLACE)), predicted("cat", 20, 10, 20, 20, 0.9))))
                .containsExactly(BoxIssueKind.MISPLACED);
        assertThat(kinds(image(X, List.of(object("cat", PLACE))))).containsExactly(BoxIssueKind.SPURIOUS);
        assertThat(kinds(image(X, List.of(), predicted("cat", 20, 10, 20, 20, 0.9))))
                .containsExactly(BoxIssueKind.OVERLOOKED);
        assertThat(kinds(image(X, List.of(), predicted("cat", 20, 10, 20, 20, 0.05))))
                .isEmpty();
    }

    private static List<BoxIssueKind> kinds(ImageBoxes image) {
        return with(image).suspects().stream().map(SuspectBox::kind).toList();
    }

    /** A swapped box, a spurious one and two overlooked objects in one image. */
    @Test
    void shouldLeaveOutTheConfirmedPartAndKeepTheOthersOfTheImage() {
        ContentHash hash = ContentHash.ofText("x");
        ImageBoxes image = image(
                hash.toString(),
                List.of(object("cat", PLACE), object("dog", new BoxShape(60, 60, 30, 30))),
                predicted("dog", 10, 10, 20, 20, 0.8),
                predicted("cat", 200, 10, 20, 20, 0.9),
                predicted("cat", 300, 10, 20, 20, 0.9));
        assertThat(with(image).suspects()).extracting(SuspectBox::likely).hasSize(4);
        ConfirmedParts spurious = confirmed(hash, new ConfirmedPart.RightBox(new NamedBox("dog", 60, 60, 30, 30)));
        assertThat(kinds(spurious, image))
                .containsExactlyInAnyOrder(BoxIssueKind.OVERLOOKED, BoxIssueKind.OVERLOOKED, BoxIssueKind.SWAPPED);
        ConfirmedParts nothing = confirmed(
                hash,
                new ConfirmedPart.NoObject(new NamedBox("cat", 202, 10, 20, 20)),
                new ConfirmedPart.RightBox(new NamedBox("cat", 10, 10, 20, 20)));
        assertThat(kinds(nothing, image)).containsExactlyInAnyOrder(BoxIssueKind.OVERLOOKED, BoxIssueKind.SPURIOUS);
        // of another class, another box and another image
        ConfirmedParts others = confirmed(
                hash,
                new ConfirmedPart.NoObject(new NamedBox("dog", 200, 10, 20, 20)),
                new ConfirmedPart.RightBox(new NamedBox("cat", 11, 10, 20, 20)));
        assertThat(kinds(others, image)).hasSize(4);
        assertThat(kinds(
                        confirmed(
                                ContentHash.ofText("y"),
                                new ConfirmedPart.RightBox(new NamedBox("cat", 10, 10, 20, 20))),
                        image))
                .hasSize(4);
    }

    private static ConfirmedParts confirmed(ContentHash image, ConfirmedPart... parts) {
        return new ConfirmedParts(Map.of(image, List.of(parts)));
    }

    private static List<BoxIssueKind> kinds(ConfirmedParts confirmed, ImageBoxes image) {
        return with(confirmed, image).suspects().stream().map(SuspectBox::kind).toList();
    }

    @Test
    void shouldCompareAPolygonByTheBoxAroundIt() {
        Shape diamond =
                new PolygonShape(List.of(new Shape.Ring(List.of(20.0, 10.0, 30.0, 20.0, 20.0, 30.0, 10.0, 20.0))));
        assertThat(kinds(image(X, List.of(object("cat", diamond)), predicted("cat", 10, 10, 20, 20, 0.9))))
                .isEmpty();
    }

    @Test
    void shouldLeaveOutCrowdsAndWhatIsInThem() {
        assertThat(kinds(image(
                        X,
                        List.of(object("cat", new BoxShape(0, 0, 100, 50), ObjectFlag.CROWD)),
                        predicted("cat", 10, 10, 20, 20, 0.9),
                        predicted("dog", 60, 10, 20, 20, 0.9))))
                .isEmpty();
    }

    @Test
    void shouldCountConfirmedBoxesAndNameClassesThatTheDetectorDoesNotKnow() {
        WrongBoxReport report = with(image(
                X,
                List.of(object("cat", PLACE), object("bird", PLACE), object("cat", new BoxShape(5, 5, 0, 9))),
                predicted("cat", 10, 10, 20, 20, 0.4)));
        assertThat(report.unjudged()).containsExactly("bird");
        assertThat(report.images()).isEqualTo(10);
        assertThat(report.boxes()).isEqualTo(19);
        assertThat(report.classes()).extracting(ConfirmedBoxes::label).containsExactly("cat", "dog");
        // the one of a low score is not confirmed
        assertThat(report.classes().getFirst().share().value()).isEqualTo(0.9);
        assertThat(report.classes().getLast().share().value()).isEqualTo(1);
        assertThat(report.confirmedShare()).isEqualTo(18.0 / 19);
        assertThat(new WrongBoxes(List.of(), 0.5, NOTHING).find(List.of()).suspects())
                .isEmpty();
    }
}
