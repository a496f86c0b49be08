package dev.fovea.labels.consensus;

import dev.fovea.datasets.annotation.AnnotatedObject;
import dev.fovea.datasets.annotation.ObjectLabels;
import dev.fovea.datasets.annotation.Shape.BoxShape;
import dev.fovea.labels.queue.Vote;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * Merges the objects that several people drew. The people are taken from the most skilled on; the objects of each are
 * matched ({@link ObjectMatching}, overlap of {@value #MIN_OVERLAP} or more) to the first member of each group found so
 * far, and start a group where they match none. A group of at least half of the people is an object: its box is the
 * mean of its members' boxes, weighted by skill; of other shapes it is the one of its most skilled member. Pure.
 */
final class ObjectConsensus {

    private static final double MIN_OVERLAP = 0.5;

    private ObjectConsensus() {}

    private record Member(AnnotatedObject object, double weight) {}

    /** The merged objects, in the order of the groups. */
    static ObjectLabels of(List<Vote> votes, Voters voters) {
        ToDoubleFunction<Vote> skill = vote -> voters.weight(vote.annotator());
        List<Vote> ordered = votes.stream()
                .sorted(Comparator.comparingDouble(skill).reversed().thenComparing(Vote::annotator))
                .toList();
        List<List<Member>> groups = new ArrayList<>();
        for (Vote vote : ordered) {
            List<AnnotatedObject> own = ((ObjectLabels) vote.value()).objects();
            List<AnnotatedObject> leaders =
                    groups.stream().map(group -> group.getFirst().object()).toList();
            double weight = skill.applyAsDouble(vote);
            Set<Integer> matched = new HashSet<>();
            for (ObjectMatching.Match match : ObjectMatching.of(leaders, own, MIN_OVERLAP)) {
                groups.get(match.first()).add(new Member(own.get(match.second()), weight));
                matched.add(match.second());
            }
            for (int i = 0; i < own.size(); i++) {
                if (!matched.contains(i)) {
                    groups.add(new ArrayList<>(List.of(new Member(own.get(i), weight))));
                }
            }
        }
        return new ObjectLabels(groups.stream()
                .filter(group -> 2 * group.size() >= votes.size())
                .map(ObjectConsensus::merged)
                .toList());
    }

    private static AnnotatedObject merged(List<Member> group) {
        AnnotatedObject first = group.getFirst().object();
        if (!group.stream().allMatch(member -> member.object().shape() instanceof BoxShape)) {
            return first;
        }
        BoxShape box = new BoxShape(
                mean(group, BoxShape::x),
                mean(group, BoxShape::y),
                mean(group, BoxShape::width),
                mean(group, BoxShape::height));
        return new AnnotatedObject(first.name(), box, first.attributes(), first.flags(), first.keypoints());
    }

    private static double mean(List<Member> group, ToDoubleFunction<BoxShape> value) {
        double sum = 0;
        double weights = 0;
        for (Member member : group) {
            double weight = Math.max(member.weight(), 1e-3);
            sum += weight * value.applyAsDouble((BoxShape) member.object().shape());
            weights += weight;
        }
        return sum / weights;
    }
}
