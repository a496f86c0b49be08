package dev.fovea.datasets;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.Decoder;
import dev.fovea.imaging.Image;
import dev.fovea.imaging.ImageLimits;
import dev.fovea.imaging.ImageWriter;
import dev.fovea.synthetic.Fabric;
import dev.fovea.synthetic.FabricClass;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Writes a labelled folder of drawn fabric images: {@code train} and {@code test}, each with the classes none, hole and
 * tear, with a few faults as in real folders. The seed determines every byte.
 */
public final class FabricDataset {

    /** Distance of the seeds of two splits, so that no image is drawn twice. */
    private static final long SEED_STRIDE = 1_000_000;

    private static final int SECOND_SAVE_QUALITY = 60;

    private final int trainPerClass;
    private final int testPerClass;
    private final long seed;

    /**
     * The planted errors, as paths relative to the folder.
     *
     * @param corrupt files that do not decode
     * @param wrongExtension a JPEG named {@code .png}
     * @param exactDuplicates pairs of equal files in one split
     * @param nearDuplicates pairs; the second file is the first, re-encoded
     * @param leak one image in two splits, the training one first
     */
    public record Planted(
            List<String> corrupt,
            List<String> wrongExtension,
            List<List<String>> exactDuplicates,
            List<List<String>> nearDuplicates,
            List<String> leak) {}

    private record FabricDrawing(Path file, FabricClass kind, long seed) {}

    /** Per class, 120 training images and 60 test images. */
    public FabricDataset(long seed) {
        this(120, 60, seed);
    }

    /** Numbers of good images per class; 4 and 1 or more. */
    public FabricDataset(int trainPerClass, int testPerClass, long seed) {
        if (trainPerClass < 4 || testPerClass < 1) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "%d and %d images per class are too few for the planted errors; use 4 and 1 or more"
                            .formatted(trainPerClass, testPerClass));
        }
        this.trainPerClass = trainPerClass;
        this.testPerClass = testPerClass;
        this.seed = seed;
    }

    /**
     * Writes the images and the faults; existing files of the same names are replaced. {@code STORAGE_FAILED} on a full
     * disk.
     */
    public Planted write(Path folder, IngestProgress progress) {
        List<FabricDrawing> drawings = new ArrayList<>();
        for (FabricClass kind : FabricClass.values()) {
            drawings.addAll(drawings(folder, Split.TRAIN, kind, trainPerClass));
            drawings.addAll(drawings(folder, Split.TEST, kind, testPerClass));
        }
        new ParallelWork(Runtime.getRuntime().availableProcessors()).map(drawings, FabricDataset::draw, progress);
        try {
            return plant(folder);
        } catch (IOException e) {
            throw unwritable(folder, e);
        }
    }

    private List<FabricDrawing> drawings(Path folder, Split split, FabricClass kind, int count) {
        long first = 2 * SEED_STRIDE * seed + (split == Split.TEST ? SEED_STRIDE : 0);
        return IntStream.range(0, count)
                .mapToObj(i -> new FabricDrawing(folder.resolve(path(split, kind, i)), kind, first + i))
                .toList();
    }

    private static String path(Split split, FabricClass kind, int number) {
        return "%s/%s/%s-%03d.jpg".formatted(split.label(), kind.label(), kind.label(), number);
    }

    private static Path draw(FabricDrawing drawing) {
        try {
            Files.createDirectories(drawing.file().getParent());
            return Files.write(drawing.file(), Fabric.jpeg(drawing.kind(), drawing.seed(), Fabric.Conditions.USUAL));
        } catch (IOException e) {
            throw unwritable(drawing.file(), e);
        }
    }

    private static Planted plant(Path folder) throws IOException {
        String truncated = "train/hole/hole-damaged.jpg";
        byte[] whole = Files.readAllBytes(folder.resolve(path(Split.TRAIN, FabricClass.HOLE, 0)));
        Files.write(folder.resolve(truncated), Arrays.copyOf(whole, whole.length / 2));
        String words = "train/tear/tear-notes.jpg";
        Files.writeString(folder.resolve(words), "These are my notes on the tears.\n", StandardCharsets.UTF_8);
        String misnamed = "train/hole/hole-003.png";
        Files.deleteIfExists(folder.resolve(misnamed));
        Files.move(folder.resolve(path(Split.TRAIN, FabricClass.HOLE, 3)), folder.resolve(misnamed));
        return new Planted(
                List.of(truncated, words),
                List.of(misnamed),
                List.of(
                        copy(folder, path(Split.TRAIN, FabricClass.NONE, 1), "train/none/none-001 (copy).jpg"),
                        copy(folder, path(Split.TRAIN, FabricClass.TEAR, 1), "train/tear/tear-001 (copy).jpg")),
                List.of(
                        saveAgain(folder, path(Split.TRAIN, FabricClass.NONE, 2), "train/none/none-002-small.jpg"),
                        saveAgain(folder, path(Split.TRAIN, FabricClass.HOLE, 2), "train/hole/hole-002-small.jpg")),
                leak(folder));
    }

    private static List<String> leak(Path folder) throws IOException {
        List<String> pair = copy(folder, path(Split.TEST, FabricClass.TEAR, 0), "train/tear/tear-from-test.jpg");
        return pair.reversed();
    }

    private static List<String> copy(Path folder, String from, String to) throws IOException {
        Files.write(folder.resolve(to), Files.readAllBytes(folder.resolve(from)));
        return List.of(from, to);
    }

    private static List<String> saveAgain(Path folder, String from, String to) throws IOException {
        byte[] bytes = Files.readAllBytes(folder.resolve(from));
        try (Image image = new Decoder(ImageLimits.DEFAULT).decode(bytes)) {
            Files.write(folder.resolve(to), new ImageWriter().jpeg(image, SECOND_SAVE_QUALITY));
        }
        return List.of(from, to);
    }

    private static FoveaException unwritable(Path path, IOException cause) {
        return new FoveaException(
                ErrorCode.STORAGE_FAILED,
                "The images could not be written to %s. Check free space and permissions.".formatted(path),
                cause);
    }
}
