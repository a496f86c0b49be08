package dev.fovea.labels;

import dev.fovea.datasets.annotation.AnnotationValue;
import dev.fovea.datasets.annotation.ClassLabels;
import dev.fovea.datasets.annotation.ObjectLabels;
import dev.fovea.datasets.catalog.DatasetItem;
import dev.fovea.datasets.curation.Datasets;
import dev.fovea.datasets.exchange.shapes.Extents;
import dev.fovea.datasets.tree.ContentHash;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.labels.queue.Annotators;
import dev.fovea.labels.wrong.Confirmation;
import dev.fovea.labels.wrong.ConfirmationStore;
import dev.fovea.labels.wrong.ConfirmedPart;
import dev.fovea.labels.wrong.ConfirmedParts;
import dev.fovea.labels.wrong.NamedBox;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** What people decided about suspect parts of labels: one box, or one class of several. Thread-safe. */
public final class Confirmations {

    private final Datasets datasets;
    private final ConfirmationStore store;
    private final Clock clock;

    Confirmations(Datasets datasets, ConfirmationStore store, Clock clock) {
        this.datasets = datasets;
        this.store = store;
        this.clock = clock;
    }

    /**
     * Records that a part of the label in force is right. The label does not change, and its other parts stay open.
     *
     * @throws FoveaException {@code STATE_CONFLICT} where the label in force says otherwise, {@code ARGUMENT_INVALID}
     *     without a person's name, {@code NOT_FOUND} without the image
     */
    public void confirm(String name, ContentHash image, Confirmation confirmation) {
        String person = Annotators.requirePerson(confirmation.annotator());
        DatasetItem item = datasets.item(name, image);
        Optional<AnnotationValue> value =
                item.label().map(label -> label.content().value());
        if (value.isEmpty() || !says(value.get(), confirmation.part())) {
            throw new FoveaException(
                    ErrorCode.STATE_CONFLICT,
                    "The label of image %s changed: it does not say that about \"%s\". Look at the image again."
                            .formatted(image, confirmation.part().label()));
        }
        store.confirm(
                datasets.dataset(name).id(),
                image,
                new Confirmation(confirmation.id(), person, confirmation.part()),
                clock.instant().truncatedTo(ChronoUnit.MICROS));
    }

    /** All decisions about a data set. */
    public ConfirmedParts of(String name) {
        return store.confirmed(datasets.dataset(name).id());
    }

    private static boolean says(AnnotationValue value, ConfirmedPart part) {
        return switch (part) {
            case ConfirmedPart.ClassDecision(String label, boolean given) ->
                value instanceof ClassLabels labels && labels.classes().contains(label) == given;
            case ConfirmedPart.RightBox(NamedBox box) -> overlap(value, box) >= ConfirmedPart.SAME_BOX;
            case ConfirmedPart.NoObject(NamedBox box) ->
                value instanceof ObjectLabels && overlap(value, box) < ConfirmedPart.SAME_PLACE;
        };
    }

    /** With the nearest object of the class. */
    private static double overlap(AnnotationValue value, NamedBox box) {
        return value instanceof ObjectLabels labels
                ? labels.objects().stream()
                        .filter(object -> object.name().equals(box.label()))
                        .mapToDouble(object -> NamedBox.around(box.label(), Extents.of(object.shape()))
                                .overlap(box))
                        .max()
                        .orElse(0)
                : 0;
    }
}
