package dev.fovea.bench.learn;

import dev.fovea.bench.BenchReport;
import dev.fovea.evaluation.classification.LabelledImage;
import dev.fovea.evaluation.classification.Scored;
import dev.fovea.statistics.Interval;
import dev.fovea.statistics.McNemar;
import dev.fovea.statistics.PairedProportions;
import dev.fovea.statistics.Softmax;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;

/** What test-time flips are worth: the mean of the logits of an image and of its mirror image, for twice the time. */
final class FlippedImages {

    private final List<Boolean> alone = new ArrayList<>();
    private final List<Boolean> averaged = new ArrayList<>();

    /** Adds the test items of a head. */
    void add(ProbeRun probe, ProbeRun.Measured measured, ImageSet set, StratifiedSplit split) throws IOException {
        Path directory = Files.createTempDirectory(probe.scratch(), "flipped");
        List<LabelledImage> mirrored = new ArrayList<>();
        for (int item : split.test()) {
            Path file = directory.resolve(item + ".png");
            ImageIO.write(mirror(ImageIO.read(set.files().get(item).toFile())), "png", file.toFile());
            mirrored.add(new LabelledImage(file, set.labels()[item]));
        }
        List<Scored> first = measured.scored().scored();
        List<Scored> second =
                probe.score(measured.fitted(), set.classes(), mirrored).scored();
        for (int i = 0; i < first.size(); i++) {
            double[] sum = first.get(i).logits().clone();
            for (int k = 0; k < sum.length; k++) {
                sum[k] += second.get(i).logits()[k];
            }
            alone.add(first.get(i).right());
            averaged.add(Softmax.argMax(sum) == first.get(i).truth());
        }
    }

    private static BufferedImage mirror(BufferedImage image) {
        BufferedImage mirrored = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = mirrored.createGraphics();
        graphics.drawImage(image, image.getWidth(), 0, -image.getWidth(), image.getHeight(), null);
        graphics.dispose();
        return mirrored;
    }

    void say() {
        boolean[] before = values(alone);
        boolean[] after = values(averaged);
        Interval gain = PairedProportions.of(before, after).difference();
        BenchReport.say(
                "  test-time flips: %+.2f points of accuracy (95 %% interval %+.2f to %+.2f, p %.3f) over %,d predictions, for twice the time"
                        .formatted(
                                100 * gain.value(),
                                100 * gain.low(),
                                100 * gain.high(),
                                McNemar.of(before, after).midP(),
                                before.length));
    }

    private static boolean[] values(List<Boolean> list) {
        boolean[] values = new boolean[list.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = list.get(i);
        }
        return values;
    }
}
