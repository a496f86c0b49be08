package dev.fovea.labels.consensus;

import java.util.List;
import java.util.Optional;

/**
 * How far the labelling of a data set has come.
 *
 * @param people by name
 * @param classes labels and median time by class, in the order of the data set
 * @param backlog images that are to be labelled
 * @param capacity labels that are made against those that are needed
 * @param prefills what became of predictions that were filled in
 */
public record LabellingProgress(
        List<PersonProgress> people,
        List<ClassProgress> classes,
        long backlog,
        LabelCapacity capacity,
        PrefillReport prefills) {

    public LabellingProgress {
        people = List.copyOf(people);
        classes = List.copyOf(classes);
    }

    /**
     * A person.
     *
     * @param quality how good
     * @param medianMillis median time of a label
     * @param classes labels and median time by class, in the order of the data set
     */
    public record PersonProgress(AnnotatorQuality quality, Optional<Long> medianMillis, List<ClassProgress> classes) {
        public PersonProgress {
            classes = List.copyOf(classes);
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
}
