package dev.fovea.bench.accuracy;

import java.awt.geom.AffineTransform;
import java.awt.image.AffineTransformOp;
import java.awt.image.BufferedImage;
import java.awt.image.ConvolveOp;
import java.awt.image.Kernel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import java.util.function.UnaryOperator;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;

/** What happens to cameras and uploads, done to an image. */
enum CameraChange {
    NONE(image -> image),
    BRIGHTNESS_MINUS_20(image -> levels(image, value -> value * 0.8)),
    BRIGHTNESS_MINUS_50(image -> levels(image, value -> value * 0.5)),
    BRIGHTNESS_MINUS_75(image -> levels(image, value -> value * 0.25)),
    CONTRAST_40(image -> levels(image, value -> 128 + (value - 128) * 0.4)),
    BLUR_1(image -> blurred(image, 1)),
    BLUR_2(image -> blurred(image, 2)),
    NOISE_10(image -> noisy(image, 10)),
    NOISE_25(image -> noisy(image, 25)),
    JPEG_40(image -> image),
    JPEG_10(image -> image),
    TURNED_90(CameraChange::turned),
    UPSIDE_DOWN(CameraChange::upsideDown);

    private interface Level {
        double of(double value);
    }

    private final UnaryOperator<BufferedImage> change;

    CameraChange(UnaryOperator<BufferedImage> change) {
        this.change = change;
    }

    /** The changed image: PNG, or JPEG where the change is its quality. */
    byte[] apply(byte[] file) throws IOException {
        BufferedImage image = change.apply(rgb(ImageIO.read(new ByteArrayInputStream(file))));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (this == JPEG_40 || this == JPEG_10) {
            jpeg(image, this == JPEG_40 ? 0.4f : 0.1f, out);
        } else {
            ImageIO.write(image, "png", out);
        }
        return out.toByteArray();
    }

    private static void jpeg(BufferedImage image, float quality, ByteArrayOutputStream out) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ImageWriteParam parameters = writer.getDefaultWriteParam();
        parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        parameters.setCompressionQuality(quality);
        try (var stream = ImageIO.createImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.write(null, new IIOImage(image, null, null), parameters);
        } finally {
            writer.dispose();
        }
    }

    private static BufferedImage rgb(BufferedImage image) {
        BufferedImage copy = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
        copy.getGraphics().drawImage(image, 0, 0, null);
        return copy;
    }

    private static BufferedImage levels(BufferedImage image, Level level) {
        return each(image, level);
    }

    private static BufferedImage noisy(BufferedImage image, double sigma) {
        Random random = new Random(image.getRGB(0, 0));
        return each(image, value -> value + random.nextGaussian() * sigma);
    }

    private static BufferedImage each(BufferedImage image, Level level) {
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int rgb = image.getRGB(x, y);
                int changed = 0;
                for (int shift = 16; shift >= 0; shift -= 8) {
                    changed |= Math.clamp(Math.round(level.of((rgb >> shift) & 0xff)), 0, 255) << shift;
                }
                image.setRGB(x, y, changed);
            }
        }
        return image;
    }

    private static BufferedImage blurred(BufferedImage image, double sigma) {
        int radius = (int) Math.ceil(3 * sigma);
        int size = 2 * radius + 1;
        float[] weights = new float[size * size];
        float sum = 0;
        for (int i = 0; i < weights.length; i++) {
            double x = i % size - radius;
            double y = i / size - radius;
            weights[i] = (float) Math.exp(-(x * x + y * y) / (2 * sigma * sigma));
            sum += weights[i];
        }
        for (int i = 0; i < weights.length; i++) {
            weights[i] /= sum;
        }
        return new ConvolveOp(new Kernel(size, size, weights), ConvolveOp.EDGE_NO_OP, null).filter(image, null);
    }

    private static BufferedImage turned(BufferedImage image) {
        return transformed(
                image, AffineTransform.getQuadrantRotateInstance(1, image.getWidth() / 2.0, image.getHeight() / 2.0));
    }

    private static BufferedImage upsideDown(BufferedImage image) {
        AffineTransform flip = AffineTransform.getScaleInstance(1, -1);
        flip.translate(0, -image.getHeight());
        return transformed(image, flip);
    }

    private static BufferedImage transformed(BufferedImage image, AffineTransform transform) {
        BufferedImage target = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
        return new AffineTransformOp(transform, AffineTransformOp.TYPE_NEAREST_NEIGHBOR).filter(image, target);
    }
}
