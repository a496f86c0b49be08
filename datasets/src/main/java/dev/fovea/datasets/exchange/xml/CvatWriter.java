package dev.fovea.datasets.exchange.xml;

import dev.fovea.datasets.annotation.AnnotatedObject;
import dev.fovea.datasets.annotation.ClassLabels;
import dev.fovea.datasets.annotation.ObjectFlag;
import dev.fovea.datasets.annotation.ObjectLabels;
import dev.fovea.datasets.annotation.Shape.BoxShape;
import dev.fovea.datasets.annotation.Shape.MaskShape;
import dev.fovea.datasets.annotation.Shape.PolygonShape;
import dev.fovea.datasets.annotation.Shape.RotatedBoxShape;
import dev.fovea.datasets.exchange.model.ExchangedImage;
import dev.fovea.datasets.exchange.shapes.RowRuns;
import dev.fovea.datasets.exchange.writing.ExportFolder;
import dev.fovea.datasets.exchange.writing.FormatWriter;
import dev.fovea.datasets.exchange.writing.SplitFolders;
import dev.fovea.imaging.Box;
import dev.fovea.imaging.geometry.Mask;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * {@code annotations.xml} and {@code images/}. Labels and their attributes stand before the images, so that the images
 * are written to a file of their own until all attributes are known.
 */
public final class CvatWriter implements FormatWriter {

    private final List<String> names;
    private final ExportFolder folder;
    private final Path part;
    private final BufferedWriter out;
    private final Map<String, Set<String>> attributes = new TreeMap<>();
    private int images;

    /** Into a folder. */
    public CvatWriter(List<String> names, ExportFolder folder) throws IOException {
        this.names = names;
        this.folder = folder;
        this.part = folder.file("images.part");
        this.out = Files.newBufferedWriter(part);
    }

    @Override
    public void add(ExchangedImage image) throws IOException {
        folder.image(image, SplitFolders.path("images", image.split(), image.name()));
        String subset = SplitFolders.name(image.split());
        out.write("  <image id=\"%d\" name=\"%s\"%s width=\"%d\" height=\"%d\">\n"
                .formatted(
                        images++,
                        XmlElement.escaped(image.name()),
                        subset.isEmpty() ? "" : " subset=\"%s\"".formatted(subset),
                        image.size().width(),
                        image.size().height()));
        if (image.value().isPresent()) {
            switch (image.value().get()) {
                case ClassLabels labels -> {
                    for (String name : labels.classes()) {
                        out.write(
                                "    <tag label=\"%s\" source=\"manual\"></tag>\n".formatted(XmlElement.escaped(name)));
                    }
                }
                case ObjectLabels labels -> {
                    for (AnnotatedObject object : labels.objects()) {
                        object(object);
                    }
                }
            }
        }
        out.write("  </image>\n");
    }

    private void object(AnnotatedObject object) throws IOException {
        String kind = kind(object);
        out.write("    <%s label=\"%s\" source=\"manual\" occluded=\"%d\" %s z_order=\"0\">\n"
                .formatted(
                        kind,
                        XmlElement.escaped(object.name()),
                        object.flags().contains(ObjectFlag.OCCLUDED) ? 1 : 0,
                        place(object)));
        Map<String, String> all = new TreeMap<>(object.attributes());
        object.flags().stream()
                .filter(flag -> flag != ObjectFlag.OCCLUDED)
                .forEach(flag -> all.put(flag.name().toLowerCase(Locale.ROOT), "true"));
        attributes.computeIfAbsent(object.name(), absent -> new TreeSet<>()).addAll(all.keySet());
        for (Map.Entry<String, String> each : all.entrySet()) {
            out.write("      <attribute name=\"%s\">%s</attribute>\n"
                    .formatted(XmlElement.escaped(each.getKey()), XmlElement.escaped(each.getValue())));
        }
        out.write("    </%s>\n".formatted(kind));
    }

    private static String kind(AnnotatedObject object) {
        return switch (object.shape()) {
            case BoxShape box -> "box";
            case RotatedBoxShape box -> "box";
            case PolygonShape polygon -> "polygon";
            case MaskShape mask -> "mask";
        };
    }

    private static String place(AnnotatedObject object) {
        return switch (object.shape()) {
            case BoxShape box -> corners(box.x(), box.y(), box.width(), box.height());
            case RotatedBoxShape box ->
                corners(box.centreX() - box.width() / 2, box.centreY() - box.height() / 2, box.width(), box.height())
                        + " rotation=\"%s\"".formatted((box.degrees() % 360 + 360) % 360);
            case PolygonShape polygon ->
                "points=\"%s\"".formatted(points(polygon.rings().getFirst().coordinates()));
            case MaskShape mask -> mask(mask.mask());
        };
    }

    private static String corners(double x, double y, double width, double height) {
        return "xtl=\"%s\" ytl=\"%s\" xbr=\"%s\" ybr=\"%s\"".formatted(x, y, x + width, y + height);
    }

    private static String points(List<Double> coordinates) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < coordinates.size(); i += 2) {
            text.append(i == 0 ? "" : ";")
                    .append(coordinates.get(i))
                    .append(',')
                    .append(coordinates.get(i + 1));
        }
        return text.toString();
    }

    private static String mask(Mask mask) {
        Box extent = mask.area() == 0 ? new Box(0, 0, 1, 1) : mask.extent();
        return "rle=\"%s\" left=\"%d\" top=\"%d\" width=\"%d\" height=\"%d\""
                .formatted(
                        RowRuns.runs(mask, extent).stream().map(String::valueOf).collect(Collectors.joining(", ")),
                        (int) extent.x1(),
                        (int) extent.y1(),
                        (int) (extent.x2() - extent.x1()),
                        (int) (extent.y2() - extent.y1()));
    }

    @Override
    public void finish() throws IOException {
        out.close();
        try (BufferedWriter all = folder.text("annotations.xml")) {
            all.write("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<annotations>\n  <version>1.1</version>\n");
            all.write("  <meta>\n    <task>\n      <size>%d</size>\n      <labels>\n".formatted(images));
            for (String name : names) {
                all.write(
                        "        <label>\n          <name>%s</name>\n          <type>any</type>\n          <attributes>\n"
                                .formatted(XmlElement.escaped(name)));
                for (String attribute : attributes.getOrDefault(name, Set.of())) {
                    all.write(
                            ("            <attribute><name>%s</name><mutable>False</mutable><input_type>text</input_type>"
                                            + "<default_value></default_value><values></values></attribute>\n")
                                    .formatted(XmlElement.escaped(attribute)));
                }
                all.write("          </attributes>\n        </label>\n");
            }
            all.write("      </labels>\n    </task>\n  </meta>\n");
            try (var images = Files.newBufferedReader(part, StandardCharsets.UTF_8)) {
                images.transferTo(all);
            }
            all.write("</annotations>\n");
        }
        Files.delete(part);
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
