package dev.fovea.synthetic;

import java.util.SplittableRandom;

/** How much light reaches each place of a cloth: a gradient, wrinkles seen against it, sometimes a cast shadow. */
final class FabricLight {

    private final int seed;
    private final float directionX;
    private final float directionY;
    private final float gradient;
    private final float wrinkles;
    private final float length;
    private final float stretch;
    private final float exposure;
    private final float crease;
    private final float shadow;
    private final float shadowOffset;
    private final float shadowEdge;

    FabricLight(SplittableRandom random) {
        double angle = random.nextDouble(2 * Math.PI);
        this.seed = random.nextInt();
        this.directionX = (float) StrictMath.cos(angle);
        this.directionY = (float) StrictMath.sin(angle);
        this.gradient = (float) random.nextDouble(0, 0.3);
        this.wrinkles = (float) random.nextDouble(0, 1.1);
        this.length = (float) random.nextDouble(40, 110);
        this.stretch = (float) random.nextDouble(1, 4);
        this.exposure = (float) random.nextDouble(0.8, 1.15);
        this.crease = random.nextDouble() < 0.4 ? (float) random.nextDouble(0.8, 2.2) : 0;
        this.shadow = random.nextDouble() < 0.35 ? (float) random.nextDouble(0.2, 0.6) : 0;
        this.shadowOffset = (float) random.nextDouble(0.1, 0.7);
        this.shadowEdge = (float) random.nextDouble(3, 40);
    }

    /** The unit vector towards the light, x to the right. */
    float directionX() {
        return directionX;
    }

    /** The unit vector towards the light, y downwards. */
    float directionY() {
        return directionY;
    }

    /** The factor on the cloth's colour at a place of an image whose longer edge is {@code size} pixels. */
    float at(float x, float y, int size) {
        float along = ((x - 0.5f * size) * directionX + (y - 0.5f * size) * directionY) / size;
        float slope = height(x + 4 * directionX, y + 4 * directionY) - height(x - 4 * directionX, y - 4 * directionY);
        float factor = exposure * (1 + gradient * 2 * along) * (1 - wrinkles * slope);
        float edge = across(x, y) + 14 * FabricNoise.smooth(x / 60, y / 60, seed + 5) - shadowOffset * size;
        return Math.max(0.12f, factor * (1 - shadow * FabricNoise.step(-shadowEdge, shadowEdge, edge)));
    }

    private float across(float x, float y) {
        return Math.abs(0.8f * x + (0.6f + 0.6f * directionX) * y) % 400;
    }

    private float height(float x, float y) {
        float u = (x * directionX + y * directionY) / length;
        float v = (y * directionX - x * directionY) / (length * stretch);
        float fold = Math.abs(FabricNoise.smooth(0.8f * u, 0.5f * v, seed + 9));
        return FabricNoise.octaves(u, v, seed) - crease * Math.min(fold, 0.3f);
    }
}
