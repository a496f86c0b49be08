package dev.fovea.training;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;

/** A data set that trains in seconds: horizontal stripes, vertical stripes, and noise, in random colours. */
final class TinyImages {

    static final List<String> LABELS = List.of("across", "along", "noise");

    private static final int EDGE = 40;

    private TinyImages() {}

    static List<Sample> draw(Path folder, int perClass, long seed) {
        List<Sample> samples = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < perClass * LABELS.size(); i++) {
            int label = i % LABELS.size();
            Path file = folder.resolve("%d-%d.png".formatted(seed, i));
            try {
                ImageIO.write(image(label, random), "png", file.toFile());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            samples.add(new Sample(file, label));
        }
        return samples;
    }

    private static BufferedImage image(int label, SplittableRandom random) {
        BufferedImage image = new BufferedImage(EDGE, EDGE, BufferedImage.TYPE_INT_RGB);
        int light = random.nextInt(1 << 24) | 0x404040;
        int dark = random.nextInt(1 << 24) & 0x7f7f7f;
        int period = 3 + random.nextInt(4);
        for (int y = 0; y < EDGE; y++) {
            for (int x = 0; x < EDGE; x++) {
                int at = label == 0 ? y : label == 1 ? x : random.nextInt(2 * period);
                image.setRGB(x, y, at / period % 2 == 0 ? light : dark);
            }
        }
        return image;
    }

    /** A request over freshly drawn images, with the initial model written next to them. */
    static TrainingRequest request(Path folder, int epochs, String output) throws IOException {
        Recipe recipe = new Recipe(Recipe.DEFAULT.family(), Recipe.DEFAULT.scale(), 32);
        Path initial = folder.resolve("initial.onnx");
        java.nio.file.Files.write(initial, recipe.network(LABELS.size(), 3).bytes());
        return new TrainingRequest(
                initial,
                folder.resolve(output),
                recipe.contract(),
                LABELS,
                draw(folder, 24, 1),
                draw(folder, 8, 2),
                TrainingSettings.defaults().withEpochs(epochs).withTimeBudget(Duration.ofMinutes(5)));
    }
}
