package dev.fovea.pipeline.anomaly;

import dev.fovea.datasets.DatasetVersion;
import dev.fovea.datasets.DatasetVersion.Item;
import dev.fovea.datasets.IngestReport;
import dev.fovea.datasets.Split;
import dev.fovea.datasets.formats.AnomalyFolder;
import dev.fovea.evaluation.classification.Scored;
import dev.fovea.evaluation.classification.ScoredImages;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.anomaly.AnomalyGraph;
import dev.fovea.pipeline.backbone.Backbone;
import dev.fovea.pipeline.jobs.CandidateModel;
import dev.fovea.pipeline.jobs.JobTools;
import dev.fovea.pipeline.jobs.StartingNetwork;
import dev.fovea.pipeline.request.PromotionPolicy;
import dev.fovea.statistics.anomaly.EqualAlarms;
import dev.fovea.statistics.anomaly.EqualAlarms.AnomalyScores;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Learns an anomaly detector beside a classifier whose largest class has {@value #DOMINANT} images or more for each of
 * the next class, and compares the two. The detector is not registered.
 */
public final class AnomalyContest {

    private static final double DOMINANT = 50;
    private static final double FALSE_ALARMS = 0.01;
    private static final double NANOS = 1e9;

    private final JobTools tools;

    /** A comparison with these tools. */
    public AnomalyContest(JobTools tools) {
        this.tools = tools;
    }

    /**
     * The class of most images that are learned from.
     *
     * @param ratio its images for each image of the next class
     */
    public record DominantClass(String label, double ratio) {

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT, "\"%s\" has %.0f training images for each one of the next class", label, ratio);
        }
    }

    /** The class that dominates the images that are learned from; empty where none does. */
    public static Optional<DominantClass> dominant(DatasetVersion dataset) {
        Map<String, Long> counts = dataset.items().stream()
                .filter(item -> item.split() != Split.TEST)
                .collect(Collectors.groupingBy(Item::label, Collectors.counting()));
        List<Map.Entry<String, Long>> sorted = counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .toList();
        if (sorted.size() < 2) {
            return Optional.empty();
        }
        double ratio = (double) sorted.getFirst().getValue() / sorted.get(1).getValue();
        return ratio < DOMINANT
                ? Optional.empty()
                : Optional.of(new DominantClass(sorted.getFirst().getKey(), ratio));
    }

    /**
     * Compares.
     *
     * @param candidate the classifier
     * @param report of the ingest of its images
     * @param classified its predictions on the test images
     * @return empty where no class dominates, and with a note where there is no backbone, where a detector cannot learn
     *     from these images and this backbone, and where the test images show one kind only
     */
    public Optional<AnomalyAlternative> run(
            CandidateModel candidate, IngestReport report, ScoredImages classified, AnomalyListener listener) {
        Optional<DominantClass> dominant = dominant(candidate.dataset());
        if (dominant.isEmpty()) {
            return Optional.empty();
        }
        return switch (candidate.order().start()) {
            case StartingNetwork.Fresh _, StartingNetwork.Searched _ -> {
                listener.note(
                        "%s. An anomaly detector that learns from it alone may find more: with --from MODEL, such as a network of fovea backbones list, both are trained and compared."
                                .formatted(dominant.orElseThrow()));
                yield Optional.empty();
            }
            case StartingNetwork.Pretrained(Backbone backbone, StartingNetwork.FitScope _) ->
                run(
                        dominant.orElseThrow(),
                        backbone,
                        new GoodImages(
                                candidate.order().folder(),
                                relabelled(
                                        candidate.dataset(),
                                        dominant.orElseThrow().label()),
                                report,
                                Map.of()),
                        classified,
                        listener);
        };
    }

    private Optional<AnomalyAlternative> run(
            DominantClass dominant,
            Backbone backbone,
            GoodImages images,
            ScoredImages classified,
            AnomalyListener listener) {
        long start = System.nanoTime();
        if (images.defects().isEmpty() || images.heldOut().isEmpty()) {
            listener.note(
                    "%s, but the test images do not show both, so that no anomaly detector is compared with the classifier."
                            .formatted(dominant));
            return Optional.empty();
        }
        try {
            EqualAlarms compared = compared(backbone, images, classified, dominant.label(), listener);
            return Optional.of(new AnomalyAlternative(
                    dominant, images.learned().size(), compared, (System.nanoTime() - start) / NANOS));
        } catch (FoveaException e) {
            if (e.code() != ErrorCode.DATASET_INVALID && e.code() != ErrorCode.MODEL_SIGNATURE_UNSUPPORTED) {
                throw e;
            }
            listener.note("%s, but no anomaly detector is compared with the classifier: %s"
                    .formatted(dominant, e.getMessage()));
            return Optional.empty();
        }
    }

    private EqualAlarms compared(
            Backbone backbone, GoodImages images, ScoredImages classified, String good, AnomalyListener listener) {
        AnomalySpec spec = new AnomalySpec(
                images.folder(),
                "contest",
                backbone,
                new AnomalySpec.AnomalySettings(
                        Math.max(FALSE_ALARMS, 1.0 / (images.learned().size() + 1)), AnomalyMethod.PADIM, true, 0),
                PromotionPolicy.NEVER,
                "");
        BackboneGrid place = BackboneGrid.of(tools, backbone, spec.settings());
        LearnedDetector learned = LearnedDetector.learn(tools, spec, images, place, listener);
        Map<Path, Scored> byFile = classified.scored().stream()
                .collect(Collectors.toMap(scored -> Path.of(scored.image()), Function.identity(), (first, _) -> first));
        List<Item> held = predicted(images.heldOut(), images, byFile);
        List<Item> defects = predicted(images.defects(), images, byFile);
        List<Item> all = new ArrayList<>(held);
        all.addAll(defects);
        double[] detected = detected(learned, place, images, all, listener);
        int label = classified.labels().indexOf(good);
        return EqualAlarms.of(
                new AnomalyScores(odds(label, held, images, byFile), odds(label, defects, images, byFile)),
                new AnomalyScores(
                        Arrays.copyOf(detected, held.size()),
                        Arrays.copyOfRange(detected, held.size(), detected.length)),
                FALSE_ALARMS);
    }

    /** The dominant class is good, wherever it is; all others are defects, and judged with in the test images. */
    private static DatasetVersion relabelled(DatasetVersion dataset, String good) {
        return DatasetVersion.of(dataset.items().stream()
                .filter(item -> item.label().equals(good) || item.split() == Split.TEST)
                .map(item -> new Item(
                        item.contentHash(),
                        item.label().equals(good) ? AnomalyFolder.GOOD : AnomalyFolder.ANOMALOUS,
                        item.split() == Split.TEST ? Split.TEST : Split.TRAIN,
                        item.path(),
                        item.width(),
                        item.height(),
                        item.format(),
                        item.perceptualHash()))
                .toList());
    }

    /** Those that the classifier predicted. */
    private static List<Item> predicted(List<Item> items, GoodImages images, Map<Path, Scored> byFile) {
        return items.stream()
                .filter(item -> byFile.containsKey(images.file(item)))
                .toList();
    }

    /** The log odds against the dominant class. */
    private static double[] odds(int good, List<Item> items, GoodImages images, Map<Path, Scored> byFile) {
        return items.stream()
                .map(item -> Objects.requireNonNull(byFile.get(images.file(item))))
                .mapToDouble(scored -> odds(good, scored.logits()))
                .toArray();
    }

    private static double odds(int good, double[] logits) {
        double largest = IntStream.range(0, logits.length)
                .filter(k -> k != good)
                .mapToDouble(k -> logits[k])
                .max()
                .orElseThrow();
        double sum = IntStream.range(0, logits.length)
                .filter(k -> k != good)
                .mapToDouble(k -> Math.exp(logits[k] - largest))
                .sum();
        return largest + Math.log(sum) - logits[good];
    }

    private double[] detected(
            LearnedDetector learned,
            BackboneGrid place,
            GoodImages images,
            List<Item> items,
            AnomalyListener listener) {
        double[] scores = new double[items.size()];
        try (FileNetwork network = new FileNetwork(tools, learned.network(), place.contract())) {
            network.each(
                    items.stream().map(images::file).toList(),
                    (image, outputs) -> scores[image] = outputs.stream()
                            .filter(output -> output.name().equals(AnomalyGraph.SCORE))
                            .findFirst()
                            .orElseThrow()
                            .floats()[0],
                    (done, total) -> listener.at(
                            "evaluate", done, total, "%d of %d test images by a detector".formatted(done, total)));
        }
        return scores;
    }
}
