package dev.fovea.datasets.exchange.plain;

import dev.fovea.datasets.FoundFile;
import dev.fovea.datasets.annotation.ClassLabels;
import dev.fovea.datasets.exchange.model.ExchangeClass;
import dev.fovea.datasets.exchange.model.ExchangeFormat;
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

    private final List<FoundFile> files;
    private final Map<Path, FoundFile> byPath = new LinkedHashMap<>();

    private ClassFoldersReader(List<FoundFile> files) {
        this.files = files;
        files.forEach(file -> byPath.put(file.file(), file));
    }

    /** Recognises a folder that is none of the other formats and has images. */
    public static Optional<FormatReader> of(FormatFolder folder) {
        List<FoundFile> images = switch (ClassificationFolder.recognise(folder.index())) {
            case ClassificationFolder.Labelled labelled ->
                labelled.listing().files().stream()
                        .filter(file -> ImageFormat.looksLikeImage(file.path()))
                        .toList();
            case ClassificationFolder.Other _ -> List.of();
        };
        return images.isEmpty() ? Optional.empty() : Optional.of(new ClassFoldersReader(images));
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
            int at = ("/" + found.path()).indexOf("/" + found.label() + "/");
            return at < 0
                    ? found.path()
                    : found.path().substring(at + found.label().length() + 1);
        });
    }

    @Override
    public Stream<StatedImage> images(FindingCounter findings) {
        return files.stream()
                .map(file -> new StatedImage(
                        file.file(),
                        file.split(),
                        StatedFrame.SHARES,
                        Optional.of(new StatedLabels.OfImage(ClassLabels.of(FolderNames.decoded(file.label())))),
                        new TextPlace(file.file(), 0)));
    }
}
