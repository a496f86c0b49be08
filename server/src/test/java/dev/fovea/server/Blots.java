package dev.fovea.server;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import javax.imageio.ImageIO;

/** Drawn blots of one hue on grey, so that the built-in descriptor tells two kinds apart. */
final class Blots {

    private Blots() {}

    static byte[] png(float hue, int seed) {
        Random random = new Random(seed + Float.floatToIntBits(hue));
        BufferedImage image = new BufferedImage(96, 96, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(new Color(random.nextInt(0x404040) + 0x808080));
        graphics.fillRect(0, 0, 96, 96);
        for (int i = 0; i < 10; i++) {
            graphics.setColor(Color.getHSBColor(hue + 0.08f * random.nextFloat(), 1, 0.5f + random.nextFloat() / 2));
            graphics.fillOval(random.nextInt(60), random.nextInt(60), 10 + random.nextInt(40), 10 + random.nextInt(40));
        }
        graphics.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
