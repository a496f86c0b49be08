package dev.fovea.datasets.exchange.masks;

import dev.fovea.datasets.annotation.ImageTask;
import dev.fovea.datasets.annotation.Shape.MaskShape;
import dev.fovea.datasets.exchange.model.ExchangeClass;
import dev.fovea.datasets.exchange.model.ExchangeFormat;
import dev.fovea.datasets.exchange.model.ReadFault;
import dev.fovea.datasets.exchange.reading.FindingCounter;
import dev.fovea.datasets.exchange.reading.FormatFolder;
import dev.fovea.datasets.exchange.reading.FormatReader;
import dev.fovea.datasets.exchange.reading.StatedFrame;
import dev.fovea.datasets.exchange.reading.StatedImage;
import dev.fovea.datasets.exchange.reading.StatedLabels;
import dev.fovea.datasets.exchange.reading.StatedObject;
import dev.fovea.datasets.exchange.reading.StatedShape;
import dev.fovea.datasets.exchange.reading.TextPlace;
import dev.fovea.datasets.exchange.shapes.RowRuns;
import dev.fovea.datasets.formats.ImageIndex;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.Decoder;
import dev.fovea.imaging.Image;
import dev.fovea.imaging.ImageLimits;
import dev.fovea.imaging.ImageSize;
import dev.fovea.imaging.PreprocessingContract.Orientation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Semantic masks beside images: PNG files in a folder called {@code masks}, {@code SegmentationClass} or the like, each
 * with the name of its image. Pixels are numbers, or colours of the legend; 255 and white say nothing.
 */
public final class MaskFilesReader implements FormatReader {

    private static final Pattern FOLDERS = Pattern.compile(
            "(.*/)?(masks?|segmentationclass(raw)?|segmentations?|gt|groundtruth|annotations|labels)/.*",
            Pattern.CASE_INSENSITIVE);
    private static final int VOID = 255;

    private final ImageIndex index;
    private final Map<Path, Optional<Path>> masks;
    private final MaskLegend legend;
    private final Decoder decoder = new Decoder(ImageLimits.DEFAULT);

    private MaskFilesReader(ImageIndex index, Map<Path, Optional<Path>> masks) {
        this.index = index;
        this.masks = masks;
        this.legend = MaskLegend.of(index);
    }

    /** Recognises a folder by pairs of images and masks. */
    public static Optional<FormatReader> of(FormatFolder folder) {
        ImageIndex index = folder.index();
        Set<Path> masks = new HashSet<>();
        index.images().stream().filter(image -> isMask(index, image)).forEach(masks::add);
        Map<Path, Optional<Path>> pairs = new LinkedHashMap<>();
        for (Path image : masks.isEmpty() ? List.<Path>of() : index.images()) {
            if (!masks.contains(image)) {
                pairs.put(image, mask(index, masks, image));
            }
        }
        long paired = pairs.values().stream().filter(Optional::isPresent).count();
        return paired == 0 || 2 * paired < pairs.size()
                ? Optional.empty()
                : Optional.of(new MaskFilesReader(index, pairs));
    }

    private static boolean isMask(ImageIndex index, Path image) {
        return image.toString().toLowerCase(Locale.ROOT).endsWith(".png")
                && FOLDERS.matcher(index.relative(image)).matches();
    }

    private static Optional<Path> mask(ImageIndex index, Set<Path> masks, Path image) {
        List<Path> called = index.called(ImageIndex.stem(image)).stream()
                .filter(masks::contains)
                .toList();
        return called.stream()
                .filter(mask -> index.split(mask) == index.split(image))
                .findFirst()
                .or(() -> called.stream().findFirst());
    }

    @Override
    public ExchangeFormat format() {
        return ExchangeFormat.MASKS_PNG;
    }

    @Override
    public List<ExchangeClass> classes() {
        return legend.names().stream().map(ExchangeClass::new).toList();
    }

    @Override
    public Optional<ImageTask> task() {
        return Optional.of(ImageTask.SEMANTIC_SEGMENTATION);
    }

    @Override
    public Stream<StatedImage> images(FindingCounter findings) {
        return masks.entrySet().stream().map(entry -> image(entry.getKey(), entry.getValue(), findings));
    }

    private StatedImage image(Path image, Optional<Path> mask, FindingCounter findings) {
        TextPlace place = new TextPlace(mask.orElse(image), 0);
        if (mask.isPresent()) {
            try (Image pixels = decoder.decode(Files.readAllBytes(mask.get()), Orientation.IGNORE)) {
                return new StatedImage(
                        image,
                        index.split(image),
                        StatedFrame.pixels(pixels.width(), pixels.height()),
                        Optional.of(new StatedLabels.OfObjects(objects(mask.get(), pixels, findings))),
                        place);
            } catch (IOException | FoveaException e) {
                findings.add(ReadFault.OBJECT_INVALID, place, String.valueOf(e.getMessage()));
            }
        }
        return new StatedImage(image, index.split(image), StatedFrame.SHARES, Optional.empty(), place);
    }

    private List<StatedObject> objects(Path mask, Image pixels, FindingCounter findings) throws IOException {
        ImageSize size = ImageSize.of(pixels);
        byte[] values = pixels.toRgbOrGray();
        int channels = values.length / (size.width() * size.height());
        Map<Integer, Integer> numbers =
                channels == 1 ? Map.of() : numbers(PalettePng.palette(Files.readAllBytes(mask)));
        Map<Integer, boolean[]> byValue = new TreeMap<>();
        for (int i = 0; i < size.width() * size.height(); i++) {
            int value = values[channels * i] & 0xff;
            if (channels == 3) {
                value = (value << 16) | ((values[3 * i + 1] & 0xff) << 8) | (values[3 * i + 2] & 0xff);
            }
            byValue.computeIfAbsent(value, absent -> new boolean[size.width() * size.height()])[i] = true;
        }
        Map<Integer, StatedObject> found = new TreeMap<>();
        byValue.forEach((value, rows) -> {
            boolean isColour = channels == 3;
            int stated = isColour ? numbers.getOrDefault(value, value) : value;
            boolean isVoid = (isColour && numbers.isEmpty()) ? value == 0xffffff : stated == VOID;
            int number = isColour ? legend.colours().getOrDefault(value, stated) : stated;
            Optional<String> name = legend.name(number);
            TextPlace place = new TextPlace(mask, 0);
            if (name.isEmpty() && !isVoid) {
                findings.add(ReadFault.CLASS_UNKNOWN, place, "pixels of the value %d".formatted(number));
            }
            name.filter(_ -> number != MaskLegend.BACKGROUND && !isVoid)
                    .ifPresent(each -> found.put(
                            number,
                            new StatedObject(
                                    each, new StatedShape.Drawn(MaskShape.of(RowRuns.mask(size, rows))), place)));
        });
        return new ArrayList<>(found.values());
    }

    /** Numbers by colour; of equal colours the lowest. */
    private static Map<Integer, Integer> numbers(Optional<byte[]> palette) {
        Map<Integer, Integer> numbers = new HashMap<>();
        palette.ifPresent(colours -> {
            for (int i = colours.length / 3 - 1; i >= 0; i--) {
                numbers.put(
                        ((colours[3 * i] & 0xff) << 16)
                                | ((colours[3 * i + 1] & 0xff) << 8)
                                | (colours[3 * i + 2] & 0xff),
                        i);
            }
        });
        return numbers;
    }
}
