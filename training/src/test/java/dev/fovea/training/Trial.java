package dev.fovea.training;

import dev.fovea.imaging.ImageFormat;
import dev.fovea.imaging.preprocess.Augmentation;
import dev.fovea.model.graph.NetworkBuilder.Family;
import dev.fovea.model.graph.NetworkBuilder.Scale;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Manual trial of the defaults on a folder: {@code FOLDER [seconds] [family] [scale] [edge]}. The class is the folder's
 * name. If all images are in one folder, it is the file name up to the last underscore. A fifth of each class is held
 * out. The properties epochs, batch, optimizer, rate, decay, clip, area, cutout, mixup and scale override settings.
 */
final class Trial {

    private Trial() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        Path folder = Path.of(args[0]);
        int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 600;
        Recipe recipe = new Recipe(
                args.length > 2 ? Family.valueOf(args[2]) : Recipe.DEFAULT.family(),
                args.length > 3 ? Scale.valueOf(args[3]) : Recipe.DEFAULT.scale(),
                args.length > 4 ? Integer.parseInt(args[4]) : Recipe.DEFAULT.edge());
        TrainingRequest request = request(folder, recipe, Duration.ofSeconds(seconds));
        Files.write(
                request.initialModel(),
                recipe.network(request.labels().size(), 1).bytes());
        Path work = request.initialModel().resolveSibling("work");
        try (TrainingProcess process =
                TrainingProcess.start(request, work, Path.of("target", "engine-cache"), System.out::println)) {
            process.await();
        }
    }

    private static TrainingRequest request(Path folder, Recipe recipe, Duration budget) throws IOException {
        Map<String, List<Path>> classes = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(file -> ImageFormat.looksLikeImage(file.toString()))
                    .sorted()
                    .forEach(file -> classes.computeIfAbsent(label(folder, file), l -> new ArrayList<>())
                            .add(file));
        }
        List<String> labels = List.copyOf(classes.keySet());
        List<Sample> training = new ArrayList<>();
        List<Sample> validation = new ArrayList<>();
        for (int label = 0; label < labels.size(); label++) {
            List<Path> files = classes.get(labels.get(label));
            java.util.Collections.shuffle(files, new java.util.Random(5));
            for (int i = 0; i < files.size(); i++) {
                (i < files.size() / 5 ? validation : training).add(new Sample(files.get(i), label));
            }
        }
        TrainingSettings settings = tuned(TrainingSettings.defaults().withTimeBudget(budget));
        Path work = Files.createTempDirectory("trial");
        return new TrainingRequest(
                work.resolve("initial.onnx"),
                work.resolve("learned.onnx"),
                recipe.contract(),
                labels,
                training,
                validation,
                settings);
    }

    private static TrainingSettings tuned(TrainingSettings settings) {
        TrainingSchedule schedule = settings.schedule();
        OptimizerSettings optimizer = settings.optimizer();
        Regularization regularization = settings.regularization();
        return new TrainingSettings(
                new TrainingSchedule(
                        fixed("epochs", schedule.epochs()),
                        fixed("batch", schedule.batchSize()),
                        schedule.warmup(),
                        schedule.patience(),
                        schedule.timeBudget(),
                        schedule.minEpochs()),
                new OptimizerSettings(
                        OptimizerSettings.Optimization.valueOf(
                                System.getProperty("optimizer", optimizer.kind().name())),
                        number("rate", optimizer.learningRate()),
                        number("decay", optimizer.weightDecay()),
                        number("clip", optimizer.clipNorm())),
                new Regularization(
                        regularization.labelSmoothing(),
                        regularization.classWeights(),
                        augmentation(regularization.augmentation()),
                        number("mixup", regularization.mixup()),
                        number("cutmix", regularization.cutMix()),
                        number("scale", regularization.scale())),
                settings.fineTuning(),
                settings.seed(),
                settings.threads());
    }

    private static OptionalInt fixed(String property, OptionalInt otherwise) {
        String value = System.getProperty(property, "");
        return value.isEmpty() ? otherwise : OptionalInt.of(Integer.parseInt(value));
    }

    private static double number(String property, double otherwise) {
        return Double.parseDouble(System.getProperty(property, Double.toString(otherwise)));
    }

    private static Augmentation augmentation(Augmentation a) {
        Augmentation.Geometric shape = a.geometric();
        Augmentation.Photometric light = a.photometric();
        return new Augmentation(
                new Augmentation.Geometric(
                        number("area", shape.minArea()), shape.aspect(), shape.shift(), shape.mirror(), shape.flip()),
                new Augmentation.Photometric(
                        light.brightness(),
                        light.contrast(),
                        light.saturation(),
                        light.blur(),
                        light.noise(),
                        number("cutout", light.cutout())));
    }

    private static String label(Path folder, Path file) {
        String name = file.getFileName().toString();
        return file.getParent().equals(folder)
                ? name.substring(0, name.lastIndexOf('_'))
                : file.getParent().getFileName().toString();
    }
}
