package dev.fovea.synthetic;

import dev.fovea.imaging.Image;
import dev.fovea.imaging.ImageWriter;
import dev.fovea.imaging.Natives;
import dev.fovea.imaging.PixelBytes;
import java.util.SplittableRandom;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * Renders synthetic photographs of cloth: woven or knitted, sound, with a hole or with a tear. Colour, light and wear
 * vary. Sound cloth has stains, prints, creases and seams with the outlines of damage, so that counting dark pixels is
 * not enough.
 *
 * <p>A class and a seed determine every byte. Stateless and thread-safe.
 */
public final class Fabric {

    private Fabric() {}

    /**
     * Light and camera: the same seed under other conditions shows the same cloth.
     *
     * @param light factor on the light, 1 as drawn
     * @param redCast factor on red
     * @param blueCast factor on blue
     * @param blur standard deviation in pixels of a Gaussian blur added to the camera's own
     * @param noise standard deviation of sensor noise in grey levels of 255, added to the camera's own
     */
    public record Conditions(double light, double redCast, double blueCast, double blur, double noise) {

        /** As drawn. */
        public static final Conditions USUAL = new Conditions(1, 1, 1, 0, 0);

        public Conditions {
            if (!(light > 0 && redCast > 0 && blueCast > 0 && blur >= 0 && noise >= 0)) {
                throw new IllegalArgumentException(
                        "factors %s, %s, %s must be positive, blur %s and noise %s not negative"
                                .formatted(light, redCast, blueCast, blur, noise));
            }
        }
    }

    /** An image of 256 to 352 pixels on each side, as the bytes of a JPEG file of quality 55 to 95. */
    public static byte[] jpeg(FabricClass kind, long seed, Conditions conditions) {
        Natives.load();
        SplittableRandom random = new SplittableRandom(31 * seed + kind.label().hashCode());
        SplittableRandom camera = random.split();
        int quality = camera.nextInt(55, 96);
        try (Image seen = photograph(draw(kind, random), conditions, camera)) {
            return new ImageWriter().jpeg(seen, quality);
        }
    }

    private static FabricCanvas draw(FabricClass kind, SplittableRandom random) {
        int width = 16 * random.nextInt(16, 23);
        int height = 16 * random.nextInt(16, 23);
        FabricCanvas canvas = new FabricCanvas(width, height);
        int marks = random.nextDouble() < (kind == FabricClass.NONE ? 0.35 : 0.12) ? 1 : 0;
        FabricDamage damage = FabricDamage.of(kind, width, height, random);
        FabricCloth cloth = new FabricCloth(damage, width, height, marks, random);
        cloth.draw(canvas);
        FabricThings things = new FabricThings(canvas, random);
        if (random.nextDouble() < 0.12) {
            things.seam();
        }
        things.looseThreads(cloth);
        if (random.nextDouble() < 0.3) {
            things.lint();
        }
        if (random.nextDouble() < 0.1) {
            things.tag();
        }
        if (random.nextDouble() < 0.1) {
            things.finger(damage);
        }
        return canvas;
    }

    /** What a camera makes of the canvas; the caller closes it. */
    private static Image photograph(FabricCanvas canvas, Conditions conditions, SplittableRandom camera) {
        double warmth = camera.nextDouble(0.93, 1.07);
        float[] gain = {
            (float) (conditions.light() * conditions.redCast() * warmth),
            (float) conditions.light(),
            (float) (conditions.light() * conditions.blueCast() / warmth)
        };
        double ownBlur = camera.nextDouble(0.4, 1.1);
        double ownNoise = camera.nextDouble(0.5, 5);
        int seed = camera.nextInt();
        double sigma = Math.hypot(ownBlur, conditions.blur());
        try (Image sharp = Image.of(canvas.toRgb(gain), canvas.width(), canvas.height(), 3);
                Mat blurred = new Mat();
                Size automatic = new Size(0, 0)) {
            opencv_imgproc.GaussianBlur(sharp.mat(), blurred, automatic, sigma);
            byte[] bytes = PixelBytes.copy(blurred);
            addNoise(bytes, (float) Math.hypot(ownNoise, conditions.noise()), seed);
            Mat noisy = new Mat(canvas.height(), canvas.width(), blurred.type());
            noisy.data().put(bytes);
            return new Image(noisy);
        }
    }

    /** Approximately normal: the sum of three uniform numbers, with standard deviation 1. */
    private static void addNoise(byte[] bytes, float deviation, int seed) {
        for (int at = 0; at < bytes.length; at++) {
            float sum =
                    FabricNoise.signed(at, 0, seed) + FabricNoise.signed(at, 1, seed) + FabricNoise.signed(at, 2, seed);
            int value = Math.round((bytes[at] & 255) + deviation * sum);
            bytes[at] = (byte) Math.clamp(value, 0, 255);
        }
    }
}
