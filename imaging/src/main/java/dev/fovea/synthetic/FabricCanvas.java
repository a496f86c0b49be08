package dev.fovea.synthetic;

/** Red, green and blue as numbers around 0 to 1, drawn on before they become bytes. */
final class FabricCanvas {

    private final int width;
    private final int height;
    private final float[] rgb;

    FabricCanvas(int width, int height) {
        this.width = width;
        this.height = height;
        this.rgb = new float[3 * width * height];
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    void set(int x, int y, float red, float green, float blue) {
        int at = 3 * (y * width + x);
        rgb[at] = red;
        rgb[at + 1] = green;
        rgb[at + 2] = blue;
    }

    /** Lays a colour times {@code light} over a pixel; a pixel outside is left out. */
    void blend(int x, int y, float[] color, float light, float cover) {
        if (x < 0 || y < 0 || x >= width || y >= height || cover <= 0) {
            return;
        }
        int at = 3 * (y * width + x);
        for (int channel = 0; channel < 3; channel++) {
            rgb[at + channel] = FabricNoise.lerp(rgb[at + channel], color[channel] * light, cover);
        }
    }

    /** Multiplies a pixel's light; a pixel outside is left out. */
    void shade(int x, int y, float factor) {
        if (x >= 0 && y >= 0 && x < width && y < height) {
            int at = 3 * (y * width + x);
            rgb[at] *= factor;
            rgb[at + 1] *= factor;
            rgb[at + 2] *= factor;
        }
    }

    /** A thread from one end to the other by way of a control point (quadratic Bézier), with its own small shadow. */
    void thread(float[] xs, float[] ys, float radius, float[] color) {
        float span =
                Math.abs(xs[1] - xs[0]) + Math.abs(ys[1] - ys[0]) + Math.abs(xs[2] - xs[1]) + Math.abs(ys[2] - ys[1]);
        int steps = Math.max(2, (int) (1.3f * span));
        for (int step = 0; step <= steps; step++) {
            float t = step / (float) steps;
            float x = (1 - t) * (1 - t) * xs[0] + 2 * t * (1 - t) * xs[1] + t * t * xs[2];
            float y = (1 - t) * (1 - t) * ys[0] + 2 * t * (1 - t) * ys[1] + t * t * ys[2];
            float twist = 0.92f + 0.16f * FabricNoise.unit(step / 3, 0, 5);
            stamp(x, y, radius, color, twist);
        }
    }

    private void stamp(float x, float y, float radius, float[] color, float light) {
        int reach = (int) (radius + 1.5f);
        for (int py = (int) y - reach; py <= (int) y + reach; py++) {
            for (int px = (int) x - reach; px <= (int) x + reach; px++) {
                float away = (float) Math.sqrt((px - x) * (px - x) + (py - y) * (py - y));
                float cover = Math.clamp(radius + 0.5f - away, 0f, 1f);
                blend(px, py, color, light * (1.05f - 0.25f * away / (radius + 0.5f)), 0.75f * cover);
            }
        }
    }

    /** Interleaved bytes, red first; each channel is multiplied by its gain. */
    byte[] toRgb(float[] gain) {
        byte[] bytes = new byte[rgb.length];
        for (int at = 0; at < rgb.length; at += 3) {
            for (int channel = 0; channel < 3; channel++) {
                float value = Math.clamp(rgb[at + channel] * gain[channel], 0f, 1f);
                bytes[at + channel] = (byte) (255 * value + 0.5f);
            }
        }
        return bytes;
    }
}
