package dev.fovea.datasets.exchange.json;

import dev.fovea.datasets.ClassName;
import dev.fovea.datasets.Split;
import dev.fovea.datasets.exchange.json.StreamedElements.Located;
import dev.fovea.datasets.exchange.model.ExchangeClass;
import dev.fovea.datasets.exchange.model.ExchangeFormat;
import dev.fovea.datasets.exchange.model.ReadFault;
import dev.fovea.datasets.exchange.reading.ByteOrderMark;
import dev.fovea.datasets.exchange.reading.FindingCounter;
import dev.fovea.datasets.exchange.reading.FormatFolder;
import dev.fovea.datasets.exchange.reading.FormatReader;
import dev.fovea.datasets.exchange.reading.ImageLookup;
import dev.fovea.datasets.exchange.reading.StatedImage;
import dev.fovea.datasets.exchange.reading.StatedLabels;
import dev.fovea.datasets.exchange.reading.TextPlace;
import dev.fovea.datasets.formats.ImageIndex;
import dev.fovea.datasets.formats.YoloLabels;
import dev.fovea.imaging.ImageFormat;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;

/**
 * Label Studio's JSON, task by task. The first annotation that was not skipped counts; predictions become pre-fills.
 * Where a file has choices and no regions, its images have classes as a whole.
 */
public final class LabelStudioReader implements FormatReader {

    private static final Pattern LABEL =
            Pattern.compile("<(?:Label|Choice)\\s+value=\"([^\"]*)\"(?:\\s+hint=\"([^\"]*)\")?");

    private final ImageIndex index;
    private final List<Path> files;
    private final boolean isOfWholeImages;

    private LabelStudioReader(FormatFolder folder, List<Path> files) {
        this.index = folder.index();
        this.files = files;
        boolean[] has = new boolean[2];
        files.forEach(file -> {
            try (Stream<Located> tasks = StreamedElements.of(file, "")) {
                tasks.flatMap(task -> results(task.node()))
                        .forEach(result -> has[result.path("type").asString("").equals("choices") ? 0 : 1] = true);
            }
        });
        this.isOfWholeImages = has[0] && !has[1];
    }

    private static Stream<JsonNode> results(JsonNode task) {
        return Stream.of("annotations", "predictions")
                .flatMap(list -> task.path(list).valueStream())
                .flatMap(each -> each.path("result").valueStream());
    }

    /** Recognises a folder by JSON lists of tasks. */
    public static Optional<FormatReader> of(FormatFolder folder) {
        List<Path> files =
                folder.files("json").stream().filter(LabelStudioReader::isTasks).toList();
        return files.isEmpty() ? Optional.empty() : Optional.of(new LabelStudioReader(folder, files));
    }

    private static boolean isTasks(Path file) {
        try (JsonParser parser = LenientJson.MAPPER.createParser(file)) {
            if (parser.nextToken() != JsonToken.START_ARRAY || parser.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            JsonNode task = parser.readValueAsTree();
            return task.path("data").isObject() && (task.has("annotations") || task.has("predictions"));
        } catch (tools.jackson.core.JacksonException e) {
            return false;
        }
    }

    @Override
    public ExchangeFormat format() {
        return ExchangeFormat.LABEL_STUDIO;
    }

    /** From the labelling interface, where it lies beside the tasks. */
    @Override
    public List<ExchangeClass> classes() {
        return index.files("xml").stream()
                .map(file -> String.join("\n", YoloLabels.lines(file)))
                .filter(text -> text.contains("<View"))
                .flatMap(text -> LABEL.matcher(text).results())
                .map(match -> new ExchangeClass(
                        ClassName.of(XmlText.plain(match.group(1)), "The labelling interface"),
                        match.group(2) == null ? "" : XmlText.plain(match.group(2)),
                        Optional.empty()))
                .distinct()
                .toList();
    }

    @Override
    public Stream<StatedImage> images(FindingCounter findings) {
        ImageLookup lookup = new ImageLookup(index, findings);
        return files.stream().flatMap(file -> {
            ByteOrderMark.report(file, findings);
            return StreamedElements.of(file, "").flatMap(task -> image(task, lookup, findings).stream());
        });
    }

    private Optional<StatedImage> image(Located task, ImageLookup lookup, FindingCounter findings) {
        JsonNode node = task.node();
        JsonNode data = node.path("data");
        TextPlace place = new TextPlace(
                task.place().file(),
                task.place().line(),
                "task " + node.path("id").asString(""));
        return file(data, place, lookup).map(image -> {
            List<JsonNode> annotations = node.path("annotations")
                    .valueStream()
                    .filter(each -> !each.path("was_cancelled").asBoolean(false))
                    .toList();
            if (annotations.size() > 1) {
                findings.add(
                        ReadFault.UNSUPPORTED,
                        place,
                        "%d annotations of one image; the first was read".formatted(annotations.size()));
            }
            LabelStudioResults results = new LabelStudioResults(node, isOfWholeImages, place, findings);
            List<StatedLabels.OfModel> preFills = new ArrayList<>();
            node.path("predictions")
                    .forEach(each -> preFills.add(new StatedLabels.OfModel(
                            results.labels(each), each.path("model_version").asString(""))));
            Map<String, String> tags = new TreeMap<>();
            data.path("tags")
                    .properties()
                    .forEach(tag -> tags.put(tag.getKey(), tag.getValue().asString("")));
            return new StatedImage(
                    image,
                    ImageIndex.splitOf(data.path("split").asString(""))
                            .filter(split -> split != Split.UNASSIGNED)
                            .orElseGet(() -> index.split(image)),
                    results.frame(),
                    annotations.stream().findFirst().map(results::labels),
                    preFills,
                    tags,
                    data.path("group").asString(""),
                    place);
        });
    }

    private Optional<Path> file(JsonNode data, TextPlace place, ImageLookup lookup) {
        List<JsonNode> values = new ArrayList<>();
        values.add(data.path("image"));
        data.forEach(values::add);
        for (JsonNode value : values) {
            String text = value.asString("");
            String name = text.contains("?d=")
                    ? URLDecoder.decode(text.replaceFirst("^.*\\?d=", "").replace("+", "%2B"), StandardCharsets.UTF_8)
                    : text.replaceFirst("[?#].*$", "");
            if (ImageFormat.looksLikeImage(name)) {
                String bare = name.replaceFirst("(^|.*/)[0-9a-f]{8}-", "");
                Optional<Path> uploaded = index.named(bare, place.file());
                return index.named(name, place.file()).isEmpty() && uploaded.isPresent()
                        ? uploaded
                        : lookup.named(name, place);
            }
        }
        return lookup.named(data.path("image").asString("(no image)"), place);
    }
}
