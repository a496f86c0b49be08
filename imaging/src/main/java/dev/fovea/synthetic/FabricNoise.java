package dev.fovea.synthetic;

/**
 * Noise as a pure function of position and seed. It uses integer hashing and no platform-dependent mathematics, so that
 * images are the same on every machine.
 */
final class FabricNoise {

    private FabricNoise() {}

    /** A number in [0, 1) that belongs to a lattice point. The mixing is MurmurHash3's 32-bit finalizer. */
    static float unit(int x, int y, int seed) {
        int h = x * 0x9E3779B1 ^ y * 0x85EBCA77 ^ seed * 0xC2B2AE3D;
        h = (h ^ (h >>> 16)) * 0x85EBCA6B;
        h = (h ^ (h >>> 13)) * 0xC2B2AE35;
        return ((h ^ (h >>> 16)) >>> 8) * 0x1p-24f;
    }

    /** A number in [-1, 1) that belongs to a lattice point. */
    static float signed(int x, int y, int seed) {
        return 2 * unit(x, y, seed) - 1;
    }

    /** Value noise in [-1, 1]: lattice values one unit apart, joined by Hermite interpolation. */
    static float smooth(float x, float y, int seed) {
        int ix = floor(x);
        int iy = floor(y);
        float fx = ease(x - ix);
        float fy = ease(y - iy);
        float top = lerp(signed(ix, iy, seed), signed(ix + 1, iy, seed), fx);
        float bottom = lerp(signed(ix, iy + 1, seed), signed(ix + 1, iy + 1, seed), fx);
        return lerp(top, bottom, fy);
    }

    /** Three octaves of {@link #smooth}, in about [-1, 1]. */
    static float octaves(float x, float y, int seed) {
        return 0.57f * smooth(x, y, seed)
                + 0.29f * smooth(2 * x, 2 * y, seed + 1)
                + 0.14f * smooth(4 * x, 4 * y, seed + 2);
    }

    static int floor(float x) {
        int i = (int) x;
        return x < i ? i - 1 : i;
    }

    static float lerp(float from, float to, float part) {
        return from + (to - from) * part;
    }

    /** 0 below {@code from}, 1 above {@code to}, smooth between. */
    static float step(float from, float to, float x) {
        return ease(Math.clamp((x - from) / (to - from), 0f, 1f));
    }

    private static float ease(float t) {
        return t * t * (3 - 2 * t);
    }
}
