package dev.fovea.evaluation;

import dev.fovea.evaluation.classification.Scored;
import dev.fovea.evaluation.classification.ScoredImages;
import dev.fovea.statistics.Softmax;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Images scored by models that exist only as numbers. */
public final class Drawn {

    private long state;

    private Drawn(int seed) {
        this.state = seed;
    }

    /** Logits whose softmax, before they are scaled, is the probability of the truth; named 0000, 0001, … */
    public static ScoredImages images(int images, int classes, int seed, double scale) {
        Drawn generator = new Drawn(seed);
        List<Scored> scored = new ArrayList<>();
        for (int i = 0; i < images; i++) {
            scored.add(generator.one(classes, scale, "%04d".formatted(i)));
        }
        return new ScoredImages(labels(classes), scored, List.of());
    }

    /** Images with the given confusion matrix and moderate confidence; named by truth, prediction and number. */
    public static ScoredImages confused(List<String> labels, long[][] confusion) {
        List<Scored> scored = new ArrayList<>();
        for (int truth = 0; truth < labels.size(); truth++) {
            for (int prediction = 0; prediction < labels.size(); prediction++) {
                for (int i = 0; i < confusion[truth][prediction]; i++) {
                    scored.add(predicted(truth, prediction, labels.size(), truth + "-" + prediction + "-" + i));
                }
            }
        }
        return new ScoredImages(labels, scored, List.of());
    }

    public static Scored predicted(int truth, int prediction, int classes, String name) {
        double[] logits = new double[classes];
        logits[prediction] = 2;
        return new Scored(truth, logits, name);
    }

    public static List<String> labels(int classes) {
        return IntStream.range(0, classes).mapToObj(k -> "class " + k).toList();
    }

    private Scored one(int classes, double scale, String name) {
        double[] logits = new double[classes];
        for (int k = 0; k < classes; k++) {
            logits[k] = next() * 8 - 4;
        }
        double[] probabilities = Softmax.of(logits);
        double u = next();
        int truth = 0;
        double sum = probabilities[0];
        while (truth < classes - 1 && u >= sum) {
            truth++;
            sum += probabilities[truth];
        }
        for (int k = 0; k < classes; k++) {
            logits[k] *= scale;
        }
        return new Scored(truth, logits, name);
    }

    private double next() {
        state = (state * 1_103_515_245L + 12_345L) % 2_147_483_648L;
        return (state >> 8) % 10_007 / 10_007.0;
    }
}
