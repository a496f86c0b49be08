package dev.fovea.bench;

import dev.fovea.synthetic.Fabric;
import dev.fovea.synthetic.FabricClass;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** A phone's photograph, drawn: 4000×3000 pixels tiled with cloth, JPEG of quality 90. The same bytes on every run. */
public final class Photograph {

    private static final int WIDTH = 4000;
    private static final int HEIGHT = 3000;
    private static final int TILE = 500;
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
