package dev.fovea.labels.consensus;

import dev.fovea.datasets.annotation.ImageTask;
import dev.fovea.datasets.annotation.ObjectLabels;
import dev.fovea.datasets.tree.ContentHash;
import dev.fovea.imaging.ImageSize;
import dev.fovea.labels.consensus.AgreementReport.ClassAlpha;
import dev.fovea.labels.queue.Vote;
import dev.fovea.statistics.agreement.Agreement;
import dev.fovea.statistics.agreement.Bootstrap;
import dev.fovea.statistics.agreement.ValueAlpha;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Agreement about objects: Krippendorff's alpha of the distance of {@link ObjectMatching}, in all and by class. Masks
 * of images of different sizes are laid on each other at the upper left corner. Pure.
 *
 * @param values the annotations
 * @param items the image of each value, from 0
 */
record ObjectAgreement(List<List<DrawnObject>> values, List<Integer> items) {

    /** Distances are compared in pairs, so more values would take minutes. */
    private static final int MOST_BOXED = 600;

    /** Of masks and polygons, whose overlap takes longer. */
    private static final int MOST_OUTLINED = 200;

    /** The first images that two or more people annotated. */
    static ObjectAgreement of(List<Vote> votes, ImageTask task) {
        int most = task.hasOutlines() ? MOST_OUTLINED : MOST_BOXED;
        Map<ContentHash, List<ObjectLabels>> byImage = new LinkedHashMap<>();
        for (Vote vote : votes) {
            if (vote.value() instanceof ObjectLabels labels) {
                byImage.computeIfAbsent(vote.image(), _ -> new ArrayList<>()).add(labels);
            }
        }
        List<ObjectLabels> values = new ArrayList<>();
        List<Integer> items = new ArrayList<>();
        int images = 0;
        for (List<ObjectLabels> image : byImage.values()) {
            if (image.size() > 1 && values.size() + image.size() <= most) {
                for (ObjectLabels value : image) {
                    values.add(value);
                    items.add(images);
                }
                images++;
            }
        }
        ImageSize canvas = DrawnObject.canvas(values);
        return new ObjectAgreement(
                values.stream()
                        .map(value -> DrawnObject.of(value, task, canvas))
                        .toList(),
                items);
    }

    /** The images that were compared. */
    int images() {
        return items.isEmpty() ? 0 : items.getLast() + 1;
    }

    Agreement alpha() {
        int images = images();
        return images == 0
                ? new Agreement.Undefined(Agreement.Reason.NO_OVERLAP)
                : ValueAlpha.of(
                        items.stream().mapToInt(Integer::intValue).toArray(),
                        images,
                        (one, other) -> ObjectMatching.distance(values.get(one), values.get(other)),
                        Bootstrap.DEFAULT);
    }

    /** By class, over the images on which somebody drew an object of it. */
    List<ClassAlpha> classes() {
        TreeSet<String> labels = new TreeSet<>();
        values.forEach(value -> value.forEach(object -> labels.add(object.name())));
        return labels.stream()
                .map(label -> {
                    ObjectAgreement one = of(label);
                    return new ClassAlpha(label, one.images(), AgreementStudy.value(one.alpha()));
                })
                .toList();
    }

    private ObjectAgreement of(String label) {
        Predicate<DrawnObject> isOf = object -> object.name().equals(label);
        Map<Integer, Integer> places = new LinkedHashMap<>();
        IntStream.range(0, values.size())
                .filter(i -> values.get(i).stream().anyMatch(isOf))
                .forEach(i -> places.putIfAbsent(items.get(i), places.size()));
        List<List<DrawnObject>> kept = new ArrayList<>();
        List<Integer> images = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            Integer place = places.get(items.get(i));
            if (place != null) {
                kept.add(values.get(i).stream().filter(isOf).toList());
                images.add(place);
            }
        }
        return new ObjectAgreement(kept, images);
    }
}
