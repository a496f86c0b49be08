package dev.fovea.pipeline.head;

import dev.fovea.datasets.DatasetVersion;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.pipeline.jobs.CandidateModel;
import dev.fovea.pipeline.jobs.JobTools;
import dev.fovea.runtime.RuntimeSettings;
import dev.fovea.runtime.embedding.EmbeddingModel;
import dev.fovea.statistics.linear.FeatureMatrix;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Features of images: those of earlier runs are read, the others are made on all cores and kept. The bytes of
 * {@value #PART} images at a time are in memory.
 */
final class CachedFeatures {

    private static final int PART = 128;
    private static final int PARTS_IN_FILE = 16;

    private final JobTools tools;
    private final FeatureCache cache;

    CachedFeatures(JobTools tools, FeatureCache cache) {
        this.tools = tools;
        this.cache = cache;
    }

    /** Hears how far the work has come. */
    interface Progress {
        void at(int done, int total);
    }

    /**
     * {@code [N,D]}, in the order of the images.
     *
     * @throws FoveaException {@code IMAGE_CHANGED} for a file that was changed since it was read first, and the errors
     *     of {@link EmbeddingModel#vectors}
     */
    FeatureMatrix of(FeatureNetwork network, List<LabelledFile> images, Progress progress) {
        String key = network.key(
                "%s\n%s".formatted(tools.origin().codeVersion(), tools.engine().version()));
        int features = network.graph().features();
        requireMemory(images.size(), features);
        Map<String, float[]> known = new HashMap<>(
                cache.find(key, images.stream().map(LabelledFile::contentHash).collect(Collectors.toSet()), features));
        List<LabelledFile> missing = images.stream()
                .filter(image -> !known.containsKey(image.contentHash()))
                .toList();
        progress.at(images.size() - missing.size(), images.size());
        if (!missing.isEmpty()) {
            make(
                    network,
                    key,
                    missing,
                    known,
                    done -> progress.at(images.size() - missing.size() + done, images.size()));
        }
        float[] values = new float[images.size() * features];
        for (int i = 0; i < images.size(); i++) {
            float[] row = Objects.requireNonNull(known.get(images.get(i).contentHash()));
            System.arraycopy(row, 0, values, i * features, features);
        }
        return FeatureMatrix.of(images.size(), features, values);
    }

    private interface Count {
        void at(int done);
    }

    private void make(
            FeatureNetwork network, String key, List<LabelledFile> images, Map<String, float[]> known, Count progress) {
        Map<String, float[]> unsaved = new HashMap<>();
        try (EmbeddingModel model = EmbeddingModel.open(
                tools.engine(),
                network.graph().model(),
                network.graph().tensor(),
                network.contract(),
                RuntimeSettings.forThisMachine(),
                tools.workers())) {
            for (int from = 0; from < images.size(); from += PART) {
                List<LabelledFile> part = images.subList(from, Math.min(images.size(), from + PART));
                float[][] vectors =
                        model.vectors(part.stream().map(CachedFeatures::read).toList());
                for (int i = 0; i < vectors.length; i++) {
                    unsaved.put(part.get(i).contentHash(), vectors[i]);
                }
                if (unsaved.size() >= PART * PARTS_IN_FILE || from + PART >= images.size()) {
                    cache.put(key, unsaved);
                    known.putAll(unsaved);
                    unsaved.clear();
                }
                progress.at(from + part.size());
            }
        }
    }

    private static byte[] read(LabelledFile image) {
        byte[] bytes = CandidateModel.read(image.sample().image());
        if (!DatasetVersion.contentHash(bytes).equals(image.contentHash())) {
            throw new FoveaException(
                    ErrorCode.IMAGE_CHANGED,
                    "%s was changed while it was trained from. Start the training again."
                            .formatted(image.sample().image()));
        }
        return bytes;
    }

    /** Features, their standardized copies by row and by column, and room for the rest. */
    private static void requireMemory(long images, long features) {
        long needed = 4 * images * features * Float.BYTES;
        long most = Runtime.getRuntime().maxMemory();
        if (needed > most || images * features > Integer.MAX_VALUE - 8) {
            throw new FoveaException(
                    ErrorCode.DATASET_INVALID,
                    "%,d images of %,d features need %,d MB of memory and the program may use %,d MB. Use fewer images, or more memory with JAVA_TOOL_OPTIONS=-Xmx%dm."
                            .formatted(images, features, needed >> 20, most >> 20, (needed >> 20) + 500));
        }
    }
}
