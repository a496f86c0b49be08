package dev.fovea.labels.consensus;

import dev.fovea.statistics.Interval;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How far the labelling of a data set has come.
 *
 * @param people by name
 * @param classes labels and median time by class, in the order of the data set
 * @param backlog images that are to be labelled
 * @param perDay labels per day, mean of the last {@value ProgressStudy#DAYS} days, or fewer since the first label
 * @param daysLeft backlog times people per image, by labels per day; empty when nobody labels
 * @param prefills what became of predictions that were shown
 * @param anchoring whether showing predictions changes what people say
 */
public record LabellingProgress(
        List<PersonProgress> people,
        List<ClassProgress> classes,
        long backlog,
        double perDay,
        Optional<Double> daysLeft,
        List<PrefillUse> prefills,
        Optional<Anchoring> anchoring) {

    public LabellingProgress {
        people = List.copyOf(people);
        classes = List.copyOf(classes);
        prefills = List.copyOf(prefills);
    }

    /**
     * A person.
     *
     * @param quality how good
     * @param medianMillis median time of a label
     * @param byClass labels by class
     */
    public record PersonProgress(AnnotatorQuality quality, Optional<Long> medianMillis, Map<String, Integer> byClass) {
        public PersonProgress {
            byClass = Map.copyOf(byClass);
        }
    }

    /**
     * A class.
     *
     * @param name its name
     * @param labels votes for it
     * @param medianMillis median time of these
     */
    public record ClassProgress(String name, int labels, Optional<Long> medianMillis) {}

    /**
     * Predictions of a class that were shown.
     *
     * @param name the predicted class
     * @param accepted how many people kept
     * @param changed how many they changed
     */
    public record PrefillUse(String name, int accepted, int changed) {}

    /**
     * Agreement with predictions, shown and hidden.
     *
     * @param shown share of votes equal to the prediction when it was shown
     * @param hidden the same when it was hidden
     * @param savedMillis median time without less median time with the prediction
     */
    public record Anchoring(Interval shown, Interval hidden, Optional<Long> savedMillis) {}
}
