package dev.fovea.datasets.exchange.plain;

import dev.fovea.datasets.Split;
import dev.fovea.datasets.annotation.AnnotationValue;
import dev.fovea.datasets.exchange.model.ExchangedImage;
import dev.fovea.datasets.exchange.writing.ExportFolder;
import dev.fovea.datasets.exchange.writing.FormatWriter;
import dev.fovea.datasets.exchange.writing.SplitFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Set;
import java.util.TreeSet;

/**
 * A folder per class, below a folder per split where there are splits. Images without a split are then in
 * {@code unassigned}.
 */
public final class ClassFoldersWriter implements FormatWriter {

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
        String classFolder = FolderNames.encoded(name);
        isDivided |= image.split() != Split.UNASSIGNED;
        if (image.split() == Split.UNASSIGNED) {
            unassigned.add(classFolder);
        }
        folder.image(image, SplitFolders.path("", image.split(), classFolder + "/" + image.name()));
    }

    @Override
    public void finish() throws IOException {
        if (isDivided) {
            for (String each : unassigned) {
                Files.move(
                        folder.file(each + "/x").resolveSibling(""),
                        folder.file(Split.UNASSIGNED.label() + "/" + each));
            }
        }
    }
}
