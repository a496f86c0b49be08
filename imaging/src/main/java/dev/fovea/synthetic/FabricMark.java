package dev.fovea.synthetic;

import java.util.SplittableRandom;

/**
 * Something on the cloth that is no damage: a stain, a bleached patch, a printed motif, a stroke of dirt. It has the
 * outline of a hole or a tear, so that only the weave inside distinguishes them.
 *
 * @param softness width in pixels over which it fades at its edge
 * @param ink its colour
 * @param strength 0 leaves the cloth as it is, 1 covers its colour
 */
record FabricMark(FabricDamage shape, float softness, float[] ink, float strength) {

    static FabricMark of(int width, int height, SplittableRandom random) {
        FabricClass outline = random.nextDouble() < 0.7 ? FabricClass.HOLE : FabricClass.TEAR;
        FabricDamage shape = FabricDamage.of(outline, width, height, random);
        double hue = random.nextDouble() < 0.6 ? random.nextDouble(0.04, 0.13) : random.nextDouble();
        double value = random.nextDouble() < 0.6 ? random.nextDouble(0.04, 0.3) : random.nextDouble(0.6, 0.95);
        float[] ink = FabricPattern.rgb(hue, random.nextDouble(0, 0.7), value);
        boolean printed = random.nextDouble() < 0.35;
        float softness = (float) (printed ? random.nextDouble(0.7, 1.5) : random.nextDouble(3, 12));
        return new FabricMark(shape, softness, ink, (float) random.nextDouble(0.2, printed ? 0.55 : 0.45));
    }

    /** Opacity over the cloth's own colour at a place, 0 to 1. */
    float cover(float x, float y) {
        return strength * (1 - FabricNoise.step(-softness, softness, shape.distance(x, y)));
    }
}
