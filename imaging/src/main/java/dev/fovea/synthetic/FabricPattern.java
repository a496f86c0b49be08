package dev.fovea.synthetic;

import java.util.List;
import java.util.SplittableRandom;

/** The colours of a cloth: plain, of two-coloured threads, striped, checked, dotted or printed. */
final class FabricPattern {

    private enum Kind {
        SOLID,
        TWO_THREADS,
        STRIPES,
        CHECKS,
        DOTS,
        PRINT;

        /** Each as often as cloth of its kind is met. */
        static final List<Kind> ALL = List.of(
                SOLID, SOLID, SOLID, SOLID, TWO_THREADS, TWO_THREADS, STRIPES, STRIPES, CHECKS, CHECKS, DOTS, PRINT);
    }

    private final Kind kind;
    private final float[][] colors;
    private final float period;
    private final float share;
    private final int seed;

    FabricPattern(SplittableRandom random) {
        this.kind = Kind.ALL.get(random.nextInt(Kind.ALL.size()));
        this.colors = palette(random);
        this.period = (float) random.nextDouble(5, 22);
        this.share = (float) random.nextDouble(0.2, 0.5);
        this.seed = random.nextInt();
    }

    /** The colour {red, green, blue} in 0 to 1 of the thread on top at a place measured in threads. */
    float[] at(float u, float v, boolean warp) {
        return switch (kind) {
            case SOLID -> colors[0];
            case TWO_THREADS -> colors[warp ? 0 : 1];
            case STRIPES -> colors[stripe(u) ? 1 : 0];
            case CHECKS -> colors[warp ? (stripe(u) ? 1 : 0) : (stripe(v) ? 2 : 0)];
            case DOTS -> colors[dot(u, v) ? 1 : 0];
            case PRINT -> print(u, v);
        };
    }

    /** The brightness of the cloth's main colour, 0 to 1. */
    float brightness() {
        return (colors[0][0] + colors[0][1] + colors[0][2]) / 3;
    }

    private boolean stripe(float along) {
        float position = FabricNoise.floor(along) / period;
        return position - FabricNoise.floor(position) < share;
    }

    private boolean dot(float u, float v) {
        float row = v / period;
        int line = FabricNoise.floor(row);
        float column = u / period + 0.5f * (line & 1);
        float x = column - FabricNoise.floor(column) - 0.5f;
        float y = row - line - 0.5f;
        return x * x + y * y < 0.25f * share * share + 0.015f;
    }

    private float[] print(float u, float v) {
        float first = FabricNoise.smooth(u / period, v / period, seed);
        if (first > 0.35f) {
            return colors[1];
        }
        return first < -0.4f ? colors[2] : colors[0];
    }

    private static float[][] palette(SplittableRandom random) {
        double hue = random.nextDouble();
        double saturation = random.nextDouble() < 0.3 ? random.nextDouble(0, 0.12) : random.nextDouble(0.12, 0.58);
        double value = random.nextDouble(0.28, 0.92);
        return new float[][] {
            rgb(hue, saturation, value),
            rgb(hue + random.nextDouble(-0.12, 0.3), random.nextDouble(0, 0.5), other(value, random)),
            rgb(hue + random.nextDouble(0.2, 0.8), random.nextDouble(0.05, 0.5), other(value, random))
        };
    }

    private static double other(double value, SplittableRandom random) {
        double step = random.nextDouble(0.08, 0.3);
        return Math.clamp(value < 0.55 ? value + step : value - step, 0.12, 0.95);
    }

    /** Hue (1 is a full turn), saturation and value to red, green, blue. */
    static float[] rgb(double hue, double saturation, double value) {
        float[] rgb = new float[3];
        for (int channel = 0; channel < 3; channel++) {
            double k = (5 - 2 * channel + 6 * (hue - StrictMath.floor(hue))) % 6;
            rgb[channel] = (float) (value * (1 - saturation * Math.clamp(Math.min(k, 4 - k), 0, 1)));
        }
        return rgb;
    }
}
