package dev.fovea.model.anomaly;

/**
 * A feature map of a backbone.
 *
 * @param name of the value in the graph, {@code [N, channels, height, width]}
 */
public record FeatureLayer(String name, int channels, int height, int width) {

    public FeatureLayer {
        if (channels < 1 || height < 1 || width < 1) {
            throw new IllegalArgumentException("%s is [%d, %d, %d]".formatted(name, channels, height, width));
        }
    }
}
