package dev.fovea.model.anomaly;

import dev.fovea.imaging.Size;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * The features of each place of an image: some channels of a backbone's maps, brought to one grid and averaged over
 * each place and its neighbours, as PatchCore does (K. Roth et al., "Towards total recall in industrial anomaly
 * detection", CVPR (2022), arXiv:2106.08265).
 *
 * @param layers feature maps of the backbone
 * @param dimensions which channels, counted over all layers in their order; ascending, each once
 * @param grid places
 * @param input what the backbone takes, in pixels
 */
public record FeatureGrid(List<FeatureLayer> layers, List<Integer> dimensions, Size grid, Size input) {

    public FeatureGrid {
        layers = List.copyOf(layers);
        dimensions = List.copyOf(dimensions);
    }

    /**
     * A grid with randomly chosen channels: PaDiM found that to cost less accuracy than principal components.
     *
     * @param limit maximum count of channels
     */
    public static FeatureGrid random(List<FeatureLayer> layers, Size grid, Size input, int limit, long seed) {
        int all = layers.stream().mapToInt(FeatureLayer::channels).sum();
        List<Integer> dimensions = new ArrayList<>();
        for (int i = 0; i < all; i++) {
            dimensions.add(i);
        }
        Collections.shuffle(dimensions, new Random(seed));
        return new FeatureGrid(
                layers,
                dimensions.subList(0, Math.min(limit, all)).stream().sorted().toList(),
                grid,
                input);
    }

    /** Number of places. */
    public int places() {
        return grid.height() * grid.width();
    }

    /** The chosen channels of a layer, counted from its own first. */
    public List<Integer> channels(int layer) {
        int begin = layers.subList(0, layer).stream()
                .mapToInt(FeatureLayer::channels)
                .sum();
        int end = begin + layers.get(layer).channels();
        return dimensions.stream()
                .filter(dimension -> dimension >= begin && dimension < end)
                .map(dimension -> dimension - begin)
                .toList();
    }
}
