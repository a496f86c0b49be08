package dev.fovea.datasets.exchange.xml;

import dev.fovea.datasets.ClassName;
import dev.fovea.datasets.Split;
import dev.fovea.datasets.annotation.ObjectFlag;
import dev.fovea.datasets.exchange.model.BoxReading;
import dev.fovea.datasets.exchange.model.ExchangeClass;
import dev.fovea.datasets.exchange.model.ExchangeFormat;
import dev.fovea.datasets.exchange.model.ReadFault;
import dev.fovea.datasets.exchange.reading.FindingCounter;
import dev.fovea.datasets.exchange.reading.FormatFolder;
import dev.fovea.datasets.exchange.reading.FormatReader;
import dev.fovea.datasets.exchange.reading.ImageLookup;
import dev.fovea.datasets.exchange.reading.StatedFrame;
import dev.fovea.datasets.exchange.reading.StatedImage;
import dev.fovea.datasets.exchange.reading.StatedLabels;
import dev.fovea.datasets.exchange.reading.StatedObject;
import dev.fovea.datasets.exchange.reading.StatedShape;
import dev.fovea.datasets.exchange.reading.TextPlace;
import dev.fovea.datasets.formats.ImageIndex;
import dev.fovea.datasets.formats.YoloLabels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Pascal VOC: an XML file per image. Images in the same folders that have none are unlabelled. VOC's own archives count
 * pixels from 1 with both ends inside; LabelImg, CVAT, Roboflow and Fovea write edges from 0. Source: VOC2012
 * Development Kit, section 3.
 */
public final class VocFormatReader implements FormatReader {

    /** {@code name:colour:parts:actions} of CVAT and Datumaro. */
    private static final Pattern LABEL_MAP = Pattern.compile("(.+):[\\d,]*:[^:]*:[^:]*");

    private final ImageIndex index;
    private final List<Path> files;
    private final Map<String, Split> sets;

    private VocFormatReader(FormatFolder folder, List<Path> files) {
        this.index = folder.index();
        this.files = files;
        this.sets = imageSets();
    }

    /** Recognises a folder by the root element of its XML files. */
    public static Optional<FormatReader> of(FormatFolder folder) {
        List<Path> files = folder.files("xml");
        boolean isVoc = files.stream().limit(5).anyMatch(file -> XmlFile.hasRoot(file, "annotation"));
        return isVoc
                ? Optional.of(new VocFormatReader(
                        folder,
                        files.stream()
                                .filter(file -> !XmlFile.hasRoot(file, "annotations") && !XmlFile.hasRoot(file, "View"))
                                .toList()))
                : Optional.empty();
    }

    @Override
    public ExchangeFormat format() {
        return ExchangeFormat.PASCAL_VOC;
    }

    @Override
    public List<ExchangeClass> classes() {
        return index.files("txt").stream()
                .filter(file -> file.endsWith("labelmap.txt"))
                .flatMap(file -> labelMap(file).stream())
                .distinct()
                .map(ExchangeClass::new)
                .toList();
    }

    /** Other tools list the background first, which is no class. */
    private static List<String> labelMap(Path file) {
        List<String> names = YoloLabels.lines(file).stream()
                .map(LABEL_MAP::matcher)
                .filter(Matcher::matches)
                .map(match -> ClassName.of(match.group(1), file.toString()))
                .toList();
        return !names.isEmpty() && names.getFirst().equals("background") ? names.subList(1, names.size()) : names;
    }

    /** {@code train.txt}, {@code val.txt}, {@code test.txt}; {@code trainval.txt} is the first two together. */
    private Map<String, Split> imageSets() {
        Map<String, Split> found = new HashMap<>();
        for (Path file : index.files("txt")) {
            if (index.relative(file).toLowerCase(Locale.ROOT).contains("imagesets/main/")) {
                Split.ofFolder(ImageIndex.stem(file))
                        .ifPresent(split -> YoloLabels.lines(file).stream()
                                .filter(line -> !line.isBlank())
                                .map(String::strip)
                                .map(line -> index.called(line).isEmpty() ? line.split("\\s+")[0] : line)
                                .forEach(stem -> found.put(stem, split)));
            }
        }
        return found;
    }

    private Split split(Path image) {
        return sets.getOrDefault(ImageIndex.stem(image), index.split(image));
    }

    @Override
    public Stream<StatedImage> images(FindingCounter findings) {
        ImageLookup lookup = new ImageLookup(index, findings);
        Set<Path> annotated = new HashSet<>();
        Set<Path> folders = new HashSet<>();
        Stream<StatedImage> labelled = files.stream()
                .flatMap(file -> image(file, lookup, findings).stream())
                .peek(image -> {
                    annotated.add(image.file());
                    folders.add(image.file().resolveSibling(""));
                });
        Stream<StatedImage> others = index.images().stream()
                .filter(image -> folders.contains(image.resolveSibling("")) && !annotated.contains(image))
                .map(image -> new StatedImage(
                        image, split(image), StatedFrame.SHARES, Optional.empty(), new TextPlace(image, 0)));
        return Stream.concat(labelled, others);
    }

    private Optional<StatedImage> image(Path file, ImageLookup lookup, FindingCounter findings) {
        XmlElement root = XmlFile.read(file, xml -> {
            xml.nextTag();
            return XmlElement.read(xml);
        });
        TextPlace place = new TextPlace(file, 0);
        String stated = root.text("filename");
        // tools that rename images rename the XML file, too, but often not this element
        boolean isByStem = !index.called(ImageIndex.stem(file)).isEmpty() || stated.isEmpty();
        return (isByStem ? lookup.called(ImageIndex.stem(file), place) : lookup.named(stated, place))
                .map(image -> new StatedImage(
                        image,
                        split(image),
                        StatedFrame.pixels(number(root.text("size", "width")), number(root.text("size", "height"))),
                        Optional.of(new StatedLabels.OfObjects(objects(root, file, findings))),
                        place));
    }

    private static int number(String text) {
        return text.matches("\\d{1,8}") ? Integer.parseInt(text) : 0;
    }

    private static List<StatedObject> objects(XmlElement root, Path file, FindingCounter findings) {
        double before = root.text("source", "database").startsWith("The VOC") ? 1 : 0;
        List<StatedObject> objects = new ArrayList<>();
        for (XmlElement object : root.all("object")) {
            TextPlace place = new TextPlace(file, object.line(), "object");
            String name = object.text("name");
            if (name.isEmpty() || object.all("bndbox").isEmpty()) {
                findings.add(
                        name.isEmpty() ? ReadFault.OBJECT_INVALID : ReadFault.UNSUPPORTED,
                        place,
                        name.isEmpty() ? "it has no name" : "it has no bndbox");
                continue;
            }
            Map<String, String> attributes = new TreeMap<>();
            object.all("attributes").stream()
                    .flatMap(list -> list.all("attribute").stream())
                    .forEach(each -> attributes.put(each.text("name"), each.text("value")));
            objects.add(new StatedObject(
                    ClassName.of(name, place.toString()),
                    new StatedShape.FourNumbers(
                            edge(object, "xmin") - before,
                            edge(object, "ymin") - before,
                            edge(object, "xmax"),
                            edge(object, "ymax"),
                            BoxReading.XYXY),
                    attributes,
                    flags(object),
                    List.of(),
                    place));
        }
        return objects;
    }

    private static double edge(XmlElement object, String name) {
        return YoloLabels.number(object.text("bndbox", name));
    }

    private static Set<ObjectFlag> flags(XmlElement object) {
        Set<ObjectFlag> flags = EnumSet.noneOf(ObjectFlag.class);
        for (ObjectFlag flag : List.of(ObjectFlag.DIFFICULT, ObjectFlag.TRUNCATED, ObjectFlag.OCCLUDED)) {
            if (object.text(flag.name().toLowerCase(Locale.ROOT)).matches("1|[Tt]rue")) {
                flags.add(flag);
            }
        }
        return flags;
    }
}
