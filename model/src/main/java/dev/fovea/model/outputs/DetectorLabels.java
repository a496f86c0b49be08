package dev.fovea.model.outputs;

import dev.fovea.model.decoder.DecoderClasses;
import dev.fovea.model.decoder.DecoderConfig;
import dev.fovea.model.decoder.DetectionLists;
import dev.fovea.model.graph.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A detector's decoder and labels, with the label of the background left out. Label files of SSD, TensorFlow and
 * torchvision have a line for it, but no detection is called so.
 *
 * @param decoder knows the background, where it has a column or an index
 * @param labels those of objects
 * @param dropped what was left out, in words; empty when nothing was
 */
public record DetectorLabels(DecoderConfig decoder, List<String> labels, Optional<String> dropped) {

    public DetectorLabels {
        labels = List.copyOf(labels);
    }

    /** The labels without the background; the given ones where there is none, or where it is a class of the network. */
    public static DetectorLabels of(DecoderConfig decoder, List<TensorSpec> outputs, List<String> labels) {
        OptionalInt at = background(labels);
        if (at.isEmpty()) {
            return new DetectorLabels(decoder, labels, Optional.empty());
        }
        OptionalInt classes = DecoderClasses.of(decoder, outputs);
        if (classes.isPresent() && classes.getAsInt() == labels.size() - 1) {
            return without(decoder, labels, at.getAsInt());
        }
        return switch (decoder) {
            case DetectionLists lists ->
                without(at.getAsInt() == 0 ? lists.withFirstClass(1) : lists, labels, at.getAsInt());
            case DecoderConfig.BoxesAndScores sides
            when sides.background().isEmpty() ->
                without(
                        new DecoderConfig.BoxesAndScores(
                                sides.boxes(),
                                sides.scores(),
                                sides.form(),
                                sides.unit(),
                                sides.activation(),
                                at,
                                sides.selection()),
                        labels,
                        at.getAsInt());
            default -> new DetectorLabels(decoder, labels, Optional.empty());
        };
    }

    /** The count of object labels. */
    public static int objects(List<String> labels) {
        return background(labels).isPresent() ? labels.size() - 1 : labels.size();
    }

    private static DetectorLabels without(DecoderConfig decoder, List<String> labels, int at) {
        List<String> objects = new ArrayList<>(labels);
        String left = objects.remove(at);
        return new DetectorLabels(
                decoder,
                objects,
                Optional.of("without the background \"%s\", which stands for no object".formatted(left)));
    }

    /** Where the only label of that meaning stands. */
    private static OptionalInt background(List<String> labels) {
        OptionalInt found = OptionalInt.empty();
        for (int i = 0; i < labels.size(); i++) {
            if (BackgroundLabel.is(labels.get(i))) {
                if (found.isPresent()) {
                    return OptionalInt.empty();
                }
                found = OptionalInt.of(i);
            }
        }
        return found;
    }
}
