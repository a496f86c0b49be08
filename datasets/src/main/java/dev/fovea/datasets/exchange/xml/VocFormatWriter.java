package dev.fovea.datasets.exchange.xml;

import dev.fovea.datasets.Split;
import dev.fovea.datasets.annotation.AnnotatedObject;
import dev.fovea.datasets.annotation.ObjectFlag;
import dev.fovea.datasets.annotation.ObjectLabels;
import dev.fovea.datasets.annotation.Shape.BoxShape;
import dev.fovea.datasets.exchange.model.ExchangedImage;
import dev.fovea.datasets.exchange.shapes.Extents;
import dev.fovea.datasets.exchange.writing.ExportFolder;
import dev.fovea.datasets.exchange.writing.FormatWriter;
import dev.fovea.datasets.exchange.writing.SplitFolders;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code JPEGImages/}, {@code Annotations/}, {@code ImageSets/Main/} and {@code labelmap.txt}. Coordinates are edges
 * from 0 with fractions, as CVAT and Roboflow write them.
 */
public final class VocFormatWriter implements FormatWriter {

    private final List<String> names;
    private final ExportFolder folder;
    private final Map<Split, BufferedWriter> sets = new EnumMap<>(Split.class);

    /** Into a folder. */
    public VocFormatWriter(List<String> names, ExportFolder folder) {
        this.names = names;
        this.folder = folder;
    }

    @Override
    public void add(ExchangedImage image) throws IOException {
        folder.image(image, "JPEGImages/" + image.name());
        String stem = image.name().replaceFirst("\\.[^./]*$", "");
        BufferedWriter set = sets.get(image.split());
        if (set == null) {
            String split = SplitFolders.name(image.split());
            set = folder.text("ImageSets/Main/%s.txt".formatted(split.isEmpty() ? "default" : split));
            sets.put(image.split(), set);
        }
        set.write(stem + "\n");
        if (image.value().isPresent() && image.value().get() instanceof ObjectLabels(List<AnnotatedObject> objects)) {
            try (BufferedWriter out = folder.text("Annotations/%s.xml".formatted(stem))) {
                out.write("<annotation>\n\t<folder>JPEGImages</folder>\n");
                element(out, 1, "filename", image.name());
                out.write("\t<source>\n\t\t<database>Fovea</database>\n\t</source>\n\t<size>\n");
                element(out, 2, "width", Integer.toString(image.size().width()));
                element(out, 2, "height", Integer.toString(image.size().height()));
                element(out, 2, "depth", "3");
                out.write("\t</size>\n\t<segmented>0</segmented>\n");
                for (AnnotatedObject object : objects) {
                    object(out, object);
                }
                out.write("</annotation>\n");
            }
        }
    }

    private static void object(Writer out, AnnotatedObject object) throws IOException {
        out.write("\t<object>\n");
        element(out, 2, "name", object.name());
        element(out, 2, "pose", "Unspecified");
        element(out, 2, "truncated", flag(object, ObjectFlag.TRUNCATED));
        element(out, 2, "difficult", flag(object, ObjectFlag.DIFFICULT));
        element(out, 2, "occluded", flag(object, ObjectFlag.OCCLUDED));
        BoxShape box = Extents.of(object.shape());
        out.write("\t\t<bndbox>\n");
        element(out, 3, "xmin", Double.toString(box.x()));
        element(out, 3, "ymin", Double.toString(box.y()));
        element(out, 3, "xmax", Double.toString(box.x() + box.width()));
        element(out, 3, "ymax", Double.toString(box.y() + box.height()));
        out.write("\t\t</bndbox>\n");
        Map<String, String> attributes = new TreeMap<>(object.attributes());
        if (object.flags().contains(ObjectFlag.CROWD)) {
            attributes.put("is_crowd", "true");
        }
        if (!attributes.isEmpty()) {
            out.write("\t\t<attributes>\n");
            for (Map.Entry<String, String> each : attributes.entrySet()) {
                out.write("\t\t\t<attribute>\n");
                element(out, 4, "name", each.getKey());
                element(out, 4, "value", each.getValue());
                out.write("\t\t\t</attribute>\n");
            }
            out.write("\t\t</attributes>\n");
        }
        out.write("\t</object>\n");
    }

    private static String flag(AnnotatedObject object, ObjectFlag flag) {
        return object.flags().contains(flag) ? "1" : "0";
    }

    private static void element(Writer out, int depth, String name, String text) throws IOException {
        out.write("\t".repeat(depth) + "<" + name + ">" + XmlElement.escaped(text) + "</" + name + ">\n");
    }

    @Override
    public void finish() throws IOException {
        close();
        try (BufferedWriter out = folder.text("labelmap.txt")) {
            out.write("# label:color_rgb:parts:actions\nbackground:::\n");
            for (String name : names) {
                out.write(name + ":::\n");
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (BufferedWriter set : sets.values()) {
            set.close();
        }
    }
}
