package dev.fovea.pipeline.teacher;

import dev.fovea.datasets.DatasetVersion;
import dev.fovea.evaluation.classification.LabelledImage;
import dev.fovea.evaluation.classification.Scored;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.Bundle;
import dev.fovea.model.Sha256;
import dev.fovea.model.decoder.Task;
import dev.fovea.pipeline.evaluation.ModelEvaluation;
import dev.fovea.pipeline.head.FeatureCache;
import dev.fovea.pipeline.head.LabelledFile;
import dev.fovea.pipeline.jobs.CandidateModel;
import dev.fovea.pipeline.jobs.JobTools;
import dev.fovea.pipeline.jobs.ServingScores;
import dev.fovea.registry.ModelVersion;
import dev.fovea.statistics.Softmax;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;

/**
 * A registered classifier whose predictions are learned from.
 *
 * @param temperature that its confidence was calibrated with
 */
record Teacher(ModelVersion version, Bundle bundle, double temperature) {

    /** Images whose predictions are kept together; an interrupted training makes as many anew. */
    private static final int PART = 1024;

    /** The version that a request names; {@code MODEL_SIGNATURE_UNSUPPORTED} for one that is no classifier. */
    static Teacher of(JobTools tools, String reference) {
        ModelVersion version = TeacherReference.parse(reference).version(tools.registry());
        Bundle bundle = tools.bundles().bundle(version.bundleId());
        if (bundle.manifest().task() != Task.CLASSIFICATION) {
            throw new FoveaException(
                    ErrorCode.MODEL_SIGNATURE_UNSUPPORTED,
                    "The teacher %s is a model for %s; a classifier learns from classifiers."
                            .formatted(version.id(), bundle.manifest().task()));
        }
        return new Teacher(version, bundle, ModelEvaluation.temperature(bundle));
    }

    String name() {
        return version.id().toString();
    }

    List<String> labels() {
        return bundle.manifest().labels();
    }

    /** Bytes of its network. */
    long bytes() {
        return bundle.modelFile().toFile().length();
    }

    /**
     * Its calibrated probabilities by the hash of an image, predicted on the serving path; those of earlier trainings
     * are read. An image that it refuses is left out.
     *
     * @throws FoveaException {@code IMAGE_CHANGED} for a file that was changed since it was read first
     */
    Map<String, double[]> predictions(JobTools tools, List<LabelledFile> images, IntConsumer progress) {
        FeatureCache cache = new FeatureCache(tools.featureCache(), FeatureCache.MAX_BYTES);
        String key = key(tools);
        Map<String, float[]> logits = new HashMap<>(cache.find(
                key, images.stream().map(LabelledFile::contentHash).collect(Collectors.toSet()), labels().size()));
        List<LabelledFile> missing = images.stream()
                .filter(image -> !logits.containsKey(image.contentHash()))
                .toList();
        int known = images.size() - missing.size();
        for (int from = 0; from < missing.size(); from += PART) {
            int before = known + from;
            List<LabelledFile> part = missing.subList(from, Math.min(missing.size(), from + PART));
            Map<String, float[]> predicted = predicted(tools, part, done -> progress.accept(before + done));
            cache.put(key, predicted);
            logits.putAll(predicted);
        }
        Map<String, double[]> probabilities = new HashMap<>();
        logits.forEach((hash, values) -> probabilities.put(hash, Softmax.of(values, 0, values.length, temperature)));
        return probabilities;
    }

    private Map<String, float[]> predicted(JobTools tools, List<LabelledFile> images, IntConsumer progress) {
        Map<String, String> hashes = new HashMap<>();
        for (LabelledFile image : images) {
            requireUnchanged(image);
            hashes.put(image.sample().image().toString(), image.contentHash());
        }
        Map<String, float[]> logits = new HashMap<>();
        new ServingScores(tools)
                .of(
                        bundle,
                        images.stream()
                                .map(image -> new LabelledImage(image.sample().image(), 0))
                                .toList(),
                        (done, total) -> progress.accept(done))
                .scored()
                .forEach(one -> logits.put(hashes.getOrDefault(one.image(), ""), narrow(one)));
        return logits;
    }

    private static void requireUnchanged(LabelledFile image) {
        byte[] bytes = CandidateModel.read(image.sample().image());
        if (!DatasetVersion.contentHash(bytes).equals(image.contentHash())) {
            throw new FoveaException(
                    ErrorCode.IMAGE_CHANGED,
                    "%s was changed while it was trained from. Start the training again."
                            .formatted(image.sample().image()));
        }
    }

    private static float[] narrow(Scored one) {
        float[] values = new float[one.logits().length];
        for (int k = 0; k < values.length; k++) {
            values[k] = (float) one.logits()[k];
        }
        return values;
    }

    private String key(JobTools tools) {
        String text = String.join(
                "\n",
                "teacher",
                version.bundleId(),
                tools.origin().codeVersion(),
                tools.engine().version(),
                System.getProperty("os.arch", ""));
        return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
