package dev.fovea.synthetic;

import java.util.List;
import java.util.SplittableRandom;

/**
 * How threads cross. Coordinates are in threads: warp thread {@code i} runs along v between u = i and i + 1. Weft
 * thread {@code j} runs along u between v = j and j + 1.
 */
enum FabricWeave {
    PLAIN,
    TWILL,
    SATIN,
    KNIT;

    private static final List<FabricWeave> ALL = List.of(values());

    static FabricWeave any(SplittableRandom random) {
        return ALL.get(random.nextInt(ALL.size()));
    }

    /** Whether the warp thread covers the weft thread where the two cross. */
    boolean warpOnTop(int i, int j) {
        return switch (this) {
            case PLAIN -> ((i + j) & 1) == 0;
            case TWILL -> ((i + j) & 3) < 2;
            case SATIN -> Math.floorMod(2 * i + j, 5) != 0;
            case KNIT -> true;
        };
    }

    /** How brightly the surface stands out, about 0.4 in the gaps to 1.1 on a thread's crown. */
    float shade(float u, float v) {
        return this == KNIT ? stitch(u, v) : thread(u, v);
    }

    private float thread(float u, float v) {
        int i = FabricNoise.floor(u);
        int j = FabricNoise.floor(v);
        float fu = u - i;
        float fv = v - j;
        boolean warp = warpOnTop(i, j);
        float across = 2 * (warp ? fu : fv) - 1;
        float along = 2 * (warp ? fv : fu) - 1;
        int step = along < 0 ? -1 : 1;
        boolean goesOn = warp ? warpOnTop(i, j + step) : !warpOnTop(i + step, j);
        float dive = goesOn ? 0.06f : 0.42f;
        float twist = FabricNoise.smooth(3 * across + 2 * along + 7 * i, 5 * (warp ? v : u), i * 31 + j);
        return 1.08f - 0.48f * across * across - dive * along * along - 0.08f * across + 0.05f * twist;
    }

    private static float stitch(float u, float v) {
        float centred = 2 * (u - FabricNoise.floor(u)) - 1;
        float leg = Math.abs(centred);
        float slanted = 1.25f * v + 0.75f * leg;
        float along = 2 * (slanted - FabricNoise.floor(slanted)) - 1;
        float across = 2 * leg - 1;
        return 1.1f - 0.4f * across * across - 0.42f * along * along - 0.1f * centred * (1 - leg);
    }
}
