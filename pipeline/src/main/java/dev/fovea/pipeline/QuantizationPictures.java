package dev.fovea.pipeline;

import dev.fovea.datasets.DatasetStore;
import dev.fovea.datasets.DatasetVersion;
import dev.fovea.datasets.FolderReader;
import dev.fovea.datasets.FoundFile;
import dev.fovea.datasets.Side;
import dev.fovea.evaluation.LabelledPicture;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.PictureFormat;
import dev.fovea.model.Manifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/**
 * The pictures of a folder in two parts that share none: to learn ranges from, and to prove with.
 *
 * @param calibration files
 * @param proof with their labels; with 0 where they are not known
 * @param labelled whether they are
 */
record QuantizationPictures(List<Path> calibration, List<LabelledPicture> proof, boolean labelled) {

    private static final int MOST_CALIBRATION = 300;
    private static final int MOST_PROOF = 2000;
    private static final int MOST_UNLABELLED = 500;
    private static final long SEED = 1;

    private record Half(List<LabelledPicture> calibration, List<LabelledPicture> proof) {}

    /**
     * Divides a folder. The pictures that the model was trained on are not among those of the proof, where the store
     * still knows them and they lie where they did; sides that the folder has are kept; other pictures are shuffled,
     * always in the same way.
     *
     * @throws FoveaException {@code DATASET_INVALID} when there are too few
     */
    static QuantizationPictures of(Path folder, Manifest manifest, DatasetStore store) {
        Optional<DatasetVersion> learned = store.find(manifest.lineage().dataset());
        Half half = learned.map(version -> trained(folder, version, manifest))
                .filter(found ->
                        !found.proof().isEmpty() && !found.calibration().isEmpty())
                .orElseGet(() -> found(folder, manifest));
        boolean labelled = half.proof().stream().allMatch(picture -> picture.label() >= 0);
        List<LabelledPicture> proof = half.proof().stream()
                .map(picture -> labelled ? picture : new LabelledPicture(picture.file(), 0))
                .limit(labelled ? MOST_PROOF : MOST_UNLABELLED)
                .toList();
        List<Path> calibration = half.calibration().stream()
                .map(LabelledPicture::file)
                .limit(MOST_CALIBRATION)
                .toList();
        if (calibration.isEmpty() || proof.isEmpty()) {
            throw new FoveaException(
                    ErrorCode.DATASET_INVALID,
                    "%s holds too few pictures: %d to calibrate with, %d to prove with. Give two hundred or more, like those to come."
                            .formatted(folder, calibration.size(), proof.size()));
        }
        return new QuantizationPictures(calibration, proof, labelled);
    }

    private static Half trained(Path folder, DatasetVersion version, Manifest manifest) {
        return new Half(side(folder, version, Side.TRAIN, manifest), side(folder, version, Side.TEST, manifest));
    }

    private static List<LabelledPicture> side(Path folder, DatasetVersion version, Side side, Manifest manifest) {
        List<LabelledPicture> pictures = new ArrayList<>();
        for (DatasetVersion.Item item : version.on(side)) {
            Path file = folder.resolve(item.path());
            if (Files.isRegularFile(file)) {
                pictures.add(new LabelledPicture(file, manifest.labels().indexOf(item.label())));
            }
        }
        return shuffled(pictures);
    }

    private static Half found(Path folder, Manifest manifest) {
        FolderReader.Listing listing = FolderReader.read(folder);
        List<LabelledPicture> known = new ArrayList<>();
        List<LabelledPicture> held = new ArrayList<>();
        for (FoundFile file : listing.files()) {
            if (!PictureFormat.looksLikePicture(file.path())) {
                continue;
            }
            LabelledPicture picture =
                    new LabelledPicture(file.file(), manifest.labels().indexOf(file.label()));
            (file.side() == Side.TEST ? held : known).add(picture);
        }
        // folders that are none of the model's labels say nothing about it
        boolean labelled = Stream.concat(known.stream(), held.stream()).anyMatch(picture -> picture.label() >= 0);
        if (labelled) {
            known.removeIf(picture -> picture.label() < 0);
            held.removeIf(picture -> picture.label() < 0);
        }
        if (labelled && !held.isEmpty()) {
            return new Half(shuffled(known), shuffled(held));
        }
        List<LabelledPicture> all = labelled && !known.isEmpty() ? shuffled(known) : shuffled(unlabelled(folder));
        int half = Math.min(MOST_CALIBRATION, all.size() / 2);
        return new Half(all.subList(0, half), all.subList(half, all.size()));
    }

    private static List<LabelledPicture> unlabelled(Path folder) {
        try (Stream<Path> tree = Files.walk(folder)) {
            return tree.filter(Files::isRegularFile)
                    .filter(file -> PictureFormat.looksLikePicture(file.toString()))
                    .sorted()
                    .map(file -> new LabelledPicture(file, -1))
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw new FoveaException(
                    ErrorCode.DATASET_INVALID, "%s cannot be read: %s.".formatted(folder, e.getMessage()), e);
        }
    }

    private static List<LabelledPicture> shuffled(List<LabelledPicture> pictures) {
        List<LabelledPicture> shuffled = new ArrayList<>(pictures);
        Collections.shuffle(shuffled, new Random(SEED));
        return shuffled;
    }
}
