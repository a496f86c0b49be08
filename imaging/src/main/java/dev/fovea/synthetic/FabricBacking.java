package dev.fovea.synthetic;

import java.util.SplittableRandom;

/** What shows through an opening: darkness, a lining, a table top, skin. */
final class FabricBacking {

    private final float[] color;
    private final int seed;
    private final float grainX;
    private final float grainY;

    /** Something behind cloth of a brightness from 0 to 1 that does not look just like it. */
    FabricBacking(float cloth, SplittableRandom random) {
        double choice = random.nextDouble();
        if (cloth > 0.3 && choice < 0.55) {
            color = FabricPattern.rgb(random.nextDouble(), random.nextDouble(0, 0.4), random.nextDouble(0.02, 0.14));
        } else if (cloth < 0.65 && choice < 0.85) {
            color = FabricPattern.rgb(random.nextDouble(), random.nextDouble(0, 0.15), random.nextDouble(0.7, 0.97));
        } else {
            double skin = cloth > 0.5 ? random.nextDouble(0.3, 0.5) : random.nextDouble(0.7, 0.95);
            color = FabricPattern.rgb(random.nextDouble(0.04, 0.11), random.nextDouble(0.25, 0.6), skin);
        }
        seed = random.nextInt();
        grainX = (float) random.nextDouble(3, 40);
        grainY = (float) random.nextDouble(3, 14);
    }

    float[] color() {
        return color;
    }

    /** How bright the backing's own grain is at a place, around 1. */
    float grain(float x, float y) {
        return 1 + 0.12f * FabricNoise.smooth(x / grainX, y / grainY, seed);
    }
}
