package dev.fovea.synthetic;

/** A slowly varying quantity over an image, worked out every few pixels and interpolated between. */
final class FabricField {

    private static final int STEP = 8;

    private final int columns;
    private final float[] values;

    /** The quantity at a place in pixels. */
    @FunctionalInterface
    interface Quantity {
        float at(float x, float y);
    }

    FabricField(int width, int height, Quantity quantity) {
        this.columns = width / STEP + 2;
        int rows = height / STEP + 2;
        this.values = new float[columns * rows];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                values[row * columns + column] = quantity.at(column * STEP, row * STEP);
            }
        }
    }

    float at(int x, int y) {
        int corner = (y / STEP) * columns + x / STEP;
        float fx = (x % STEP) / (float) STEP;
        float fy = (y % STEP) / (float) STEP;
        float top = FabricNoise.lerp(values[corner], values[corner + 1], fx);
        float bottom = FabricNoise.lerp(values[corner + columns], values[corner + columns + 1], fx);
        return FabricNoise.lerp(top, bottom, fy);
    }
}
