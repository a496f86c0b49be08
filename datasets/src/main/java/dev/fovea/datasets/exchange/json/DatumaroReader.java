package dev.fovea.datasets.exchange.json;

import dev.fovea.datasets.ClassName;
import dev.fovea.datasets.Split;
import dev.fovea.datasets.exchange.json.StreamedElements.Located;
import dev.fovea.datasets.exchange.model.ExchangeClass;
import dev.fovea.datasets.exchange.model.ExchangeClass.Joint;
import dev.fovea.datasets.exchange.model.ExchangeClass.Skeleton;
import dev.fovea.datasets.exchange.model.ExchangeFormat;
import dev.fovea.datasets.exchange.reading.ByteOrderMark;
import dev.fovea.datasets.exchange.reading.FindingCounter;
import dev.fovea.datasets.exchange.reading.FormatFolder;
import dev.fovea.datasets.exchange.reading.FormatReader;
import dev.fovea.datasets.exchange.reading.ImageLookup;
import dev.fovea.datasets.exchange.reading.StatedFrame;
import dev.fovea.datasets.exchange.reading.StatedImage;
import dev.fovea.datasets.exchange.reading.TextPlace;
import dev.fovea.datasets.formats.ImageIndex;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;

/** Datumaro's JSON, a file per subset, item by item. Source: Datumaro, {@code plugins/data_formats/datumaro}. */
public final class DatumaroReader implements FormatReader {

    private final ImageIndex index;
    private final List<Path> files;
    private final List<ExchangeClass> classes;
    private final boolean isOfWholeImages;

    private DatumaroReader(FormatFolder folder, List<Path> files) {
        this.index = folder.index();
        this.files = files;
        this.classes = categories(files.getFirst());
        boolean[] has = new boolean[2];
        files.forEach(file -> {
            try (Stream<Located> items = StreamedElements.of(file, "items")) {
                items.flatMap(item -> item.node().path("annotations").valueStream())
                        .forEach(each -> has[each.path("type").asString("").equals("label") ? 0 : 1] = true);
            }
        });
        this.isOfWholeImages = has[0] && !has[1];
    }

    /** Recognises a folder by JSON documents with {@code categories} and {@code items}. */
    public static Optional<FormatReader> of(FormatFolder folder) {
        List<Path> files =
                folder.files("json").stream().filter(DatumaroReader::isDatumaro).toList();
        return files.isEmpty() ? Optional.empty() : Optional.of(new DatumaroReader(folder, files));
    }

    private static boolean isDatumaro(Path file) {
        try (JsonParser parser = LenientJson.MAPPER.createParser(file)) {
            boolean hasCategories = false;
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (name.equals("items")) {
                    return hasCategories && value == JsonToken.START_ARRAY;
                }
                hasCategories |= name.equals("categories") && value == JsonToken.START_OBJECT;
                parser.skipChildren();
            }
            return false;
        } catch (JacksonException e) {
            return false;
        }
    }

    private static List<ExchangeClass> categories(Path file) {
        JsonNode found = LenientJson.read(file, parser -> {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean isIt = parser.currentName().equals("categories");
                parser.nextToken();
                if (isIt) {
                    return parser.readValueAsTree();
                }
                parser.skipChildren();
            }
            throw LenientJson.invalid("%s has no categories. Export it again.".formatted(file));
        });
        Map<Integer, Skeleton> skeletons = new TreeMap<>();
        found.path("points").path("items").forEach(item -> {
            List<String> points = new ArrayList<>();
            item.path("labels").forEach(label -> points.add(label.asString("")));
            List<Joint> joints = new ArrayList<>();
            item.path("joints")
                    .forEach(joint -> joints.add(
                            new Joint(joint.path(0).asInt(1) - 1, joint.path(1).asInt(1) - 1)));
            skeletons.put(item.path("label_id").asInt(-1), new Skeleton(points, joints));
        });
        List<ExchangeClass> classes = new ArrayList<>();
        for (JsonNode label : found.path("label").path("labels")) {
            classes.add(new ExchangeClass(
                    ClassName.of(label.path("name").asString(""), file.toString()),
                    "",
                    Optional.ofNullable(skeletons.get(classes.size()))));
        }
        return classes;
    }

    @Override
    public ExchangeFormat format() {
        return ExchangeFormat.DATUMARO;
    }

    @Override
    public List<ExchangeClass> classes() {
        return classes;
    }

    @Override
    public Stream<StatedImage> images(FindingCounter findings) {
        ImageLookup lookup = new ImageLookup(index, findings);
        return files.stream().flatMap(file -> {
            ByteOrderMark.report(file, findings);
            return StreamedElements.of(file, "items").flatMap(item -> image(item, lookup, findings).stream());
        });
    }

    private Optional<StatedImage> image(Located item, ImageLookup lookup, FindingCounter findings) {
        JsonNode node = item.node();
        TextPlace place = new TextPlace(
                item.place().file(),
                item.place().line(),
                "item " + node.path("id").asString(""));
        String path = node.path("image").path("path").asString("");
        Optional<Path> file =
                path.isEmpty() ? lookup.called(node.path("id").asString(""), place) : lookup.named(path, place);
        return file.map(image -> {
            Map<String, String> tags = new TreeMap<>();
            node.path("attr")
                    .properties()
                    .forEach(tag -> tags.put(tag.getKey(), tag.getValue().asString("")));
            JsonNode size = node.path("image").path("size");
            return new StatedImage(
                    image,
                    ImageIndex.splitOf(ImageIndex.stem(place.file()))
                            .filter(split -> split != Split.UNASSIGNED)
                            .orElseGet(() -> index.split(image)),
                    StatedFrame.pixels(size.path(1).asInt(0), size.path(0).asInt(0)),
                    node.path("labelled").asBoolean(true)
                            ? Optional.of(new DatumaroAnnotations(classes, isOfWholeImages, place, findings)
                                    .labels(node.path("annotations")))
                            : Optional.empty(),
                    List.of(),
                    tags,
                    node.path("group").asString(""),
                    place);
        });
    }
}
