package dev.fovea.pipeline.curation;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.fovea.labels.wrong.WrongBoxReport;
import dev.fovea.labels.wrong.WrongClassReport;
import dev.fovea.labels.wrong.WrongLabelReport;
import java.util.List;
import java.util.Optional;

/** What a check says about the labels of a data set, by its task. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = LabelFindings.SingleClass.class, name = "single-class"),
    @JsonSubTypes.Type(value = LabelFindings.SeveralClasses.class, name = "several-classes"),
    @JsonSubTypes.Type(value = LabelFindings.Boxes.class, name = "boxes"),
    @JsonSubTypes.Type(value = LabelFindings.NotJudged.class, name = "not-judged")
})
public sealed interface LabelFindings {

    /** One class for each image. */
    record SingleClass(WrongLabelReport report) implements LabelFindings {}

    /** Any number of classes for each image. */
    record SeveralClasses(WrongClassReport report) implements LabelFindings {}

    /**
     * Boxes, or polygons and masks by the boxes around them.
     *
     * @param detector that the boxes were compared with, as {@code yolox:1}
     * @param learned how many of the images it learned from, so that it repeats their labels; empty where its lineage
     *     does not say
     */
    record Boxes(WrongBoxReport report, String detector, Optional<Integer> learned) implements LabelFindings {}

    /** Nothing, with the reason and the remedy. */
    record NotJudged(String reason) implements LabelFindings {}

    /** The same with the first suspects only. */
    default LabelFindings first(int count) {
        return switch (this) {
            case SingleClass(WrongLabelReport all) ->
                new SingleClass(new WrongLabelReport(
                        first(all.suspects(), count),
                        all.share(),
                        all.classes(),
                        all.reviewToHalve(),
                        first(all.unjudged(), count),
                        all.accuracy()));
            case SeveralClasses(WrongClassReport all) ->
                new SeveralClasses(new WrongClassReport(
                        first(all.suspects(), count), all.classes(), all.reviewToHalve(), all.unjudged()));
            case Boxes(WrongBoxReport all, String detector, Optional<Integer> learned) ->
                new Boxes(
                        new WrongBoxReport(
                                first(all.suspects(), count), all.images(), all.boxes(), all.classes(), all.unjudged()),
                        detector,
                        learned);
            case NotJudged nothing -> nothing;
        };
    }

    private static <T> List<T> first(List<T> findings, int count) {
        return findings.subList(0, Math.min(count, findings.size()));
    }
}
