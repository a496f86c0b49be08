package dev.fovea.labels.consensus;

import dev.fovea.datasets.annotation.AnnotatedObject;
import dev.fovea.datasets.annotation.ImageTask;
import dev.fovea.datasets.annotation.ObjectLabels;
import dev.fovea.datasets.annotation.Shape;
import dev.fovea.datasets.annotation.Shape.BoxShape;
import dev.fovea.datasets.annotation.Shape.MaskShape;
import dev.fovea.datasets.annotation.Shape.PolygonShape;
import dev.fovea.imaging.ImageSize;
import dev.fovea.imaging.geometry.Mask;
import dev.fovea.labels.queue.Vote;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * Merges the objects that several people drew. The people are taken from the most skilled on; the objects of each are
 * matched ({@link ObjectMatching}, overlap of {@value #MIN_OVERLAP} or more) to the first member of each group found so
 * far, and start a group where they match none. A group of at least half of the people is an object. Pure.
 *
 * <ul>
 *   <li>Boxes: the mean of the group's boxes, weighted by skill.
 *   <li>Masks, also with polygons among them: the pixels of more than half of the group's weight ({@link PixelVote}).
 *   <li>Polygons only: the polygon that overlaps these pixels most, so that it stays one that a person can edit.
 *   <li>Other shapes: the one of the most skilled member.
 * </ul>
 *
 * Pixels of classes are not grouped: see {@link ClassPixels}.
 */
final class ObjectConsensus {

    private static final double MIN_OVERLAP = 0.5;

    private ObjectConsensus() {}

    private record Member(AnnotatedObject object, DrawnObject drawn, double weight) {}

    /** The merged objects, in the order of the groups. */
    static ObjectLabels of(List<Vote> votes, Voters voters, ImageTask task) {
        ToDoubleFunction<Vote> skill = vote -> voters.weight(vote.annotator());
        List<Vote> ordered = votes.stream()
                .sorted(Comparator.comparingDouble(skill).reversed().thenComparing(Vote::annotator))
                .toList();
        List<ObjectLabels> labels =
                ordered.stream().map(vote -> (ObjectLabels) vote.value()).toList();
        List<Double> weights = ordered.stream()
                .map(vote -> Math.max(skill.applyAsDouble(vote), 1e-3))
                .toList();
        return task == ImageTask.SEMANTIC_SEGMENTATION
                ? ClassPixels.of(labels, weights)
                : new ObjectLabels(groups(labels, weights, task).stream()
                        .filter(group -> 2 * group.size() >= votes.size())
                        .map(ObjectConsensus::merged)
                        .toList());
    }

    private static List<List<Member>> groups(List<ObjectLabels> labels, List<Double> weights, ImageTask task) {
        ImageSize canvas = DrawnObject.canvas(labels);
        List<List<Member>> groups = new ArrayList<>();
        for (int person = 0; person < labels.size(); person++) {
            List<AnnotatedObject> own = labels.get(person).objects();
            List<DrawnObject> drawn = DrawnObject.of(labels.get(person), task, canvas);
            List<DrawnObject> leaders =
                    groups.stream().map(group -> group.getFirst().drawn()).toList();
            Set<Integer> matched = new HashSet<>();
            for (ObjectMatching.Match match : ObjectMatching.of(leaders, drawn, MIN_OVERLAP)) {
                int second = match.second();
                groups.get(match.first()).add(new Member(own.get(second), drawn.get(second), weights.get(person)));
                matched.add(second);
            }
            for (int i = 0; i < own.size(); i++) {
                if (!matched.contains(i)) {
                    groups.add(new ArrayList<>(List.of(new Member(own.get(i), drawn.get(i), weights.get(person)))));
                }
            }
        }
        return groups;
    }

    private static AnnotatedObject merged(List<Member> group) {
        AnnotatedObject first = group.getFirst().object();
        return new AnnotatedObject(first.name(), shape(group), first.attributes(), first.flags(), first.keypoints());
    }

    private static Shape shape(List<Member> group) {
        if (group.stream().allMatch(member -> member.object().shape() instanceof BoxShape)) {
            return new BoxShape(
                    mean(group, BoxShape::x),
                    mean(group, BoxShape::y),
                    mean(group, BoxShape::width),
                    mean(group, BoxShape::height));
        }
        List<Member> outlined = group.stream()
                .filter(member -> member.drawn().mask().isPresent())
                .toList();
        if (outlined.size() < group.size()) {
            return group.getFirst().object().shape();
        }
        Mask pixels = PixelVote.of(
                outlined.stream()
                        .map(member -> member.drawn().mask().orElseThrow())
                        .toList(),
                outlined.stream().map(Member::weight).toList());
        return group.stream().allMatch(member -> member.object().shape() instanceof PolygonShape)
                ? nearest(outlined, pixels)
                : MaskShape.of(pixels);
    }

    private static Shape nearest(List<Member> members, Mask pixels) {
        Optional<Member> nearest = members.stream()
                .max(Comparator.comparingDouble(
                        member -> member.drawn().mask().orElseThrow().overlap(pixels)));
        return nearest.orElseThrow().object().shape();
    }

    private static double mean(List<Member> group, ToDoubleFunction<BoxShape> value) {
        double sum = 0;
        double weights = 0;
        for (Member member : group) {
            sum += member.weight()
                    * value.applyAsDouble((BoxShape) member.object().shape());
            weights += member.weight();
        }
        return sum / weights;
    }
}
