package dev.fovea.synthetic;

import java.util.SplittableRandom;

/** What lies on the cloth or comes into the image: loose threads, lint, a sewn-on tag, a finger, a seam. */
final class FabricThings {

    private final FabricCanvas canvas;
    private final SplittableRandom random;

    FabricThings(FabricCanvas canvas, SplittableRandom random) {
        this.canvas = canvas;
        this.random = random;
    }

    /** Torn ends of the cloth's own threads: across a tear, into a hole. */
    void looseThreads(FabricCloth cloth) {
        looseThreads(cloth.damage(), cloth, between(0, 0.6));
    }

    private void looseThreads(FabricDamage damage, FabricCloth cloth, float bleach) {
        int count = random.nextInt(2, 9);
        switch (damage) {
            case FabricDamage.Whole() -> {}
            case FabricDamage.Both(FabricDamage first, FabricDamage second) -> {
                looseThreads(first, cloth, bleach);
                looseThreads(second, cloth, bleach);
            }
            case FabricDamage.Hole hole -> {
                for (int k = 0; k < count; k++) {
                    intoHole(hole, cloth.looseThread(7 * k, 3 * k, bleach));
                }
            }
            case FabricDamage.Tear tear -> {
                for (int k = 0; k < count; k++) {
                    FabricDamage.Tear.Arm arm = random.nextBoolean() ? tear.first() : tear.second();
                    acrossTear(tear, arm, cloth.looseThread(7 * k, 3 * k, bleach));
                }
            }
        }
    }

    private void intoHole(FabricDamage.Hole hole, float[] color) {
        double angle = random.nextDouble(2 * Math.PI);
        double turned = angle + random.nextDouble(-0.9, 0.9);
        float inner = between(0.3, 0.9) * hole.radius() * hole.aspect();
        curve(
                hole.centerX() + hole.radius() * (float) StrictMath.cos(angle),
                hole.centerY() + hole.radius() * hole.aspect() * (float) StrictMath.sin(angle),
                hole.centerX() + inner * (float) StrictMath.cos(turned),
                hole.centerY() + inner * (float) StrictMath.sin(turned),
                0.5f * hole.radius(),
                color);
    }

    private void acrossTear(FabricDamage.Tear tear, FabricDamage.Tear.Arm arm, float[] color) {
        float along = between(0, 0.85) * arm.length();
        float x = tear.centerX() + along * arm.x();
        float y = tear.centerY() + along * arm.y();
        float reach = tear.halfWidth() * between(0.6, 1.5);
        float slant = between(-0.8, 0.8) * reach;
        curve(
                x - reach * arm.y() + slant * arm.x(),
                y + reach * arm.x() + slant * arm.y(),
                x + reach * arm.y(),
                y - reach * arm.x(),
                reach,
                color);
    }

    /** A thread or hair that has fallen on the cloth. */
    void lint() {
        float x = between(0.05, 0.95) * canvas.width();
        float y = between(0.05, 0.95) * canvas.height();
        float value = random.nextBoolean() ? between(0.05, 0.3) : between(0.7, 0.95);
        float[] color = FabricPattern.rgb(random.nextDouble(), random.nextDouble(0, 0.5), value);
        curve(x, y, x + between(-90, 90), y + between(-90, 90), 60, color);
    }

    private void curve(float fromX, float fromY, float toX, float toY, float sway, float[] color) {
        float midX = 0.5f * (fromX + toX) + sway * between(-0.7, 0.7);
        float midY = 0.5f * (fromY + toY) + sway * between(-0.7, 0.7);
        float[] xs = {fromX, midX, toX};
        float[] ys = {fromY, midY, toY};
        canvas.thread(xs, ys, between(0.4, 1.3), color);
    }

    /** A line of stitches with the shadow of the fold beside it. */
    void seam() {
        float offset = between(0.1, 0.9) * canvas.width();
        float slope = between(-0.25, 0.25);
        float stitch = between(7, 13);
        float[] color =
                FabricPattern.rgb(random.nextDouble(), random.nextDouble(0, 0.4), random.nextDouble(0.15, 0.95));
        for (int y = 0; y < canvas.height(); y++) {
            int x = (int) (offset + slope * y);
            for (int d = -7; d <= 7; d++) {
                canvas.shade(x + d, y, 1 - 0.3f * Math.max(0, 1 - Math.abs(d - 1) / 5f));
            }
        }
        for (float y = 0; y < canvas.height(); y += stitch) {
            float x = offset + slope * y + 9;
            float end = y + 0.62f * stitch;
            canvas.thread(new float[] {x, x + 0.6f, x}, new float[] {y, y + 0.3f * stitch, end}, 1f, color);
        }
    }

    /** A woven label at the border, with lines like writing. */
    void tag() {
        int tagWidth = random.nextInt(36, 70);
        int tagHeight = random.nextInt(22, 40);
        int left = random.nextBoolean() ? random.nextInt(-10, 12) : canvas.width() - tagWidth + random.nextInt(-12, 10);
        int top = random.nextInt(0, canvas.height() - tagHeight);
        float[] paper =
                FabricPattern.rgb(random.nextDouble(), random.nextDouble(0, 0.15), random.nextDouble(0.65, 0.97));
        int seed = random.nextInt();
        for (int y = -3; y < tagHeight + 4; y++) {
            for (int x = -3; x < tagWidth + 4; x++) {
                if (x < 0 || y < 0 || x >= tagWidth || y >= tagHeight) {
                    canvas.shade(left + x, top + y, 0.78f);
                } else {
                    canvas.blend(left + x, top + y, paper, letter(x, y, tagWidth, tagHeight, seed), 1);
                }
            }
        }
    }

    private static float letter(int x, int y, int width, int height, int seed) {
        boolean margin = x < 5 || x > width - 6 || y < 5 || y > height - 6;
        boolean ink = !margin && y % 7 < 4 && FabricNoise.unit(x / 2, y / 2, seed) < 0.6f && x % 9 < 7;
        return (ink ? 0.35f : 1) * (0.96f + 0.05f * (y & 1));
    }

    /** A fingertip that reaches in from the border, unless it would hide the damage. */
    void finger(FabricDamage damage) {
        float radius = between(0.09, 0.15) * canvas.width();
        float reach = between(0.1, 0.3) * canvas.height();
        boolean fromTop = random.nextBoolean();
        float tipX = between(0.1, 0.9) * canvas.width();
        float tipY = fromTop ? reach : canvas.height() - reach;
        float slant = between(-0.5, 0.5);
        if (damage.distance(tipX, tipY) < 1.8f * radius
                || damage.distance(tipX, fromTop ? 0 : canvas.height()) < radius) {
            return;
        }
        float[] skin = FabricPattern.rgb(
                random.nextDouble(0.045, 0.08), random.nextDouble(0.28, 0.5), random.nextDouble(0.4, 0.95));
        for (int y = 0; y < canvas.height(); y++) {
            float behind = fromTop ? tipY - y : y - tipY;
            float axis = tipX + slant * Math.max(0, behind);
            for (int x = (int) (axis - 2 * radius); x < axis + 2 * radius; x++) {
                fingerPixel(x, y, x - axis, Math.min(0, behind), radius, skin);
            }
        }
    }

    private void fingerPixel(int x, int y, float across, float beyond, float radius, float[] skin) {
        float away = (float) Math.sqrt(across * across + beyond * beyond) / radius;
        if (away < 1.35f) {
            canvas.shade(x, y, 1 - 0.45f * (1 - FabricNoise.step(0.9f, 1.35f, away)));
        }
        float round = (float) Math.sqrt(Math.max(0.05f, 1 - away * away));
        float pores = 1 + 0.05f * FabricNoise.smooth(x / 2f, y / 3f, 3);
        canvas.blend(
                x,
                y,
                skin,
                (0.62f + 0.4f * round - 0.14f * across / radius) * pores,
                1 - FabricNoise.step(0.86f, 1.03f, away));
    }

    private float between(double low, double high) {
        return (float) random.nextDouble(low, high);
    }
}
