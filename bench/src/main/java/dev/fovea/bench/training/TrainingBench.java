package dev.fovea.bench.training;

import dev.fovea.bench.BenchReport;
import dev.fovea.bench.BenchSeries;
import dev.fovea.bench.TemporaryDirectory;
import dev.fovea.imaging.Size;
import dev.fovea.imaging.preprocess.Augmentation;
import dev.fovea.model.graph.NetworkBuilder;
import dev.fovea.model.graph.NetworkBuilder.Family;
import dev.fovea.model.graph.NetworkBuilder.Scale;
import dev.fovea.training.Recipe;
import dev.fovea.training.Regularization;
import dev.fovea.training.Sample;
import dev.fovea.training.TrainingProcess;
import dev.fovea.training.TrainingRequest;
import dev.fovea.training.TrainingSettings;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/**
 * Whole training steps of torchvision's MobileNetV2 at 96 pixels in batches of 32: Fovea's child process, with its
 * batches made from files, beside PyTorch's own loop on one batch in memory. They take turns.
 */
public final class TrainingBench {

    private static final int EDGE = 96;
    private static final int CLASSES = 10;
    private static final int BATCH = 32;
    private static final int IMAGES = 1024;
    private static final int EPOCHS = 3;
    private static final int ROUNDS = 3;

    private TrainingBench() {}

    /** Takes no arguments. */
    public static void main(String[] arguments) throws Exception {
        BenchReport.machine();
        Optional<TorchPeer> peer = TorchPeer.find();
        try (TemporaryDirectory directory = TemporaryDirectory.create()) {
            Path network = directory.path().resolve("network.onnx");
            if (peer.isPresent()) {
                peer.get().export(network, EDGE, CLASSES);
            } else {
                Files.write(
                        network,
                        NetworkBuilder.build(Family.MOBILE, Scale.LARGE, 3, Size.square(EDGE), CLASSES, 1)
                                .bytes());
            }
            TrainingRequest request = request(directory.path(), network);
            BenchSeries ours = new BenchSeries("Fovea");
            BenchSeries theirs = new BenchSeries("PyTorch");
            for (int round = 0; round < ROUNDS; round++) {
                ours.add(train(request, directory.path().resolve("work" + round)));
                if (peer.isPresent()) {
                    theirs.add(peer.get().train(EDGE, CLASSES, BATCH, IMAGES * EPOCHS / BATCH));
                }
            }
            if (peer.isPresent()) {
                BenchReport.table("training, MobileNetV2 at 96 pixels", "images/s", theirs, ours);
                BenchReport.minimum("ratio to PyTorch", ours.ratioTo(theirs), 0.9, "");
            } else {
                BenchReport.table("training, a mobile network at 96 pixels", "images/s", ours);
            }
        }
    }

    private static double train(TrainingRequest request, Path work) throws InterruptedException {
        Path cache = Path.of(System.getProperty("user.home"), ".cache", "fovea-bench", "engine");
        try (TrainingProcess process = TrainingProcess.start(request, work, cache, event -> {})) {
            return process.await().imagesPerSecond();
        }
    }

    private static TrainingRequest request(Path folder, Path network) throws IOException {
        List<Sample> samples = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < IMAGES + CLASSES; i++) {
            BufferedImage image = new BufferedImage(EDGE, EDGE, BufferedImage.TYPE_INT_RGB);
            int colour = random.nextInt(1 << 24);
            IntStream.range(0, EDGE * EDGE).forEach(at -> image.setRGB(at % EDGE, at / EDGE, colour ^ (at & 0x0f0f0f)));
            Path file = folder.resolve(i + ".png");
            ImageIO.write(image, "png", file.toFile());
            samples.add(new Sample(file, i % CLASSES));
        }
        TrainingSettings defaults =
                TrainingSettings.defaults().withEpochs(EPOCHS).withTimeBudget(Duration.ofHours(1));
        return new TrainingRequest(
                network,
                folder.resolve("learned.onnx"),
                new Recipe(Recipe.DEFAULT.family(), Recipe.DEFAULT.scale(), EDGE).contract(),
                IntStream.range(0, CLASSES).mapToObj(Integer::toString).toList(),
                samples.subList(0, IMAGES),
                samples.subList(IMAGES, IMAGES + CLASSES),
                defaults.with(new Regularization(0.1, false, Augmentation.NONE, 0, 0, 1)));
    }
}
