package dev.fovea.labels.design;

import dev.fovea.datasets.catalog.ClassDefinition;
import dev.fovea.datasets.catalog.Dataset;
import dev.fovea.datasets.tree.ContentHash;
import dev.fovea.labels.consensus.AgreementReport;
import dev.fovea.labels.consensus.AgreementReport.ConfusedPair;
import dev.fovea.labels.design.PilotAdvice.AdviceKind;
import dev.fovea.statistics.Interval;
import dev.fovea.statistics.WilsonInterval;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What to change in a design, given how people agreed about the first images. Pure. */
public final class PilotStudy {

    /** With fewer images that two people labelled, the figures say little. */
    public static final int MIN_IMAGES = 30;

    /** Share of all images from which a confused pair of classes is worth a change. */
    private static final double WORTH = 0.05;

    /** Share of the images of two classes from which they are rather one. */
    private static final double MERGE = 0.5;

    /** Images from which a pair counts as confused when classes are compared with several others. */
    private static final int CLEAR = 3;

    /** Confused classes from which the images rather miss a class. */
    private static final int SCATTERED = 3;

    private PilotStudy() {}

    /** Advice, the most important first; empty when nothing should change. */
    public static List<PilotAdvice> of(Dataset dataset, AgreementReport report) {
        List<PilotAdvice> advice = new ArrayList<>();
        if (report.images() < MIN_IMAGES) {
            advice.add(new PilotAdvice(
                    AdviceKind.LABEL_MORE,
                    List.of(),
                    "So far %d images have labels of two or more people.".formatted(report.images()),
                    "Let two or more people label the same %d to 50 images, in a pilot, before you label the rest."
                            .formatted(MIN_IMAGES),
                    List.of()));
        }
        List<ConfusedPair> worth = report.confused().stream()
                .filter(pair -> pair.images() > 1 && pair.images() >= WORTH * report.images())
                .toList();
        worth.forEach(pair -> advice.add(ofPair(dataset, pair)));
        List<ConfusedPair> clear =
                worth.stream().filter(pair -> pair.images() >= CLEAR).toList();
        clear.stream()
                .flatMap(pair -> Stream.of(pair.first(), pair.second()))
                .distinct()
                .forEach(label -> split(label, clear).ifPresent(advice::add));
        missing(dataset, clear).ifPresent(advice::add);
        return advice;
    }

    private static PilotAdvice ofPair(Dataset dataset, ConfusedPair pair) {
        boolean defined = dataset.classes().stream()
                .filter(each -> each.name().equals(pair.first()) || each.name().equals(pair.second()))
                .map(ClassDefinition::definition)
                .noneMatch(String::isEmpty);
        Interval share = WilsonInterval.of(pair.images(), pair.used());
        String evidence = String.format(
                Locale.ROOT,
                "People confuse \"%s\" and \"%s\" on %d of the %d images that somebody gave one of the two: %.0f %% (%.0f to %.0f %%).",
                pair.first(),
                pair.second(),
                pair.images(),
                pair.used(),
                100 * share.value(),
                100 * share.low(),
                100 * share.high());
        List<String> classes = List.of(pair.first(), pair.second());
        return !defined
                ? new PilotAdvice(
                        AdviceKind.DEFINE,
                        classes,
                        evidence,
                        "Define both, and make these images examples of the right class.",
                        pair.examples())
                : share.value() >= MERGE
                        ? new PilotAdvice(
                                AdviceKind.MERGE,
                                classes,
                                evidence,
                                "Their definitions do not separate them: merge the two, or divide them by something that can be seen.",
                                pair.examples())
                        : new PilotAdvice(
                                AdviceKind.DEFINE,
                                classes,
                                evidence,
                                "Say in both definitions where the border is, and make these images examples of the right class.",
                                pair.examples());
    }

    /** A class that is confused with several others. */
    private static Optional<PilotAdvice> split(String label, List<ConfusedPair> worth) {
        List<ConfusedPair> pairs = worth.stream()
                .filter(pair -> pair.first().equals(label) || pair.second().equals(label))
                .toList();
        if (pairs.size() < 2) {
            return Optional.empty();
        }
        List<String> others = pairs.stream()
                .map(pair -> pair.first().equals(label) ? pair.second() : pair.first())
                .toList();
        return Optional.of(new PilotAdvice(
                AdviceKind.SPLIT,
                Stream.concat(Stream.of(label), others.stream()).toList(),
                "\"%s\" is confused with %d other classes: %s."
                        .formatted(label, others.size(), String.join(", ", others)),
                "It covers several things: split it, or define it more narrowly.",
                images(pairs)));
    }

    /** Confusions of many classes without a common one: rather, no class fits. */
    private static Optional<PilotAdvice> missing(Dataset dataset, List<ConfusedPair> worth) {
        long classes = worth.stream()
                .flatMap(pair -> Stream.of(pair.first(), pair.second()))
                .distinct()
                .count();
        boolean none = dataset.labels().stream().anyMatch(DesignWords::meansNone);
        if (worth.size() < SCATTERED || classes <= SCATTERED) {
            return Optional.empty();
        }
        return Optional.of(new PilotAdvice(
                AdviceKind.ADD_CLASS,
                List.of(),
                "People confuse %d pairs of %d classes.".formatted(worth.size(), classes),
                none
                        ? "Look whether these images show something that has no class, and add one."
                        : "Look whether these images show something that has no class: add one, or one for \"none of these\".",
                images(worth)));
    }

    private static List<ContentHash> images(List<ConfusedPair> pairs) {
        return pairs.stream()
                .flatMap(pair -> pair.examples().stream())
                .distinct()
                .limit(12)
                .toList();
    }
}
