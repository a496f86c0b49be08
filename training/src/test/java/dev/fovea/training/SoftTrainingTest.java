package dev.fovea.training;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import dev.fovea.imaging.preprocess.Augmentation;
import dev.fovea.model.graph.GraphBuilder;
import dev.fovea.model.graph.OnnxModel;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Images between red and blue, and people who say "red" with a known probability. A network that learns the shares of
 * their votes should predict that probability; one that learns the majority should be too sure.
 */
class SoftTrainingTest {

    private static final int EDGE = 32;
    private static final int PEOPLE = 5;
    private static final int STEEPNESS = 3;

    @TempDir
    private Path folder;

    @Test
    void shouldPredictTheProbabilityThatPeopleHaveAndNotThatOfTheirMajority() throws IOException, OrtException {
        List<Sample> training = draw(160, 1);
        List<Sample> validation = draw(48, 2);
        double soft = divergence(trained(training, validation));
        double hard = divergence(trained(hardened(training), hardened(validation)));
        assertThat(soft).isLessThan(0.5 * hard);
    }

    private List<Sample> draw(int images, long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < images; i++) {
            double share = random.nextDouble();
            Path file = folder.resolve(seed + "-" + i + ".png");
            BufferedImage image = new BufferedImage(EDGE, EDGE, BufferedImage.TYPE_INT_RGB);
            for (int pixel = 0; pixel < EDGE * EDGE; pixel++) {
                image.setRGB(pixel % EDGE, pixel / EDGE, color(share));
            }
            ImageIO.write(image, "png", file.toFile());
            int votes = 0;
            for (int person = 0; person < PEOPLE; person++) {
                votes += random.nextDouble() < truth(share) ? 1 : 0;
            }
            double said = votes / (double) PEOPLE;
            samples.add(new Sample(file, said > 0.5 ? 1 : 0, Map.of(0, 1 - said, 1, said)));
        }
        return samples;
    }

    private static int color(double share) {
        int red = (int) Math.round(255 * share);
        return red << 16 | 255 - red;
    }

    private static double truth(double share) {
        return 1 / (1 + Math.exp(-STEEPNESS * (share - 0.5)));
    }

    private static List<Sample> hardened(List<Sample> samples) {
        return samples.stream()
                .map(sample -> new Sample(sample.image(), sample.label()))
                .toList();
    }

    private OnnxModel trained(List<Sample> training, List<Sample> validation) {
        Recipe recipe = new Recipe(Recipe.DEFAULT.family(), Recipe.DEFAULT.scale(), EDGE);
        TrainingSettings defaults = TrainingSettings.defaults().withEpochs(40).withTimeBudget(Duration.ofMinutes(5));
        TrainingSettings settings = new TrainingSettings(
                defaults.schedule(),
                defaults.optimizer(),
                new Regularization(defaults.regularization().labelSmoothing(), true, Augmentation.NONE, 0, 0, 1),
                Optional.empty(),
                3,
                0);
        TrainingRequest request = new TrainingRequest(
                folder.resolve("initial.onnx"),
                folder.resolve("learned.onnx"),
                recipe.contract(),
                List.of("blue", "red"),
                training,
                validation,
                settings);
        return new Trainer(request, event -> {}).train(logistic());
    }

    /** Two scores, linear in the mean colour: the truth is one of its functions. */
    private static OnnxModel logistic() {
        GraphBuilder graph = new GraphBuilder("logistic");
        String input = graph.input("input", GraphBuilder.BATCH, 3, EDGE, EDGE);
        String mean = graph.node("GlobalAveragePool", "mean", List.of(input));
        String features = graph.node("Flatten", "features", List.of(mean), GraphBuilder.integer("axis", 1));
        String weight = graph.weights("weight", List.of(2L, 3L), new float[6]);
        String bias = graph.weights("bias", List.of(2L), new float[2]);
        String logits =
                graph.node("Gemm", "logits", List.of(features, weight, bias), GraphBuilder.integer("transB", 1));
        return graph.output(logits, GraphBuilder.BATCH, 2).build();
    }

    /** Mean Kullback-Leibler divergence of the predictions from the truth, in nats, over the whole range of colours. */
    private static double divergence(OnnxModel model) throws OrtException {
        int colors = 41;
        double sum = 0;
        try (OnnxSession session = new OnnxSession(model)) {
            for (int i = 0; i < colors; i++) {
                double share = i / (colors - 1.0);
                int color = color(share);
                float[] input = new float[3 * EDGE * EDGE];
                for (int at = 0; at < input.length; at++) {
                    int channel = at / (EDGE * EDGE);
                    input[at] = (float) (((color >> (16 - 8 * channel) & 255) / 255.0 - 0.5) / 0.25);
                }
                float[] scores = session.run(input, 1, 3, EDGE, EDGE);
                double predicted = 1 / (1 + Math.exp(scores[0] - scores[1]));
                double right = truth(share);
                sum += right * Math.log(right / predicted) + (1 - right) * Math.log((1 - right) / (1 - predicted));
            }
        }
        return sum / colors;
    }
}
