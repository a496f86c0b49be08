package dev.fovea.synthetic;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A piece of cloth as it lies before the camera: draws weave, colours, marks, light and the opening, pixel by pixel.
 */
final class FabricCloth {

    private final FabricWeave weave;
    private final FabricPattern pattern;
    private final FabricBacking backing;
    private final FabricLight light;
    private final FabricDamage damage;
    private final List<FabricMark> marks = new ArrayList<>();
    private final int seed;
    private final float pitch;
    private final float cos;
    private final float sin;
    private final float ripple;
    private final float fray;
    private final float slub;
    private final float curl;

    FabricCloth(FabricDamage damage, int width, int height, int markCount, SplittableRandom random) {
        this.damage = damage;
        this.weave = FabricWeave.any(random);
        this.pattern = new FabricPattern(random);
        this.backing = new FabricBacking(pattern.brightness(), random);
        this.light = new FabricLight(random);
        this.seed = random.nextInt();
        this.pitch = (float) random.nextDouble(3.2, 8.5);
        double angle = random.nextDouble() < 0.5 ? random.nextDouble(-0.15, 0.15) : random.nextDouble(2 * Math.PI);
        this.cos = (float) StrictMath.cos(angle) / pitch;
        this.sin = (float) StrictMath.sin(angle) / pitch;
        this.ripple = (float) random.nextDouble(1, 9);
        this.fray = (float) random.nextDouble(1.5, 5.5);
        this.slub = (float) random.nextDouble(0.04, 0.16);
        this.curl = (float) random.nextDouble(-0.3, 0.45);
        for (int mark = 0; mark < markCount; mark++) {
            marks.add(FabricMark.of(width, height, random));
        }
    }

    FabricDamage damage() {
        return damage;
    }

    /** A colour of this cloth's threads, bleached a little as torn threads are. */
    float[] looseThread(float u, float v, float bleach) {
        float[] color = pattern.at(u, v, true);
        return new float[] {
            FabricNoise.lerp(color[0], 0.93f, bleach),
            FabricNoise.lerp(color[1], 0.91f, bleach),
            FabricNoise.lerp(color[2], 0.87f, bleach)
        };
    }

    void draw(FabricCanvas canvas) {
        int width = canvas.width();
        int height = canvas.height();
        int size = Math.max(width, height);
        FabricField bright = new FabricField(width, height, (x, y) -> light.at(x, y, size));
        FabricField shiftX = new FabricField(width, height, (x, y) -> ripple(x, y, seed + 1));
        FabricField shiftY = new FabricField(width, height, (x, y) -> ripple(x, y, seed + 2));
        float[] color = new float[3];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                float px = x + shiftX.at(x, y);
                float py = y + shiftY.at(x, y);
                float shade = bright.at(x, y) * surface(x, y, cos * px + sin * py, cos * py - sin * px, color);
                canvas.set(x, y, color[0] * shade, color[1] * shade, color[2] * shade);
            }
        }
    }

    /** Writes the colour seen at a place and returns the factor on it; u and v are the place in threads. */
    private float surface(int x, int y, float u, float v, float[] color) {
        float away = damage.distance(x, y);
        if (away > 14) {
            return cloth(x, y, u, v, color);
        }
        int i = FabricNoise.floor(u);
        int j = FabricNoise.floor(v);
        boolean warp = away > fray * FabricNoise.signed(i, 0, seed + 3);
        boolean weft = away > fray * FabricNoise.signed(0, j, seed + 4);
        boolean covered = (warp && weft) || (warp && lone(u - i, i)) || (weft && lone(v - j, j));
        if (!covered) {
            return opening(x, y, away, color);
        }
        float rim = FabricNoise.step(0, 10, Math.max(0, away));
        float lifted = 1 + curl * (1 - rim) * facing(x, y);
        return lifted * cloth(x, y, u, v, color);
    }

    /** Whether a thread whose crossing threads are gone, and which has narrowed, is still here. */
    private static boolean lone(float across, int thread) {
        return Math.abs(across - 0.5f + 0.2f * FabricNoise.signed(thread, 9, 1)) < 0.27f;
    }

    private float opening(int x, int y, float away, float[] color) {
        float[] behind = backing.color();
        System.arraycopy(behind, 0, color, 0, 3);
        float towardsLight = damage.distance(x + 6 * light.directionX(), y + 6 * light.directionY());
        float shadow = 0.5f + 0.5f * FabricNoise.step(-1, 3, -towardsLight);
        float depth = 0.72f + 0.28f * FabricNoise.step(0, 9, -away);
        return shadow * depth * backing.grain(x, y);
    }

    /** -1 to 1: whether the rim of the opening at a place looks towards the light. */
    private float facing(int x, int y) {
        float dx = damage.distance(x + 2, y) - damage.distance(x - 2, y);
        float dy = damage.distance(x, y + 2) - damage.distance(x, y - 2);
        return Math.clamp(0.3f * (dx * light.directionX() + dy * light.directionY()), -1f, 1f);
    }

    private float cloth(int x, int y, float u, float v, float[] color) {
        int i = FabricNoise.floor(u);
        int j = FabricNoise.floor(v);
        boolean warp = weave.warpOnTop(i, j);
        System.arraycopy(pattern.at(u, v, warp), 0, color, 0, 3);
        for (FabricMark mark : marks) {
            stain(color, mark.ink(), mark.cover(x, y));
        }
        float own = warp ? FabricNoise.signed(i, 1, seed) : FabricNoise.signed(1, j, seed);
        float slubs = warp ? FabricNoise.smooth(v / 9, i, seed + 5) : FabricNoise.smooth(u / 9, j, seed + 6);
        float fibre = FabricNoise.signed(x, y, seed + 7);
        return weave.shade(u, v) * (1 + 0.07f * own + slub * slubs + 0.05f * fibre);
    }

    private static void stain(float[] color, float[] ink, float cover) {
        if (cover > 0) {
            for (int channel = 0; channel < 3; channel++) {
                color[channel] = FabricNoise.lerp(color[channel], ink[channel], cover);
            }
        }
    }

    private float ripple(float x, float y, int noise) {
        return ripple * FabricNoise.smooth(x / 70, y / 70, noise);
    }
}
