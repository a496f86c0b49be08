package dev.fovea.bench;

import dev.fovea.synthetic.Fabric;
import dev.fovea.synthetic.FabricClass;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.SplittableRandom;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/**
 * Photographs of a phone's size. Drawn: 4000×3000 pixels tiled with cloth, JPEG of quality 90. The same bytes on every
 * run.
 */
public final class Photograph {

    private static final int WIDTH = 4000;
    private static final int HEIGHT = 3000;
    private static final int TILE = 500;
    private static final int NOISE = 6;
    private static final float QUALITY = 0.9f;

    private Photograph() {}

    public static byte[] twelveMegapixels() throws IOException {
        BufferedImage canvas = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = canvas.createGraphics();
        FabricClass[] kinds = FabricClass.values();
        int seed = 0;
        for (int y = 0; y < HEIGHT; y += TILE) {
            for (int x = 0; x < WIDTH; x += TILE) {
                byte[] cloth = Fabric.jpeg(kinds[seed % kinds.length], seed, Fabric.Conditions.USUAL);
                graphics.drawImage(ImageIO.read(new ByteArrayInputStream(cloth)), x, y, TILE, TILE, null);
                seed++;
            }
        }
        graphics.dispose();
        return jpeg(canvas);
    }

    /**
     * A photograph as a phone would have taken it: enlarged to 4000×3000 pixels, with the noise of a sensor, JPEG of
     * quality 90. The same bytes on every run.
     *
     * @param photograph an image file of any size
     * @param seed of the noise
     */
    public static byte[] twelveMegapixels(byte[] photograph, long seed) throws IOException {
        BufferedImage canvas = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = canvas.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        graphics.drawImage(ImageIO.read(new ByteArrayInputStream(photograph)), 0, 0, WIDTH, HEIGHT, null);
        graphics.dispose();
        byte[] pixels = ((DataBufferByte) canvas.getRaster().getDataBuffer()).getData();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < pixels.length; i++) {
            int noisy = (pixels[i] & 0xFF) + random.nextInt(-NOISE, NOISE + 1);
            pixels[i] = (byte) Math.clamp(noisy, 0, 255);
        }
        return jpeg(canvas);
    }

    /** A photograph of 500×375 pixels, drawn as above, of a size that is usual on the web. */
    public static byte[] small() throws IOException {
        BufferedImage canvas = new BufferedImage(TILE, TILE * HEIGHT / WIDTH, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = canvas.createGraphics();
        byte[] cloth = Fabric.jpeg(FabricClass.NONE, 0, Fabric.Conditions.USUAL);
        graphics.drawImage(
                ImageIO.read(new ByteArrayInputStream(cloth)), 0, 0, canvas.getWidth(), canvas.getHeight(), null);
        graphics.dispose();
        return jpeg(canvas);
    }

    private static byte[] jpeg(BufferedImage image) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ImageWriteParam settings = writer.getDefaultWriteParam();
        settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        settings.setCompressionQuality(QUALITY);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream target = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(target);
            writer.write(null, new IIOImage(image, null, null), settings);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
