package dev.fovea.bench.drift;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.ConvolveOp;
import java.awt.image.Kernel;
import java.awt.image.RescaleOp;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** What is done to the images of traffic, each of which is a JPEG of quality 90 before. */
enum PixelChange {
    /** As they come from four cameras that differ a little. */
    NONE,
    /** Brightness −20 %. */
    DARKER,
    /** Gaussian blur with σ = 1 pixel. */
    BLURRED,
    /** JPEG quality 40 in place of 90. */
    COMPRESSED,
    /** The fourth camera is another one: warmer, with more contrast and noise. */
    CAMERA;

    private static final float[][] CAMERAS = {{1, 1, 1}, {1.03f, 1, 0.98f}, {0.97f, 1, 1.02f}, {1, 1.02f, 1}};
    private static final float[] REPLACED = {1.12f, 1.02f, 0.88f};

    /** The file of the image with a number, which decides about its camera. */
    byte[] apply(byte[] file, int number) throws IOException {
        BufferedImage image = rgb(ImageIO.read(new ByteArrayInputStream(file)));
        int camera = number % CAMERAS.length;
        RandomGenerator random = new SplittableRandom(number);
        BufferedImage taken = switch (this) {
            case NONE, COMPRESSED -> scaled(image, CAMERAS[camera], 1);
            case DARKER -> scaled(image, CAMERAS[camera], 0.8f);
            case BLURRED -> blurred(scaled(image, CAMERAS[camera], 1));
            case CAMERA ->
                camera == CAMERAS.length - 1
                        ? noisy(scaled(image, REPLACED, 1), 4, random)
                        : scaled(image, CAMERAS[camera], 1);
        };
        return jpeg(taken, this == COMPRESSED ? 0.4f : 0.9f);
    }

    private static BufferedImage rgb(BufferedImage image) {
        BufferedImage rgb = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = rgb.createGraphics();
        graphics.drawImage(image, 0, 0, null);
        graphics.dispose();
        return rgb;
    }

    private static BufferedImage scaled(BufferedImage image, float[] factors, float light) {
        float[] all = {factors[0] * light, factors[1] * light, factors[2] * light};
        return new RescaleOp(all, new float[3], null).filter(image, null);
    }

    private static BufferedImage blurred(BufferedImage image) {
        float[] kernel = new float[49];
        float sum = 0;
        for (int y = -3; y <= 3; y++) {
            for (int x = -3; x <= 3; x++) {
                kernel[(y + 3) * 7 + x + 3] = (float) Math.exp(-(x * x + y * y) / 2.0);
                sum += kernel[(y + 3) * 7 + x + 3];
            }
        }
        for (int i = 0; i < kernel.length; i++) {
            kernel[i] /= sum;
        }
        return new ConvolveOp(new Kernel(7, 7, kernel), ConvolveOp.EDGE_NO_OP, null).filter(image, null);
    }

    private static BufferedImage noisy(BufferedImage image, double deviation, RandomGenerator random) {
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int pixel = image.getRGB(x, y);
                int noise = (int) Math.round(deviation * random.nextGaussian());
                int red = Math.clamp((pixel >> 16 & 255) + noise, 0, 255);
                int green = Math.clamp((pixel >> 8 & 255) + noise, 0, 255);
                int blue = Math.clamp((pixel & 255) + noise, 0, 255);
                image.setRGB(x, y, red << 16 | green << 8 | blue);
            }
        }
        return image;
    }

    private static byte[] jpeg(BufferedImage image, float quality) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            parameters.setCompressionQuality(quality);
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), parameters);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
