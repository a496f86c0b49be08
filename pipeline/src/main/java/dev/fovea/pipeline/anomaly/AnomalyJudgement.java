package dev.fovea.pipeline.anomaly;

import dev.fovea.datasets.DatasetVersion.Item;
import dev.fovea.datasets.Split;
import dev.fovea.datasets.formats.AnomalyFolder;
import dev.fovea.evaluation.classification.LabelledImage;
import dev.fovea.evaluation.classification.Scored;
import dev.fovea.evaluation.classification.ScoredImages;
import dev.fovea.evaluation.report.AnomalyFigures;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.Decoder;
import dev.fovea.imaging.Image;
import dev.fovea.imaging.ImageLimits;
import dev.fovea.imaging.geometry.HeatMap;
import dev.fovea.model.Bundle;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.pipeline.jobs.CandidateModel;
import dev.fovea.pipeline.jobs.JobTools;
import dev.fovea.pipeline.jobs.ServingScores;
import dev.fovea.runtime.LoadedModel;
import dev.fovea.runtime.RuntimeSettings;
import dev.fovea.runtime.decoding.PredictionResult;
import dev.fovea.runtime.session.Deadline;
import dev.fovea.statistics.WilsonInterval;
import dev.fovea.statistics.anomaly.AreaUnderRoc;
import dev.fovea.statistics.anomaly.FalseAlarmThreshold;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Judges a detector on its test images through the serving path. */
final class AnomalyJudgement {

    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final int TIMED = 15;
    private static final double NANOS_PER_MS = 1e6;

    private final JobTools tools;
    private final AnomalySpec spec;
    private final GoodImages images;

    AnomalyJudgement(JobTools tools, AnomalySpec spec, GoodImages images) {
        this.tools = tools;
        this.spec = spec;
        this.images = images;
    }

    /** The test images, in the order of the version. */
    List<LabelledImage> testImages(List<String> labels) {
        return images.version().on(Split.TEST).stream()
                .map(item -> new LabelledImage(images.file(item), labels.indexOf(item.label())))
                .toList();
    }

    /** Predictions of the test images. */
    ScoredImages score(Bundle bundle, AnomalyListener listener) {
        return new ServingScores(tools)
                .of(
                        bundle,
                        testImages(bundle.manifest().labels()),
                        (done, total) -> listener.at("evaluate", done, total, done + " of " + total + " test images"));
    }

    /** The figures of what was scored. */
    AnomalyFigures figures(Bundle bundle, ScoredImages scored, FalseAlarmThreshold threshold, BackboneGrid place) {
        double[] good = logits(scored, AnomalyFolder.GOOD);
        double[] bad = logits(scored, AnomalyFolder.ANOMALOUS);
        if (good.length == 0) {
            throw new FoveaException(
                    ErrorCode.DATASET_INVALID,
                    "None of the held-out good images of %s could be predicted. Check them with fovea ingest."
                            .formatted(images.folder()));
        }
        int alarms = above(good);
        return new AnomalyFigures(
                spec.settings().falseAlarms(),
                threshold,
                new AnomalyFigures.HeldOutGood(good.length, alarms, WilsonInterval.of(alarms, good.length)),
                bad.length == 0
                        ? Optional.empty()
                        : Optional.of(new AnomalyFigures.Defects(
                                bad.length,
                                above(bad),
                                WilsonInterval.of(above(bad), bad.length),
                                AreaUnderRoc.of(good, bad),
                                pixels(bundle))),
                cost(bundle, place));
    }

    /** Logits of the second label; 0 is the threshold. */
    private static double[] logits(ScoredImages scored, String label) {
        int truth = scored.labels().indexOf(label);
        return scored.scored().stream()
                .filter(one -> one.truth() == truth)
                .map(Scored::logits)
                .mapToDouble(logits -> logits[1] - logits[0])
                .toArray();
    }

    private static int above(double[] logits) {
        return (int) Arrays.stream(logits).filter(logit -> logit > 0).count();
    }

    /** Heat maps of good images and of defects with a mask, against the masks. */
    private Optional<AnomalyFigures.MaskedPixels> pixels(Bundle bundle) {
        List<Item> masked = images.version().on(Split.TEST).stream()
                .filter(item ->
                        images.masks().containsKey(item.path()) || item.label().equals(AnomalyFolder.GOOD))
                .toList();
        int masks = (int) masked.stream()
                .filter(item -> images.masks().containsKey(item.path()))
                .count();
        if (masks == 0) {
            return Optional.empty();
        }
        PixelRanking ranking = new PixelRanking(masked.size());
        try (LoadedModel model =
                LoadedModel.load(tools.engine(), bundle, RuntimeSettings.forThisMachine(), tools.workers(), () -> {})) {
            for (Item item : masked) {
                heatMap(model, images.file(item)).ifPresent(map -> add(ranking, item, map));
            }
        }
        return ranking.area().map(area -> new AnomalyFigures.MaskedPixels(masks, area));
    }

    private static Optional<HeatMap> heatMap(LoadedModel model, Path file) {
        PredictionResult result =
                model.predict(CandidateModel.read(file), Deadline.in(LIMIT)).result();
        return result instanceof PredictionResult.LabelResult(var _, Optional<HeatMap> map) ? map : Optional.empty();
    }

    private void add(PixelRanking ranking, Item item, HeatMap map) {
        Path mask = images.masks().get(item.path());
        if (mask == null) {
            ranking.addGood(map);
            return;
        }
        try (Image image = new Decoder(ImageLimits.DEFAULT).decode(CandidateModel.read(mask))) {
            ranking.add(map, image);
        }
    }

    /** Both networks in turn on one image, so that a slow moment of the machine is one for both. */
    private AnomalyFigures.AnomalyCost cost(Bundle bundle, BackboneGrid place) {
        OnnxModel detector = bundle.model();
        Path file = images.file(images.heldOut().getFirst());
        try (FileNetwork first = new FileNetwork(tools, detector, place.contract());
                FileNetwork second = new FileNetwork(tools, spec.backbone().model(), place.contract())) {
            Tensor input = first.tensor(file);
            Tensor same = second.tensor(file);
            double[] times = new double[TIMED];
            double[] others = new double[TIMED];
            for (int i = 0; i < TIMED; i++) {
                times[i] = time(first, input);
                others[i] = time(second, same);
            }
            Arrays.sort(times);
            Arrays.sort(others);
            return new AnomalyFigures.AnomalyCost(times[TIMED / 2], others[TIMED / 2]);
        }
    }

    private static double time(FileNetwork network, Tensor input) {
        long start = System.nanoTime();
        List<Tensor> _ = network.run(input);
        return (System.nanoTime() - start) / NANOS_PER_MS;
    }

    /** Metrics that are stored with the version. */
    static Map<String, Double> metrics(AnomalyFigures figures) {
        Map<String, Double> metrics = new java.util.HashMap<>(Map.of(
                "false_alarm_rate", figures.threshold().rate().value(),
                "false_alarm_rate_low", figures.threshold().rate().low(),
                "false_alarm_rate_high", figures.threshold().rate().high(),
                "held_out_false_alarm_rate", figures.heldOut().rate().value(),
                "ms_per_image", figures.cost().detector(),
                "backbone_ms_per_image", figures.cost().backbone()));
        figures.defects().ifPresent(defects -> {
            metrics.put("image_auroc", defects.imageAuroc().value());
            metrics.put("image_auroc_low", defects.imageAuroc().low());
            metrics.put("image_auroc_high", defects.imageAuroc().high());
            metrics.put("detection_rate", defects.rate().value());
            defects.pixels().ifPresent(pixels -> metrics.put("pixel_auroc", pixels.auroc()));
        });
        return metrics;
    }
}
