package dev.fovea.pipeline.search;

import dev.fovea.pipeline.head.LabelledFile;
import dev.fovea.statistics.linear.StratifiedFolds;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The images that a search may look at: those to learn from. Test images are not among them.
 *
 * @param labels in the order of a model's outputs
 * @param learning training and validation images
 * @param edge of a square that holds as much as most images show, in pixels
 */
public record SearchImages(List<String> labels, List<LabelledFile> learning, int edge) {

    public SearchImages {
        labels = List.copyOf(labels);
        learning = List.copyOf(learning);
    }

    /** About so many of them, with all classes in their shares. */
    SearchImages sample(int most, long seed) {
        int parts = (learning.size() + most - 1) / most;
        if (parts < 2) {
            return this;
        }
        int[] truths =
                learning.stream().mapToInt(image -> image.sample().label()).toArray();
        return new SearchImages(
                labels,
                IntStream.of(StratifiedFolds.of(truths, parts, seed).inside(0))
                        .mapToObj(learning::get)
                        .toList(),
                edge);
    }

    /** Images of each class, in the order of the labels. */
    List<Long> counts() {
        return IntStream.range(0, labels.size())
                .mapToObj(label -> learning.stream()
                        .filter(image -> image.sample().label() == label)
                        .count())
                .toList();
    }
}
