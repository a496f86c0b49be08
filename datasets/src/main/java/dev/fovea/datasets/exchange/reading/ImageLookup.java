package dev.fovea.datasets.exchange.reading;

import dev.fovea.datasets.exchange.model.ReadFault;
import dev.fovea.datasets.formats.ImageIndex;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds the image files that annotations name, and counts what is missing or ambiguous. */
public final class ImageLookup {

    private final ImageIndex index;
    private final FindingCounter findings;

    /** Among the files of a folder. */
    public ImageLookup(ImageIndex index, FindingCounter findings) {
        this.index = index;
        this.findings = findings;
    }

    /** The image of a stated file name or path. */
    public Optional<Path> named(String fileName, TextPlace place) {
        Optional<Path> found = index.named(fileName, place.file());
        if (found.isEmpty()) {
            findings.add(ReadFault.IMAGE_MISSING, place, fileName);
        } else if (fileName.indexOf('\\') >= 0) {
            findings.add(ReadFault.WINDOWS_PATH, place, fileName);
        }
        return found;
    }

    /** The image of a name without extension; of several in one folder the first is taken, which is counted. */
    public Optional<Path> called(String stem, TextPlace place) {
        Optional<Path> found = index.nearest(stem, place.file());
        if (found.isEmpty()) {
            findings.add(ReadFault.IMAGE_MISSING, place, stem);
            return found;
        }
        Path folder = found.get().resolveSibling("");
        List<Path> same = index.called(stem).stream()
                .filter(image -> image.resolveSibling("").equals(folder))
                .toList();
        if (same.size() > 1) {
            findings.add(ReadFault.TWO_FILES, place, same.get(0) + " and " + same.get(1));
        }
        return Optional.of(same.getFirst());
    }
}
