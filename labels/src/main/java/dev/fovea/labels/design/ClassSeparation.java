package dev.fovea.labels.design;

import dev.fovea.statistics.Interval;
import java.util.Collection;
import java.util.List;

/**
 * How well the embeddings of labelled images tell the classes apart.
 *
 * @param embeddings what embedded the images, for people
 * @param general whether that is the built-in descriptor, which sees colours and coarse shapes only
 * @param images number of labelled images that were compared
 * @param pairs of classes that are confused more than is tolerated, the worst first
 * @param tooFew classes with too few labelled images to be compared
 */
public record ClassSeparation(
        String embeddings, boolean general, int images, List<ConfusablePair> pairs, List<String> tooFew) {

    /** With fewer labelled images a class is not compared. */
    public static final int MIN_IMAGES = 20;

    public ClassSeparation {
        pairs = List.copyOf(pairs);
        tooFew = List.copyOf(tooFew);
    }

    /** The same without classes that are not among these. */
    public ClassSeparation of(Collection<String> labels) {
        return new ClassSeparation(
                embeddings,
                general,
                images,
                pairs.stream()
                        .filter(pair -> labels.contains(pair.first()) && labels.contains(pair.second()))
                        .toList(),
                tooFew.stream().filter(labels::contains).toList());
    }

    /**
     * Two classes.
     *
     * @param first class
     * @param second class
     * @param images labelled with one of them
     * @param error mean of the two shares of images that are nearer to the other class; 0.5 is chance
     */
    public record ConfusablePair(String first, String second, int images, Interval error) {}
}
