package dev.fovea.datasets.exchange.plain;

import dev.fovea.datasets.ClassName;
import dev.fovea.datasets.Split;
import dev.fovea.datasets.annotation.AnnotationValue;
import dev.fovea.datasets.exchange.model.ExchangedImage;
import dev.fovea.datasets.exchange.writing.ExportFolder;
import dev.fovea.datasets.exchange.writing.FormatWriter;
import dev.fovea.datasets.exchange.writing.SplitFolders;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/**
 * A folder per class, below a folder per split where there are splits. Images without a split are then in
 * {@code unassigned}, and so are all where a class is called as a split.
 */
public final class ClassFoldersWriter implements FormatWriter {

    /** Bytes of a name that common file systems take. */
    private static final int LONGEST = 255;

    private final ExportFolder folder;
    private final Set<String> unassigned = new TreeSet<>();
    private boolean isDivided;

    /** Into a folder. */
    public ClassFoldersWriter(ExportFolder folder) {
        this.folder = folder;
    }

    @Override
    public void add(ExchangedImage image) throws IOException {
        String name = image.value().map(AnnotationValue::classes).orElseThrow().getFirst();
        String classFolder = ClassName.toFolder(name);
        requireShort(name, classFolder);
        isDivided |= image.split() != Split.UNASSIGNED;
        if (image.split() == Split.UNASSIGNED) {
            unassigned.add(classFolder);
        }
        folder.image(image, SplitFolders.path("", image.split(), classFolder + "/" + image.name()));
    }

    private static void requireShort(String name, String classFolder) {
        int bytes = classFolder.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > LONGEST) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "The class \"%s\" takes %d bytes as the name of a folder, which has at most %d. Rename the class, or use csv. Nothing was written."
                            .formatted(name, bytes, LONGEST));
        }
    }

    @Override
    public void finish() throws IOException {
        if (!isDivided
                && unassigned.stream().noneMatch(each -> Split.ofFolder(each).isPresent())) {
            return;
        }
        // by way of a name that no class has, for a class may be called unassigned
        Path moved = folder.file(".unassigned/x").resolveSibling("");
        for (String each : unassigned) {
            Files.move(folder.file(each + "/x").resolveSibling(""), moved.resolve(each));
        }
        if (unassigned.isEmpty()) {
            Files.delete(moved);
        } else {
            Files.move(moved, moved.resolveSibling(Split.UNASSIGNED.label()));
        }
    }
}
