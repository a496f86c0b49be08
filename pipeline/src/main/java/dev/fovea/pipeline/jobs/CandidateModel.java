package dev.fovea.pipeline.jobs;

import dev.fovea.datasets.DatasetVersion;
import dev.fovea.datasets.Split;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.GoldenVector;
import dev.fovea.model.Lineage;
import dev.fovea.model.Manifest;
import dev.fovea.model.decoder.Activation;
import dev.fovea.model.decoder.Postprocessing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A trained network that is not registered yet.
 *
 * @param order the training request
 * @param dataset training, validation and test images
 * @param network as it was learned
 */
public record CandidateModel(TrainingSpec order, DatasetVersion dataset, TrainedNetwork network) {

    private static final int GOLDEN_IMAGES = 3;

    /** Test images by their names in the bundle. */
    public Map<String, byte[]> goldenImages() {
        Map<String, byte[]> images = new TreeMap<>();
        List<DatasetVersion.Item> testImages = dataset.on(Split.TEST);
        for (int i = 0; i < Math.min(GOLDEN_IMAGES, testImages.size()); i++) {
            DatasetVersion.Item item = testImages.get(i * testImages.size() / GOLDEN_IMAGES);
            String ending = item.format().extensions().getFirst();
            images.put(
                    item.contentHash().substring(0, 16) + ending,
                    read(order.folder().resolve(item.path())));
        }
        return images;
    }

    public Manifest manifest(
            Provenance origin, List<GoldenVector> golden, double temperature, Optional<String> evaluation) {
        Map<String, String> settings = new TreeMap<>(order.described(dataset));
        settings.putAll(network.described());
        Lineage lineage =
                new Lineage(dataset.id(), "", settings, origin.codeVersion(), origin.machine(), network.seconds());
        return new Manifest(
                order.name(),
                dataset.labels(),
                Optional.of(network.contract()),
                new Postprocessing.OneLabel(Activation.SOFTMAX, temperature),
                evaluation,
                lineage,
                golden,
                new TreeMap<>());
    }

    public static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new FoveaException(
                    ErrorCode.STORAGE_FAILED, "%s cannot be read any more: %s.".formatted(file, e.getMessage()), e);
        }
    }
}
