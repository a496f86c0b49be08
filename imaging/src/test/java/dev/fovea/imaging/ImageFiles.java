package dev.fovea.imaging;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.global.opencv_imgcodecs;

/** Valid files of every format, made on the spot. */
public final class ImageFiles {

    private ImageFiles() {}

    /** Red, green, blue and white quarters with a soft pattern; {@code width × height × 3} bytes. */
    static byte[] quarters(int width, int height) {
        byte[] rgb = new byte[width * height * 3];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int at = (y * width + x) * 3;
                boolean left = x < width / 2;
                boolean top = y < height / 2;
                rgb[at] = (byte) (left == top ? 230 : 20);
                rgb[at + 1] = (byte) (top ? 30 : 200);
                rgb[at + 2] = (byte) (left ? 40 : 220);
            }
        }
        return rgb;
    }

    public static byte[] noise(int width, int height, long seed) {
        byte[] rgb = new byte[width * height * 3];
        new Random(seed).nextBytes(rgb);
        return rgb;
    }

    static byte[] jpeg(byte[] rgb, int width, int height) {
        try (Image image = Image.of(rgb, width, height, 3)) {
            return new ImageWriter().jpeg(image, 95);
        }
    }

    static byte[] png(byte[] rgb, int width, int height) {
        try (Image image = Image.of(rgb, width, height, 3)) {
            return new ImageWriter().png(image);
        }
    }

    /** One small valid file per format. */
    public static Map<ImageFormat, byte[]> all() {
        byte[] rgb = quarters(24, 16);
        Map<ImageFormat, byte[]> files = new EnumMap<>(ImageFormat.class);
        for (ImageFormat format : ImageFormat.values()) {
            files.put(format, encoded(rgb, 24, 16, format));
        }
        return files;
    }

    private static byte[] encoded(byte[] rgb, int width, int height, ImageFormat format) {
        try (Image image = Image.of(rgb, width, height, 3);
                BytePointer out = new BytePointer();
                IntPointer options = new IntPointer()) {
            opencv_imgcodecs.imencode(format.extensions().getFirst(), image.mat(), out, options);
            byte[] bytes = new byte[(int) out.limit()];
            out.get(bytes);
            return bytes;
        }
    }

    static byte[] png(BufferedImage image) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ImageIO.write(image, "png", out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** A PNG of one translucent colour. */
    public static byte[] translucentPng(int red, int green, int blue, int alpha) {
        BufferedImage image = new BufferedImage(4, 4, BufferedImage.TYPE_INT_ARGB);
        for (int i = 0; i < 16; i++) {
            image.setRGB(i % 4, i / 4, alpha << 24 | red << 16 | green << 8 | blue);
        }
        return png(image);
    }

    /** A PNG with a palette of two colours, a chessboard of both. */
    static byte[] palettePng() {
        IndexColorModel palette = new IndexColorModel(
                1, 2, new byte[] {(byte) 250, 10}, new byte[] {20, (byte) 240}, new byte[] {30, (byte) 130});
        BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_BINARY, palette);
        WritableRaster raster = image.getRaster();
        for (int i = 0; i < 64; i++) {
            raster.setSample(i % 8, i / 8, 0, (i + i / 8) % 2);
        }
        return png(image);
    }

    /** A grey PNG of 16 bits, all of one value. */
    static byte[] deepPng(int value) {
        BufferedImage image = new BufferedImage(4, 4, BufferedImage.TYPE_USHORT_GRAY);
        for (int i = 0; i < 16; i++) {
            image.getRaster().setSample(i % 4, i / 4, 0, value);
        }
        return png(image);
    }

    /** The JPEG with an EXIF block of one tag, the orientation, written by hand after the SOI marker. */
    static byte[] withOrientation(byte[] jpeg, int orientation, ByteOrder order) {
        ByteBuffer tiff = ByteBuffer.allocate(26).order(order);
        tiff.put((order == ByteOrder.LITTLE_ENDIAN ? "II" : "MM").getBytes(StandardCharsets.US_ASCII));
        tiff.putShort((short) 42).putInt(8).putShort((short) 1);
        tiff.putShort((short) 274)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) orientation)
                .putShort((short) 0);
        tiff.putInt(0);
        ByteBuffer out = ByteBuffer.allocate(jpeg.length + 36);
        out.put(jpeg, 0, 2).putShort((short) 0xffe1).putShort((short) 34);
        out.put("Exif\0\0".getBytes(StandardCharsets.US_ASCII)).put(tiff.array());
        return out.put(jpeg, 2, jpeg.length - 2).array();
    }
}
