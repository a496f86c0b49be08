package dev.fovea.storage;

import dev.fovea.datasets.Split;
import dev.fovea.datasets.annotation.AnnotationValue;
import dev.fovea.datasets.curation.IncomingImage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import javax.imageio.ImageIO;

/** Small images of noise, each of its own. */
final class NoiseImages {

    private NoiseImages() {}

    static IncomingImage incoming(int seed, Optional<AnnotationValue> label) {
        byte[] bytes = png(seed);
        return new IncomingImage(
                seed + ".png",
                () -> bytes,
                Optional.empty(),
                Split.UNASSIGNED,
                Optional.empty(),
                new TreeMap<>(),
                label);
    }

    static byte[] png(int seed) {
        Random random = new Random(seed);
        BufferedImage image = new BufferedImage(32, 24, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                image.setRGB(x, y, random.nextInt());
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
