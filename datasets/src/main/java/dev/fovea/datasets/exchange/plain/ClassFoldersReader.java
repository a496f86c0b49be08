package dev.fovea.datasets.exchange.plain;

import dev.fovea.datasets.ClassName;
import dev.fovea.datasets.FolderReader;
import dev.fovea.datasets.FoundFile;
import dev.fovea.datasets.SkippedFile;
import dev.fovea.datasets.Split;
import dev.fovea.datasets.annotation.ClassLabels;
import dev.fovea.datasets.exchange.model.ExchangeClass;
import dev.fovea.datasets.exchange.model.ExchangeFormat;
import dev.fovea.datasets.exchange.model.ReadFault;
import dev.fovea.datasets.exchange.reading.FindingCounter;
import dev.fovea.datasets.exchange.reading.FormatFolder;
import dev.fovea.datasets.exchange.reading.FormatReader;
import dev.fovea.datasets.exchange.reading.StatedFrame;
import dev.fovea.datasets.exchange.reading.StatedImage;
import dev.fovea.datasets.exchange.reading.StatedLabels;
import dev.fovea.datasets.exchange.reading.TextPlace;
import dev.fovea.datasets.formats.ClassificationFolder;
import dev.fovea.imaging.ImageFormat;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A folder per class, below split folders or one level deeper. */
public final class ClassFoldersReader implements FormatReader {

    private final Path root;
    private final boolean isDivided;
    private final List<FoundFile> files;
    private final List<SkippedFile> passedOver;
    private final Map<Path, FoundFile> byPath = new LinkedHashMap<>();

    private ClassFoldersReader(Path root, FolderReader.Listing listing, List<FoundFile> files) {
        this.root = root;
        this.isDivided = listing.divided();
        this.files = files;
        this.passedOver = listing.skipped().stream()
                .filter(each -> ImageFormat.looksLikeImage(each.path()) && !("/" + each.path()).contains("/."))
                .toList();
        files.forEach(file -> byPath.put(file.file(), file));
    }

    /** Recognises a folder that is none of the other formats and has images. */
    public static Optional<FormatReader> of(FormatFolder folder) {
        return switch (ClassificationFolder.recognise(folder.index())) {
            case ClassificationFolder.Labelled(FolderReader.Listing listing, List<String> _) -> {
                List<FoundFile> images = listing.files().stream()
                        .filter(file -> ImageFormat.looksLikeImage(file.path()))
                        .toList();
                yield images.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new ClassFoldersReader(folder.index().root(), listing, images));
            }
            case ClassificationFolder.Other _ -> Optional.empty();
        };
    }

    @Override
    public ExchangeFormat format() {
        return ExchangeFormat.FOLDERS;
    }

    @Override
    public List<ExchangeClass> classes() {
        return List.of();
    }

    /** The path below the class's folder. */
    @Override
    public Optional<String> name(Path file) {
        return Optional.ofNullable(byPath.get(file)).map(found -> {
            List<String> parts = List.of(found.path().split("/"));
            int at = 0;
            while (at < parts.size() - 1 && !isClass(found, parts, at)) {
                at++;
            }
            return at == parts.size() - 1 ? found.path() : String.join("/", parts.subList(at + 1, parts.size()));
        });
    }

    /** A class may be called as its split: its folder is the one below. */
    private boolean isClass(FoundFile file, List<String> parts, int at) {
        boolean isPlaced =
                !isDivided || (at > 0 && Split.ofFolder(parts.get(at - 1)).equals(Optional.of(file.split())));
        return isPlaced && ClassName.ofFolder(parts.get(at)).equals(file.label());
    }

    @Override
    public Stream<StatedImage> images(FindingCounter findings) {
        passedOver.forEach(each ->
                findings.add(ReadFault.IMAGE_PASSED_OVER, new TextPlace(root.resolve(each.path()), 0), each.reason()));
        return files.stream()
                .map(file -> new StatedImage(
                        file.file(),
                        file.split(),
                        StatedFrame.SHARES,
                        Optional.of(new StatedLabels.OfImage(ClassLabels.of(file.label()))),
                        new TextPlace(file.file(), 0)));
    }
}
