package dev.fovea.datasets.exchange.masks;

import dev.fovea.datasets.annotation.AnnotatedObject;
import dev.fovea.datasets.annotation.ObjectLabels;
import dev.fovea.datasets.annotation.Shape.MaskShape;
import dev.fovea.datasets.exchange.model.ExchangedImage;
import dev.fovea.datasets.exchange.shapes.RowRuns;
import dev.fovea.datasets.exchange.writing.ExportFolder;
import dev.fovea.datasets.exchange.writing.FormatWriter;
import dev.fovea.datasets.exchange.writing.SplitFolders;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/**
 * {@code images/}, {@code masks/} and {@code labelmap.txt}. A mask is a PNG whose pixels are numbers: 0 for background,
 * then the classes in order, in the colours of Pascal VOC.
 */
public final class MaskFilesWriter implements FormatWriter {

    /** 0 is background and 255 means "no statement" to most readers. */
    private static final int MAX_CLASSES = 254;

    private final List<String> names;
    private final ExportFolder folder;
    private final byte[] palette = PalettePng.vocColours();

    /** Into a folder; {@code ARGUMENT_INVALID} for more classes than a mask has numbers. */
    public MaskFilesWriter(List<String> names, ExportFolder folder) {
        if (names.size() > MAX_CLASSES) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "Mask PNG files hold %d classes, and the data set has %d. Use coco."
                            .formatted(MAX_CLASSES, names.size()));
        }
        this.names = names;
        this.folder = folder;
    }

    @Override
    public void add(ExchangedImage image) throws IOException {
        folder.image(image, SplitFolders.path("images", image.split(), image.name()));
        if (image.value().isPresent() && image.value().get() instanceof ObjectLabels(List<AnnotatedObject> objects)) {
            int width = image.size().width();
            int height = image.size().height();
            byte[] rows = new byte[width * height];
            for (AnnotatedObject object : objects) {
                if (object.shape() instanceof MaskShape mask) {
                    boolean[] pixels = RowRuns.rows(mask.mask());
                    for (int i = 0; i < rows.length; i++) {
                        rows[i] = pixels[i] ? (byte) (names.indexOf(object.name()) + 1) : rows[i];
                    }
                }
            }
            String stem = image.name().replaceFirst("\\.[^./]*$", "");
            Files.write(
                    folder.file(SplitFolders.path("masks", image.split(), stem + ".png")),
                    PalettePng.write(rows, width, height, palette));
        }
    }

    @Override
    public void finish() throws IOException {
        try (BufferedWriter out = folder.text("labelmap.txt")) {
            out.write("# label:color_rgb:parts:actions\nbackground:0,0,0::\n");
            for (int i = 1; i <= names.size(); i++) {
                out.write("%s:%d,%d,%d::\n"
                        .formatted(
                                names.get(i - 1),
                                palette[3 * i] & 0xff,
                                palette[3 * i + 1] & 0xff,
                                palette[3 * i + 2] & 0xff));
            }
        }
    }
}
