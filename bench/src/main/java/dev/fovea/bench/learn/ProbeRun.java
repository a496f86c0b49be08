package dev.fovea.bench.learn;

import dev.fovea.evaluation.classification.ClassificationReport;
import dev.fovea.evaluation.classification.LabelledImage;
import dev.fovea.evaluation.classification.ScoredImages;
import dev.fovea.model.Bundle;
import dev.fovea.model.Lineage;
import dev.fovea.model.Manifest;
import dev.fovea.model.decoder.Activation;
import dev.fovea.model.decoder.Postprocessing;
import dev.fovea.pipeline.backbone.Backbone;
import dev.fovea.pipeline.head.HeadReport;
import dev.fovea.pipeline.head.HeadTraining;
import dev.fovea.pipeline.head.LabelledFile;
import dev.fovea.pipeline.jobs.JobTools;
import dev.fovea.pipeline.jobs.ServingScores;
import dev.fovea.training.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Fits heads and evaluates them on the serving path.
 *
 * @param scratch directory for bundles
 */
record ProbeRun(JobTools tools, Path scratch, Backbone backbone) {

    /** A fitted head and its predictions on the test items. */
    record Measured(HeadTraining.FittedHead fitted, ScoredImages scored) {

        ClassificationReport report() {
            return ClassificationReport.of(scored);
        }

        HeadReport head() {
            return fitted.report();
        }
    }

    /**
     * Fits to the training items and predicts the test items.
     *
     * @param balanced whether rare classes may be favoured
     */
    Measured of(ImageSet set, StratifiedSplit split, boolean balanced, long seed) throws IOException {
        HeadTraining.FittedHead fitted = new HeadTraining(tools)
                .run(
                        new HeadTraining.HeadOrder(
                                backbone,
                                set.classes(),
                                files(set, split.training()),
                                files(set, split.test()),
                                balanced,
                                seed),
                        new Silent());
        return new Measured(
                fitted,
                score(
                        fitted,
                        set.classes(),
                        split.test().stream()
                                .map(i -> new LabelledImage(set.files().get(i), set.labels()[i]))
                                .toList()));
    }

    /** Predictions of images by a fitted head. */
    ScoredImages score(HeadTraining.FittedHead fitted, List<String> classes, List<LabelledImage> images)
            throws IOException {
        Bundle bundle = Bundle.write(
                Files.createTempDirectory(scratch, "bundle").resolve("bundle"),
                new Manifest(
                        "head",
                        classes,
                        Optional.of(fitted.contract()),
                        new Postprocessing.OneLabel(Activation.SOFTMAX, 1),
                        Optional.empty(),
                        Lineage.imported("head", "bench", "bench"),
                        List.of(),
                        new TreeMap<>()),
                fitted.network().bytes(),
                new TreeMap<>());
        return new ServingScores(tools).of(bundle, images, (done, total) -> {});
    }

    static List<LabelledFile> files(ImageSet set, List<Integer> items) {
        return items.stream()
                .map(i -> new LabelledFile(
                        new Sample(set.files().get(i), set.labels()[i]),
                        set.hashes().get(i),
                        i))
                .toList();
    }

    /** Hears nothing: a benchmark prints its figures only. */
    private record Silent() implements HeadTraining.HeadProgress {

        @Override
        public void at(double fraction, String detail) {
            // as above
        }

        @Override
        public void note(String sentence) {
            // likewise
        }
    }
}
