package dev.fovea.labels.consensus;

import dev.fovea.datasets.annotation.ImageTask;
import dev.fovea.datasets.tree.ContentHash;
import dev.fovea.labels.consensus.AgreementReport.ClassAlpha;
import dev.fovea.labels.consensus.AgreementReport.ConfusedPair;
import dev.fovea.labels.queue.Vote;
import dev.fovea.statistics.Interval;
import dev.fovea.statistics.agreement.AccuracyCeiling;
import dev.fovea.statistics.agreement.Agreement;
import dev.fovea.statistics.agreement.CohenKappa;
import dev.fovea.statistics.agreement.FleissKappa;
import dev.fovea.statistics.agreement.KrippendorffAlpha;
import dev.fovea.statistics.agreement.Ratings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Agreement of the votes of a data set. The thresholds of the verdict are Krippendorff's: 0.8 for reliable labels and
 * 0.667 for tentative conclusions (Content Analysis, 4th edition, 2018, section 12.3). Pure.
 */
public final class AgreementStudy {

    private static final double RELIABLE = 0.8;
    private static final double TENTATIVE = 0.667;
    private static final int EXAMPLES = 12;
    private static final int MOST_PAIRS = 20;

    private AgreementStudy() {}

    /** The agreement of votes on a data set with this task and these classes. */
    public static AgreementReport of(List<Vote> votes, ImageTask task, Collection<String> classes) {
        return VoteTable.of(votes, classes)
                .map(AgreementStudy::ofTable)
                .orElseGet(() -> ofObjects(ObjectAgreement.of(votes, task)));
    }

    private static AgreementReport ofTable(VoteTable table) {
        Ratings ratings = table.ratings();
        Optional<Interval> kappa = pair(ratings).flatMap(pair -> value(CohenKappa.of(ratings, pair[0], pair[1])));
        Agreement alpha = KrippendorffAlpha.nominal(ratings);
        Optional<Interval> ceiling = AccuracyCeiling.of(ratings);
        int images = (int) IntStream.range(0, ratings.items())
                .filter(item -> ratings.count(item) > 1)
                .count();
        List<ConfusedPair> confused = confused(table);
        return new AgreementReport(
                verdict(alpha, ceiling, confused),
                kappa,
                value(FleissKappa.of(ratings)),
                value(alpha),
                ceiling,
                images,
                confused,
                classes(table));
    }

    private static AgreementReport ofObjects(ObjectAgreement objects) {
        Agreement alpha = objects.alpha();
        return new AgreementReport(
                verdict(alpha, Optional.empty(), List.of()),
                Optional.empty(),
                Optional.empty(),
                value(alpha),
                Optional.empty(),
                objects.images(),
                List.of(),
                objects.classes());
    }

    /** Each class against the rest. */
    private static List<ClassAlpha> classes(VoteTable table) {
        Ratings ratings = table.ratings();
        List<ClassAlpha> classes = new ArrayList<>();
        for (String label : table.classes()) {
            int[] items = new int[ratings.size()];
            int[] annotators = new int[ratings.size()];
            int[] given = new int[ratings.size()];
            Set<Integer> images = new HashSet<>();
            int next = 0;
            for (int item = 0; item < ratings.items(); item++) {
                for (int annotator = 0; annotator < ratings.annotators(); annotator++) {
                    int combination = ratings.label(item, annotator);
                    if (combination != Ratings.MISSING) {
                        items[next] = item;
                        annotators[next] = annotator;
                        given[next] = table.isOf(combination, label) ? 1 : 0;
                        if (given[next] == 1 && ratings.count(item) > 1) {
                            images.add(item);
                        }
                        next++;
                    }
                }
            }
            classes.add(new ClassAlpha(
                    label,
                    images.size(),
                    value(KrippendorffAlpha.nominal(
                            Ratings.of(2, ratings.items(), ratings.annotators(), items, annotators, given)))));
        }
        return classes;
    }

    static Optional<Interval> value(Agreement agreement) {
        return agreement instanceof Agreement.Coefficient coefficient
                ? Optional.of(coefficient.value())
                : Optional.empty();
    }

    /** The two people with most images in common. */
    private static Optional<int[]> pair(Ratings ratings) {
        int best = 0;
        int[] pair = {0, 0};
        for (int one = 0; one < ratings.annotators(); one++) {
            for (int other = one + 1; other < ratings.annotators(); other++) {
                int first = one;
                int second = other;
                int common = (int) IntStream.range(0, ratings.items())
                        .filter(item -> ratings.label(item, first) != Ratings.MISSING
                                && ratings.label(item, second) != Ratings.MISSING)
                        .count();
                if (common > best) {
                    best = common;
                    pair = new int[] {first, second};
                }
            }
        }
        return best == 0 ? Optional.empty() : Optional.of(pair);
    }

    private static List<ConfusedPair> confused(VoteTable table) {
        Ratings ratings = table.ratings();
        Map<String, List<ContentHash>> images = new TreeMap<>();
        Map<String, int[]> pairs = new TreeMap<>();
        for (int item = 0; item < ratings.items(); item++) {
            int found = item;
            int[] given = IntStream.range(0, ratings.annotators())
                    .map(annotator -> ratings.label(found, annotator))
                    .filter(label -> label != Ratings.MISSING)
                    .distinct()
                    .sorted()
                    .toArray();
            for (int i = 0; i < given.length; i++) {
                for (int j = i + 1; j < given.length; j++) {
                    String key = given[i] + "," + given[j];
                    pairs.put(key, new int[] {given[i], given[j]});
                    images.computeIfAbsent(key, _ -> new ArrayList<>())
                            .add(table.images().get(item));
                }
            }
        }
        List<ConfusedPair> confused = new ArrayList<>();
        images.forEach((key, list) -> {
            int[] pair = Optional.ofNullable(pairs.get(key)).orElseThrow();
            confused.add(new ConfusedPair(
                    table.labels().get(pair[0]),
                    table.labels().get(pair[1]),
                    list.size(),
                    used(ratings, pair[0], pair[1]),
                    list.subList(0, Math.min(EXAMPLES, list.size()))));
        });
        return confused.stream()
                .sorted(Comparator.comparingInt(ConfusedPair::images).reversed())
                .limit(MOST_PAIRS)
                .toList();
    }

    /** Images that several people labelled, one of them with one of two labels. */
    private static int used(Ratings ratings, int first, int second) {
        return (int) IntStream.range(0, ratings.items())
                .filter(item -> ratings.count(item) > 1)
                .filter(item -> IntStream.range(0, ratings.annotators())
                        .map(annotator -> ratings.label(item, annotator))
                        .anyMatch(label -> label == first || label == second))
                .count();
    }

    private static String verdict(Agreement alpha, Optional<Interval> ceiling, List<ConfusedPair> confused) {
        return switch (alpha) {
            case Agreement.Undefined undefined -> undefined.reason().message();
            case Agreement.Coefficient coefficient -> {
                Interval value = coefficient.value();
                String level = value.low() >= RELIABLE
                        ? "People agree: the labels are reliable"
                        : value.high() < TENTATIVE
                                ? "People do not agree enough to train on these labels"
                                : value.value() >= TENTATIVE
                                        ? "People agree well enough for a first model, not for fine differences"
                                        : "It is not sure yet that people agree; label more images twice";
                String figures = String.format(
                        Locale.ROOT, " (alpha %.2f, %.2f to %.2f)", value.value(), value.low(), value.high());
                String limit = ceiling.map(each -> String.format(
                                Locale.ROOT,
                                " No model judged by one of these labels can be shown to be right more often than %.1f %%.",
                                100 * each.value()))
                        .orElse("");
                String worst = confused.isEmpty()
                        ? ""
                        : " Most often confused: \"%s\" and \"%s\"."
                                .formatted(
                                        confused.getFirst().first(),
                                        confused.getFirst().second());
                yield level + figures + "." + limit + worst;
            }
        };
    }
}
