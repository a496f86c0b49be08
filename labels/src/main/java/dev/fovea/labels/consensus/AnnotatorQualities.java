package dev.fovea.labels.consensus;

import dev.fovea.datasets.annotation.AnnotationValue;
import dev.fovea.datasets.annotation.ImageTask;
import dev.fovea.datasets.annotation.ObjectLabels;
import dev.fovea.labels.queue.Vote;
import dev.fovea.statistics.Interval;
import dev.fovea.statistics.WilsonInterval;
import dev.fovea.statistics.agreement.AnnotatorSkill;
import dev.fovea.statistics.agreement.MajorityVote;
import dev.fovea.statistics.agreement.Ratings;
import dev.fovea.statistics.agreement.SoftLabels;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Measures people by images of known label and by one another. Pure. */
public final class AnnotatorQualities {

    /** With fewer honeypots, the others' votes measure a person. */
    public static final int MIN_HONEYPOTS = 10;

    /** Objects count as right on a honeypot when they are as near to the known ones. */
    private static final double MAX_DISTANCE = 0.25;

    private AnnotatorQualities() {}

    /**
     * All people who voted, by name.
     *
     * @param task of the data set
     * @param classes of the data set
     * @param minSkill of the settings
     */
    public static List<AnnotatorQuality> of(
            List<Vote> votes, ImageTask task, Collection<String> classes, Optional<Double> minSkill) {
        Map<String, List<Vote>> byPerson =
                votes.stream().collect(Collectors.groupingBy(Vote::annotator, TreeMap::new, Collectors.toList()));
        Map<String, Interval> byOthers = new TreeMap<>();
        Map<String, SortedMap<String, Double>> biases = new TreeMap<>();
        VoteTable.of(votes, classes).ifPresent(table -> {
            Map<Integer, AnnotatorSkill> skills = MajorityVote.of(table.ratings()).annotators().stream()
                    .collect(Collectors.toMap(AnnotatorSkill::annotator, Function.identity()));
            for (int j = 0; j < table.annotators().size(); j++) {
                String person = table.annotators().get(j);
                Optional.ofNullable(skills.get(j))
                        .flatMap(AnnotatorSkill::accuracy)
                        .ifPresent(skill -> byOthers.put(person, skill));
                biases.put(person, bias(table, j));
            }
        });
        List<AnnotatorQuality> qualities = new ArrayList<>();
        byPerson.forEach((person, own) -> {
            Optional<Interval> honeypots = onHoneypots(own, task);
            Optional<Interval> skill = honeypots.or(() -> Optional.ofNullable(byOthers.get(person)));
            boolean below =
                    skill.isPresent() && minSkill.isPresent() && skill.get().high() < minSkill.get();
            qualities.add(new AnnotatorQuality(
                    person,
                    own.size(),
                    skill,
                    honeypots.isPresent(),
                    below,
                    biases.getOrDefault(person, new TreeMap<>())));
        });
        return qualities;
    }

    /** The accuracy of one person's votes on honeypots; empty with fewer than {@link #MIN_HONEYPOTS}. */
    public static Optional<Interval> onHoneypots(List<Vote> votes, ImageTask task) {
        List<Vote> measured =
                votes.stream().filter(vote -> vote.known().isPresent()).toList();
        long right = measured.stream()
                .filter(vote -> isRight(vote.value(), vote.known().orElseThrow(), task))
                .count();
        return measured.size() < MIN_HONEYPOTS
                ? Optional.empty()
                : Optional.of(WilsonInterval.of(right, measured.size()));
    }

    /** Whether somebody's skill on honeypots is certainly below a minimum. */
    public static boolean isBelow(List<Vote> own, ImageTask task, double minSkill) {
        return onHoneypots(own, task).filter(skill -> skill.high() < minSkill).isPresent();
    }

    private static boolean isRight(AnnotationValue value, AnnotationValue known, ImageTask task) {
        return (value instanceof ObjectLabels given && known instanceof ObjectLabels truth)
                ? ObjectMatching.distance(given, truth, task) <= MAX_DISTANCE
                : value.classes().equals(known.classes());
    }

    /** On images that others labelled as well: the person's share of each class minus that of the votes together. */
    private static SortedMap<String, Double> bias(VoteTable table, int person) {
        Ratings ratings = table.ratings();
        SoftLabels soft = MajorityVote.of(ratings).labels();
        double[] difference = new double[ratings.classes()];
        int images = 0;
        for (int item = 0; item < ratings.items(); item++) {
            int label = ratings.label(item, person);
            if (label != Ratings.MISSING && ratings.count(item) > 1) {
                images++;
                difference[label]++;
                for (int k = 0; k < difference.length; k++) {
                    difference[k] -= soft.probability(item, k);
                }
            }
        }
        SortedMap<String, Double> bias = new TreeMap<>();
        for (int k = 0; k < difference.length && images > 0; k++) {
            bias.put(table.labels().get(k), difference[k] / images);
        }
        return bias;
    }
}
