package dev.fovea.synthetic;

import java.util.SplittableRandom;

/** Where a cloth is open. */
sealed interface FabricDamage {

    /** Pixels from the edge of the opening: negative inside it; a lower bound is enough far away. */
    float distance(float x, float y);

    /** Sound cloth. */
    record Whole() implements FabricDamage {
        @Override
        public float distance(float x, float y) {
            return Float.MAX_VALUE;
        }
    }

    /** Two openings in one cloth. */
    record Both(FabricDamage first, FabricDamage second) implements FabricDamage {
        @Override
        public float distance(float x, float y) {
            return Math.min(first.distance(x, y), second.distance(x, y));
        }
    }

    /**
     * A round opening.
     *
     * @param radius in pixels along its longer axis
     * @param aspect the shorter axis as a part of the longer
     * @param cos of the angle of the longer axis
     * @param sin of the same
     * @param rough how far the edge departs from an ellipse, as a part of the radius
     */
    record Hole(float centerX, float centerY, float radius, float aspect, float cos, float sin, float rough, int seed)
            implements FabricDamage {
        @Override
        public float distance(float x, float y) {
            float dx = x - centerX;
            float dy = y - centerY;
            float far = Math.max(Math.abs(dx), Math.abs(dy)) - 1.6f * radius;
            if (far > 12) {
                return far;
            }
            float along = (dx * cos + dy * sin) / radius;
            float across = (dy * cos - dx * sin) / (radius * aspect);
            float reach = (float) Math.sqrt(along * along + across * across);
            float scale = reach < 1e-4f ? 0 : 1 / reach;
            float edge = 1 + rough * FabricNoise.octaves(1.6f * along * scale, 1.6f * across * scale, seed);
            return (reach - edge) * radius * (0.5f + 0.5f * aspect);
        }
    }

    /**
     * A gash of two arms that leave one point, tapering and ragged.
     *
     * @param first the first arm's direction and length
     * @param second the second arm's
     * @param halfWidth in pixels, where the arms meet
     */
    record Tear(float centerX, float centerY, Arm first, Arm second, float halfWidth, int seed)
            implements FabricDamage {

        /** A direction as unit vector, and a length in pixels. */
        record Arm(float x, float y, float length) {}

        @Override
        public float distance(float x, float y) {
            float dx = x - centerX;
            float dy = y - centerY;
            float far = Math.max(Math.abs(dx), Math.abs(dy)) - Math.max(first.length, second.length);
            return far > 12 ? far : Math.min(fromArm(first, dx, dy, 0), fromArm(second, dx, dy, 77));
        }

        private float fromArm(Arm arm, float dx, float dy, int band) {
            float along = dx * arm.x + dy * arm.y;
            float part = along / arm.length;
            float clamped = Math.clamp(part, 0f, 1f);
            float sway = clamped * 0.14f * arm.length * FabricNoise.smooth(1.7f * clamped, band, seed);
            float across = dy * arm.x - dx * arm.y - sway;
            float beyond = part > 1 ? along - arm.length : -along - halfWidth;
            if (beyond > 0) {
                return (float) Math.sqrt(beyond * beyond + across * across);
            }
            int edge = seed + band + (across < 0 ? 1 : 2);
            float ragged = 0.75f + 0.45f * FabricNoise.octaves(along / 9, 0, edge);
            return Math.abs(across) - halfWidth * ragged * (float) Math.sqrt(1 - clamped * clamped);
        }
    }

    /** The damage of a class, somewhere in an image whose shorter edge is {@code size} pixels. */
    static FabricDamage of(FabricClass kind, int width, int height, SplittableRandom random) {
        return switch (kind) {
            case NONE -> new Whole();
            case HOLE -> {
                FabricDamage hole = hole(width, height, random);
                yield random.nextDouble() < 0.2 ? new Both(hole, hole(width, height, random)) : hole;
            }
            case TEAR -> tear(width, height, random);
        };
    }

    private static Hole hole(int width, int height, SplittableRandom random) {
        double angle = random.nextDouble(Math.PI);
        return new Hole(
                width * (float) random.nextDouble(0.2, 0.8),
                height * (float) random.nextDouble(0.2, 0.8),
                Math.min(width, height) * (float) random.nextDouble(0.11, 0.21),
                (float) random.nextDouble(0.55, 1),
                (float) StrictMath.cos(angle),
                (float) StrictMath.sin(angle),
                (float) random.nextDouble(0.15, 0.5),
                random.nextInt());
    }

    private static Tear tear(int width, int height, SplittableRandom random) {
        int size = Math.min(width, height);
        double angle = random.nextDouble(2 * Math.PI);
        double bend = random.nextDouble() < 0.25 ? random.nextDouble(0.5, 0.65) : random.nextDouble(0.92, 1.08);
        return new Tear(
                width * (float) random.nextDouble(0.3, 0.7),
                height * (float) random.nextDouble(0.3, 0.7),
                arm(angle, size, random),
                arm(angle + bend * Math.PI, size, random),
                size * (float) random.nextDouble(0.028, 0.058),
                random.nextInt());
    }

    private static Tear.Arm arm(double angle, int size, SplittableRandom random) {
        float length = size * (float) random.nextDouble(0.26, 0.45);
        return new Tear.Arm((float) StrictMath.cos(angle), (float) StrictMath.sin(angle), length);
    }
}
