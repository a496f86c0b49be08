package dev.fovea.model.architecture;

/**
 * A value of a graph under construction: {@code [batch, channels, height, width]}.
 *
 * @param value its name
 */
record NetworkLayer(String value, int channels, int height, int width) {

    NetworkLayer as(String other) {
        return new NetworkLayer(other, channels, height, width);
    }
}
