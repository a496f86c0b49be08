package dev.fovea.pipeline.curation;

import dev.fovea.labels.wrong.ClassDecisions;
import dev.fovea.labels.wrong.WrongClassReport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a check of images with several labels means, in words. Pure. */
final class SeveralLabelsVerdict {

    private SeveralLabelsVerdict() {}

    static List<String> of(WrongClassReport report) {
        List<ClassDecisions> estimated = report.classes().stream()
                .filter(each -> DatasetVerdict.isEstimated(each.accuracy()))
                .toList();
        List<ClassDecisions> poor = report.classes().stream()
                .filter(each -> !DatasetVerdict.isEstimated(each.accuracy()))
                .toList();
        List<String> sentences = new ArrayList<>();
        estimated.stream()
                .max(Comparator.comparingDouble(each -> each.share().value()))
                .ifPresent(worst -> sentences.add(
                        "Most decisions are wrong about %s: %s of them. To find half of these, look at the first %,d images that are suspect of it."
                                .formatted(
                                        worst.label(), DatasetVerdict.percent(worst.share()), worst.reviewToHalve())));
        if (!poor.isEmpty()) {
            sentences.add(String.format(
                    Locale.ROOT,
                    "How many decisions about %s are wrong cannot be said: the embeddings tell %.0f %% or fewer of the images with the class from those without it. Look at them in the order of the list, or use a better model.",
                    poor.stream().map(ClassDecisions::label).collect(Collectors.joining(", ")),
                    100
                            * poor.stream()
                                    .mapToDouble(ClassDecisions::accuracy)
                                    .max()
                                    .orElse(0)));
        }
        if (!report.unjudged().isEmpty()) {
            sentences.add("Not judged, for too few images with the class or without it: %s."
                    .formatted(String.join(", ", report.unjudged())));
        }
        return sentences;
    }
}
