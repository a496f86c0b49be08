package dev.fovea.labels.wrong;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.datasets.annotation.AnnotatedObject;
import dev.fovea.datasets.annotation.ObjectFlag;
import dev.fovea.datasets.annotation.ObjectLabels;
import dev.fovea.datasets.annotation.Shape;
import dev.fovea.datasets.annotation.Shape.BoxShape;
import dev.fovea.datasets.annotation.Shape.PolygonShape;
import dev.fovea.statistics.labelerrors.BoxIssueKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WrongBoxesTest {

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
        List<ImageBoxes> images = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            images.add(image(
                    "good-" + i,
                    List.of(object("cat", PLACE), object("dog", new BoxShape(60, 60, 30, 30))),
                    predicted("cat", 10, 10, 20, 20, 0.9),
                    predicted("dog", 60, 60, 30, 30, 0.9)));
        }
        images.add(one);
        return new WrongBoxes(List.of("dog", "cat"), 0.5).find(images);
    }

    @Test
    void shouldNameEachKindWithBothBoxes() {
        WrongBoxReport swapped = with(image("x", List.of(object("cat", PLACE)), predicted("dog", 10, 10, 20, 20, 0.8)));
        assertThat(swapped.suspects()).singleElement().satisfies(suspect -> {
            assertThat(suspect.kind()).isEqualTo(BoxIssueKind.SWAPPED);
            assertThat(suspect.image()).isEqualTo("x");
            assertThat(suspect.given()).contains(new NamedBox("cat", 10, 10, 20, 20));
            assertThat(suspect.likely()).contains(new NamedBox("dog", 10, 10, 20, 20));
        });
        assertThat(kinds(image("x", List.of(object("cat", PLACE)), predicted("cat", 20, 10, 20, 20, 0.9))))
                .containsExactly(BoxIssueKind.MISPLACED);
        assertThat(kinds(image("x", List.of(object("cat", PLACE))))).containsExactly(BoxIssueKind.SPURIOUS);
        assertThat(kinds(image("x", List.of(), predicted("cat", 20, 10, 20, 20, 0.9))))
                .containsExactly(BoxIssueKind.OVERLOOKED);
        assertThat(kinds(image("x", List.of(), predicted("cat", 20, 10, 20, 20, 0.05))))
                .isEmpty();
    }

    private static List<BoxIssueKind> kinds(ImageBoxes image) {
        return with(image).suspects().stream().map(SuspectBox::kind).toList();
    }

    @Test
    void shouldCompareAPolygonByTheBoxAroundIt() {
        Shape diamond =
                new PolygonShape(List.of(new Shape.Ring(List.of(20.0, 10.0, 30.0, 20.0, 20.0, 30.0, 10.0, 20.0))));
        assertThat(kinds(image("x", List.of(object("cat", diamond)), predicted("cat", 10, 10, 20, 20, 0.9))))
                .isEmpty();
    }

    @Test
    void shouldLeaveOutCrowdsAndWhatIsInThem() {
        assertThat(kinds(image(
                        "x",
                        List.of(object("cat", new BoxShape(0, 0, 100, 50), ObjectFlag.CROWD)),
                        predicted("cat", 10, 10, 20, 20, 0.9),
                        predicted("dog", 60, 10, 20, 20, 0.9))))
                .isEmpty();
    }

    @Test
    void shouldCountConfirmedBoxesAndNameClassesThatTheDetectorDoesNotKnow() {
        WrongBoxReport report = with(image(
                "x",
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
        assertThat(new WrongBoxes(List.of(), 0.5).find(List.of()).suspects()).isEmpty();
    }
}
