package dev.fovea.bench.learn;

import dev.fovea.bench.BenchReport;
import dev.fovea.pipeline.head.HeadReport;
import dev.fovea.statistics.ConfusionMatrix;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Heads on training items whose classes have exponentially fewer images, as in long-tailed CIFAR (Y. Cui et al.,
 * "Class- balanced loss based on effective number of samples", CVPR 2019); which class is how rare changes with the
 * seed. The test items stay as they are.
 */
final class ImbalancedSplits {

    /** A class needs two training images. */
    private static final int LEAST = 2;

    private final int ratio;
    private final Map<String, Integer> chosen = new TreeMap<>();
    private final ProbeFigures macroF1Before = new ProbeFigures("macro-F1, rare classes not favoured");
    private final ProbeFigures macroF1After = new ProbeFigures("macro-F1, favoured as chosen");
    private final ProbeFigures worstBefore = new ProbeFigures("lowest recall of a class, not favoured");
    private final ProbeFigures worstAfter = new ProbeFigures("lowest recall of a class, favoured as chosen");
    private final ProbeFigures accuracyBefore = new ProbeFigures("accuracy, not favoured");
    private final ProbeFigures accuracyAfter = new ProbeFigures("accuracy, favoured as chosen");

    /** Splits whose largest class has so many images for each of the smallest. */
    ImbalancedSplits(int ratio) {
        this.ratio = ratio;
    }

    void add(ProbeRun probe, ImageSet set, StratifiedSplit split, int seed) throws IOException {
        StratifiedSplit uneven = uneven(split, set, seed);
        ConfusionMatrix before = probe.of(set, uneven, false, seed).scored().confusion();
        ProbeRun.Measured favoured = probe.of(set, uneven, true, seed);
        ConfusionMatrix after = favoured.scored().confusion();
        macroF1Before.add(before.macroF1().orElseThrow());
        macroF1After.add(after.macroF1().orElseThrow());
        worstBefore.add(worst(before));
        worstAfter.add(worst(after));
        accuracyBefore.add(before.accuracy().orElseThrow());
        accuracyAfter.add(after.accuracy().orElseThrow());
        HeadReport.RareClasses rare = favoured.head().choices().rare();
        chosen.merge("%s, tau %s".formatted(rare.balance(), rare.tau()), 1, Integer::sum);
    }

    private static double worst(ConfusionMatrix confusion) {
        return IntStream.range(0, confusion.classes())
                .mapToDouble(label -> confusion.recall(label).orElse(1))
                .min()
                .orElseThrow();
    }

    private StratifiedSplit uneven(StratifiedSplit split, ImageSet set, int seed) {
        int classes = set.classes().size();
        long[] counts = new long[classes];
        split.training().forEach(item -> counts[set.labels()[item]]++);
        long largest = Arrays.stream(counts).min().orElseThrow();
        int[] kept = new int[classes];
        for (int k = 0; k < classes; k++) {
            double share = Math.pow(ratio, -(double) ((k + seed) % classes) / (classes - 1));
            kept[k] = (int) Math.max(LEAST, Math.round(largest * share));
        }
        int[] taken = new int[classes];
        return new StratifiedSplit(
                split.training().stream()
                        .filter(item -> taken[set.labels()[item]]++ < kept[set.labels()[item]])
                        .toList(),
                split.test());
    }

    void say() {
        BenchReport.say("  %d:1, ways chosen: %s".formatted(ratio, chosen));
        List.of(macroF1Before, macroF1After, worstBefore, worstAfter, accuracyBefore, accuracyAfter)
                .forEach(ProbeFigures::say);
    }
}
