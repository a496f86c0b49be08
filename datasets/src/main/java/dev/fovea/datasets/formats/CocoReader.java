package dev.fovea.datasets.formats;

import dev.fovea.datasets.Split;
import dev.fovea.datasets.formats.Annotated.Frame;
import dev.fovea.datasets.formats.Annotated.ObjectMark;
import dev.fovea.datasets.formats.Annotated.Stated;
import dev.fovea.datasets.formats.CocoDocument.CocoAnnotation;
import dev.fovea.datasets.formats.CocoDocument.CocoImage;
import dev.fovea.datasets.formats.DetectionFindings.Counter;
import dev.fovea.imaging.ImageSize;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * COCO JSON: {@code annotations/instances_*.json}, or Roboflow's {@code _annotations.coco.json} in the folder of its
 * images. Boxes are {@code [x, y, width, height]} in pixels from 0. Crowds are left out, as Ultralytics' converter
 * does. Source: COCO data format, cocodataset.org.
 */
final class CocoReader implements AnnotationReader {

    private final ImageIndex index;
    private final List<Path> files;
    private final List<CocoDocument> documents = new ArrayList<>();

    private CocoReader(ImageIndex index, List<Path> files) {
        this.index = index;
        this.files = files;
    }

    /** Recognises a folder by its JSON documents; of several kinds in one archive, the instances are used. */
    static Optional<CocoReader> of(ImageIndex index) {
        List<Path> found =
                index.files("json").stream().filter(CocoDocument::isCoco).toList();
        List<Path> instances = found.stream()
                .filter(file -> file.getFileName().toString().startsWith("instances"))
                .toList();
        List<Path> files = instances.isEmpty() ? found : instances;
        return files.isEmpty() ? Optional.empty() : Optional.of(new CocoReader(index, files));
    }

    @Override
    public DetectionFormat format() {
        return DetectionFormat.COCO;
    }

    @Override
    public List<String> classes() {
        TreeSet<String> names = new TreeSet<>();
        documents().forEach(document -> names.addAll(document.categories().values()));
        return List.copyOf(names);
    }

    @Override
    public boolean named() {
        return true;
    }

    private List<CocoDocument> documents() {
        if (documents.isEmpty()) {
            files.forEach(file -> documents.add(CocoDocument.read(file)));
        }
        return documents;
    }

    @Override
    public List<Annotated> read(Counter counter) {
        Map<Path, Annotated> byImage = new LinkedHashMap<>();
        for (CocoDocument document : documents()) {
            read(document, counter, byImage);
        }
        return byImage.values().stream()
                .sorted(Comparator.comparing(Annotated::image))
                .toList();
    }

    private void read(CocoDocument document, Counter counter, Map<Path, Annotated> byImage) {
        Map<Long, List<Stated>> boxes = new HashMap<>();
        for (CocoAnnotation entry : document.entries()) {
            boxes.computeIfAbsent(entry.image(), image -> new ArrayList<>()).add(stated(document, entry));
        }
        for (CocoImage image : document.images()) {
            Optional<Path> file = index.named(image.fileName(), document.file());
            if (file.isEmpty()) {
                counter.missing(image.fileName());
                continue;
            }
            List<Stated> shown = boxes.getOrDefault(image.id(), List.of());
            byImage.merge(
                    file.get(),
                    new Annotated(file.get(), split(document, file.get()), frame(image), shown),
                    CocoReader::joined);
        }
    }

    /** Two documents may annotate one image, each for classes of its own. */
    private static Annotated joined(Annotated one, Annotated other) {
        List<Stated> boxes = new ArrayList<>(one.boxes());
        boxes.addAll(other.boxes());
        return new Annotated(one.image(), one.split(), one.frame(), boxes);
    }

    private Split split(CocoDocument document, Path image) {
        Split folder = index.split(image);
        return folder == Split.UNASSIGNED
                ? ImageIndex.splitOf(ImageIndex.stem(document.file())).orElse(Split.UNASSIGNED)
                : folder;
    }

    private static Frame frame(CocoImage image) {
        return new Frame.Pixels(
                image.width() > 0 && image.height() > 0
                        ? Optional.of(new ImageSize(image.width(), image.height()))
                        : Optional.empty());
    }

    private static Stated stated(CocoDocument document, CocoAnnotation entry) {
        String name = document.categories().get(entry.category());
        if (name == null) {
            throw BoxFitting.invalid("%s names category %d, which \"categories\" does not list. Export it again."
                    .formatted(document.where(entry), entry.category()));
        }
        double[] box = entry.box();
        return new Stated(
                name,
                box[0],
                box[1],
                box[0] + box[2],
                box[1] + box[3],
                document.where(entry),
                entry.crowd() ? ObjectMark.CROWD : ObjectMark.NONE);
    }
}
