package dev.fovea.datasets.formats;

import dev.fovea.datasets.Split;
import dev.fovea.datasets.formats.Annotated.Frame;
import dev.fovea.datasets.formats.DetectionFindings.Counter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Pascal VOC: an XML file per image in {@code Annotations/}, or in the folder of the image, as LabelImg and Roboflow
 * write it. Splits are from {@code ImageSets/Main/*.txt} or folders. Images without an XML file are ignored.
 */
final class VocReader implements AnnotationReader {

    private final ImageIndex index;
    private final List<Path> files;
    private final List<VocAnnotation> annotations = new ArrayList<>();

    private VocReader(ImageIndex index, List<Path> files) {
        this.index = index;
        this.files = files;
    }

    /** Recognises a folder by the root element of its XML files. */
    static Optional<VocReader> of(ImageIndex index) {
        List<Path> files = index.files("xml");
        boolean isVoc = files.stream().limit(5).anyMatch(VocAnnotation::isVoc);
        return isVoc ? Optional.of(new VocReader(index, files)) : Optional.empty();
    }

    @Override
    public DetectionFormat format() {
        return DetectionFormat.PASCAL_VOC;
    }

    @Override
    public List<String> classes() {
        TreeSet<String> names = new TreeSet<>();
        annotations().forEach(annotation -> annotation.boxes().forEach(box -> names.add(box.category())));
        return List.copyOf(names);
    }

    @Override
    public boolean named() {
        return true;
    }

    private List<VocAnnotation> annotations() {
        if (annotations.isEmpty()) {
            files.stream().filter(VocAnnotation::isVoc).map(VocAnnotation::read).forEach(annotations::add);
        }
        return annotations;
    }

    @Override
    public List<Annotated> read(Counter counter) {
        Map<String, Split> sets = imageSets();
        List<Annotated> read = new ArrayList<>();
        for (VocAnnotation annotation : annotations()) {
            Path file = annotation.file();
            String stem = ImageIndex.stem(file);
            // tools that rename images rename the XML file, too, but often not this element
            Optional<Path> image = index.nearest(stem, file)
                    .or(() -> annotation.imageName().isEmpty()
                            ? Optional.empty()
                            : index.named(annotation.imageName(), file));
            if (image.isEmpty()) {
                counter.missing(file.toString());
            } else {
                Split split = sets.getOrDefault(stem, index.split(image.get()));
                read.add(new Annotated(image.get(), split, new Frame.Pixels(annotation.size()), annotation.boxes()));
            }
        }
        read.sort(Comparator.comparing(Annotated::image));
        return read;
    }

    /** {@code train.txt}, {@code val.txt}, {@code test.txt}; {@code trainval.txt} is the first two together. */
    private Map<String, Split> imageSets() {
        Map<String, Split> sets = new HashMap<>();
        for (Path file : index.files("txt")) {
            if (index.relative(file).toLowerCase(java.util.Locale.ROOT).contains("imagesets/main/")) {
                Split.ofFolder(ImageIndex.stem(file))
                        .ifPresent(split -> YoloLabels.lines(file).stream()
                                .filter(line -> !line.isBlank())
                                .forEach(line -> sets.put(line.strip().split("\\s+")[0], split)));
            }
        }
        return sets;
    }
}
