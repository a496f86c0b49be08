package dev.fovea.api.data;

import dev.fovea.api.data.CheckViews.WrongLabelView;
import dev.fovea.datasets.annotation.AnnotatedObject;
import dev.fovea.datasets.annotation.AnnotationValue;
import dev.fovea.datasets.annotation.ObjectLabels;
import dev.fovea.datasets.annotation.Shape.BoxShape;
import dev.fovea.datasets.catalog.DatasetItem;
import dev.fovea.datasets.curation.Datasets;
import dev.fovea.datasets.exchange.shapes.Extents;
import dev.fovea.datasets.tree.ContentHash;
import dev.fovea.labels.wrong.ConfirmedParts;
import dev.fovea.pipeline.curation.LabelFindings;
import java.util.List;
import java.util.Optional;

/** The suspects of a check whose label is still the one that was checked, and that nobody found right since. */
record SuspectsLeft(Datasets datasets, String name, ConfirmedParts confirmed) {

    /** Edges that differ by less are equal; rows of annotations keep all digits. */
    private static final double ROUNDING = 1e-6;

    /** An overlooked object is found when a box of the class overlaps it by so much. */
    private static final double SAME_OBJECT = 0.5;

    /** All suspects of a check, the most suspect first. */
    static List<WrongLabelView> all(LabelFindings findings) {
        return switch (findings) {
            case LabelFindings.SingleClass(var report) ->
                report.suspects().stream().map(WrongLabelView::of).toList();
            case LabelFindings.SeveralClasses(var report) ->
                report.suspects().stream().map(WrongLabelView::of).toList();
            case LabelFindings.Boxes boxes ->
                boxes.report().suspects().stream().map(WrongLabelView::of).toList();
            case LabelFindings.NotJudged _ -> List.of();
        };
    }

    /** Whether the image is still labelled as it was when it was checked. */
    boolean isLeft(WrongLabelView suspect) {
        Optional<AnnotationValue> value = datasets.find(name, ContentHash.parse(suspect.hash()))
                .flatMap(DatasetItem::label)
                .map(label -> label.content().value());
        return value.isPresent() && isLeft(suspect, value.get()) && !isConfirmed(suspect);
    }

    private boolean isConfirmed(WrongLabelView suspect) {
        return switch (suspect.kind()) {
            case "class" -> false;
            case "extra" -> confirmed.answer(suspect.hash(), suspect.given().orElseThrow(), true);
            case "missing" -> confirmed.answer(suspect.hash(), suspect.likely().orElseThrow(), false);
            default -> confirmed.answer(suspect.box());
        };
    }

    private static boolean isLeft(WrongLabelView suspect, AnnotationValue value) {
        return switch (suspect.kind()) {
            case "class" -> value.classes().equals(suspect.given().stream().toList());
            case "extra" -> value.classes().contains(suspect.given().orElseThrow());
            case "missing" -> !value.classes().contains(suspect.likely().orElseThrow());
            case "overlooked" ->
                objects(value).stream()
                        .noneMatch(
                                object -> object.name().equals(suspect.likely().orElseThrow())
                                        && overlap(object, suspect.likelyBox().orElseThrow()) >= SAME_OBJECT);
            default ->
                objects(value).stream()
                        .anyMatch(object -> object.name().equals(suspect.given().orElseThrow())
                                && overlap(object, suspect.givenBox().orElseThrow()) >= 1 - ROUNDING);
        };
    }

    private static List<AnnotatedObject> objects(AnnotationValue value) {
        return value instanceof ObjectLabels labels ? labels.objects() : List.of();
    }

    /** Intersection over union. */
    private static double overlap(AnnotatedObject object, List<Double> box) {
        BoxShape one = Extents.of(object.shape());
        double across = Math.min(one.x() + one.width(), box.get(0) + box.get(2)) - Math.max(one.x(), box.get(0));
        double down = Math.min(one.y() + one.height(), box.get(1) + box.get(3)) - Math.max(one.y(), box.get(1));
        double shared = Math.max(0, across) * Math.max(0, down);
        return shared == 0 ? 0 : shared / (one.width() * one.height() + box.get(2) * box.get(3) - shared);
    }
}
