package dev.fovea.bench;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;

/** A picture to a tensor as Java does it without libraries: ImageIO, then Graphics2D with bilinear interpolation. */
final class GraphicsBaseline {

    private final int edge;

    /** Stretches to a square of so many pixels. */
    GraphicsBaseline(int edge) {
        this.edge = edge;
        // the default cache writes every picture to disk first
        ImageIO.setUseCache(false);
    }

    /** {@code [3, edge, edge]}, red first, 0 to 1. */
    float[] tensor(byte[] jpeg) throws IOException {
        BufferedImage whole = ImageIO.read(new ByteArrayInputStream(jpeg));
        BufferedImage small = new BufferedImage(edge, edge, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = small.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(whole, 0, 0, edge, edge, null);
        graphics.dispose();
        int[] pixels = small.getRGB(0, 0, edge, edge, null, 0, edge);
        float[] tensor = new float[3 * pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            tensor[i] = (pixels[i] >> 16 & 0xff) / 255f;
            tensor[pixels.length + i] = (pixels[i] >> 8 & 0xff) / 255f;
            tensor[2 * pixels.length + i] = (pixels[i] & 0xff) / 255f;
        }
        return tensor;
    }
}
