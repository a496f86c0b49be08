package dev.fovea.labels.wrong;

import dev.fovea.statistics.linear.FeatureMatrix;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/**
 * Finds wrong classes of images that have any number of them: each class is judged against the rest by
 * {@link WrongLabels}. Deterministic, thread-safe; the time is that of {@link WrongLabels} for two classes, times the
 * number of classes.
 */
public final class WrongClasses {

    /** With fewer images (or groups) on either side, a class is not judged. */
    public static final int MIN_IMAGES = 5;

    /** Decisions of lower probability to be wrong are not listed: there is one for each image and class. */
    private static final double MIN_WRONG = 0.01;

    private final WrongLabels labels;

    /** A search whose folds are drawn by a seed. */
    public WrongClasses(long seed) {
        this.labels = new WrongLabels(seed);
    }

    /**
     * Ranks decisions.
     *
     * @param images {@code [N]}, ids unique
     * @param embeddings {@code [N,D]}, in the same order, from one model
     * @param classes of the data set
     */
    public WrongClassReport find(List<GivenClasses> images, FeatureMatrix embeddings, Collection<String> classes) {
        List<SuspectClass> suspects = new ArrayList<>();
        List<ClassDecisions> judged = new ArrayList<>();
        List<String> unjudged = new ArrayList<>();
        for (String label : new TreeSet<>(classes)) {
            List<GivenLabel> given =
                    images.stream().map(image -> decision(image, label)).toList();
            if (groups(given, true) < MIN_IMAGES || groups(given, false) < MIN_IMAGES) {
                unjudged.add(label);
                continue;
            }
            WrongLabelReport report = labels.find(given, embeddings);
            report.suspects().stream().map(suspect -> suspect(suspect, label)).forEach(suspects::add);
            judged.add(decisions(label, report));
        }
        suspects.sort(Comparator.comparingDouble(SuspectClass::wrong).reversed());
        return new WrongClassReport(
                suspects.stream().filter(each -> each.wrong() >= MIN_WRONG).toList(),
                judged,
                toHalve(suspects),
                unjudged);
    }

    private static GivenLabel decision(GivenClasses image, String label) {
        return new GivenLabel(
                image.image(),
                side(image.classes().contains(label)),
                image.group(),
                image.confirmed().contains(label));
    }

    /** The two sides as classes, in alphabetical order. */
    private static String side(boolean isGiven) {
        return isGiven ? "with" : "without";
    }

    private static long groups(List<GivenLabel> given, boolean side) {
        return given.stream()
                .filter(each -> each.label().equals(side(side)))
                .map(each -> each.group().map(group -> "group " + group).orElse("image " + each.image()))
                .distinct()
                .count();
    }

    private static SuspectClass suspect(SuspectLabel suspect, String label) {
        return new SuspectClass(
                suspect.image(), label, suspect.given().equals(side(true)), suspect.fit(), suspect.wrong());
    }

    private static ClassDecisions decisions(String label, WrongLabelReport report) {
        ClassNoise with = report.classes().getFirst();
        ClassNoise without = report.classes().getLast();
        return new ClassDecisions(
                label,
                with.images(),
                report.share(),
                with.share(),
                without.share(),
                report.reviewToHalve(),
                (accuracy(report, true) + accuracy(report, false)) / 2);
    }

    /** The share of a side's images whose side is predicted; confirmed images are taken as right. */
    private static double accuracy(WrongLabelReport report, boolean side) {
        long images = (side ? report.classes().getFirst() : report.classes().getLast()).images();
        long wrong = report.suspects().stream()
                .filter(each -> each.given().equals(side(side)) && each.fit() < 0.5)
                .count();
        return 1 - (double) wrong / images;
    }

    private static int toHalve(List<SuspectClass> ranked) {
        double all = ranked.stream().mapToDouble(SuspectClass::wrong).sum();
        double found = 0;
        int count = 0;
        while (count < ranked.size() && found < all / 2 * (1 - 1e-9)) {
            found += ranked.get(count++).wrong();
        }
        return count;
    }
}
