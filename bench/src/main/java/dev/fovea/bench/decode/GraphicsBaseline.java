package dev.fovea.bench.decode;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;

/**
 * Baseline preprocessing without libraries: ImageIO, then Graphics2D with bilinear interpolation. One step reads four
 * pixels of each 18×18 and aliases. Repeated halving averages, and is what Java's documentation advises for large
 * reductions.
 */
final class GraphicsBaseline {

    /** How the image is brought to size. */
    enum Steps {
        ONE,
        HALVES
    }

    private final int edge;
    private final Steps steps;

    /** Stretches to a square of so many pixels. */
    GraphicsBaseline(int edge, Steps steps) {
        this.edge = edge;
        this.steps = steps;
        // the default cache writes every image to disk first
        ImageIO.setUseCache(false);
    }

    /** {@code [3, edge, edge]}, red first, 0 to 1. */
    float[] tensor(byte[] jpeg) throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(jpeg));
        while (steps == Steps.HALVES && image.getWidth() >= 2 * edge && image.getHeight() >= 2 * edge) {
            image = drawn(image, image.getWidth() / 2, image.getHeight() / 2);
        }
        int[] pixels = drawn(image, edge, edge).getRGB(0, 0, edge, edge, null, 0, edge);
        float[] tensor = new float[3 * pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            tensor[i] = (pixels[i] >> 16 & 0xff) / 255f;
            tensor[pixels.length + i] = (pixels[i] >> 8 & 0xff) / 255f;
            tensor[2 * pixels.length + i] = (pixels[i] & 0xff) / 255f;
        }
        return tensor;
    }

    private static BufferedImage drawn(BufferedImage image, int width, int height) {
        BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = small.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(image, 0, 0, width, height, null);
        graphics.dispose();
        return small;
    }
}
