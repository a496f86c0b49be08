package dev.fovea.pipeline.diagnosis;

import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.Decoder;
import dev.fovea.imaging.Image;
import dev.fovea.imaging.ImageLimits;
import dev.fovea.imaging.Size;
import dev.fovea.pipeline.diagnosis.DiagnosisFinding.Standing;
import dev.fovea.pipeline.head.LabelledFile;
import dev.fovea.statistics.spectrum.SpectralReach;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How much detail images hold, from the spectrum of some of their rows and columns. Enlarged images, and blurred ones,
 * are large and show little.
 */
final class ResolutionStudy {

    private static final int IMAGES = 60;
    private static final int ROWS = 48;
    private static final int MIN_EDGE = 16;

    /** Images whose detail ends at this share of what their pixels can hold were enlarged, or are blurred. */
    private static final double ENLARGED = 0.5;

    private ResolutionStudy() {}

    private record Detail(int edge, double reach) {}

    /** Empty for images that hold the detail of their size, and more than a quarter of the network's. */
    static Optional<DiagnosisFinding> of(List<LabelledFile> images, Size input) {
        List<Detail> details = new ArrayList<>();
        int step = Math.max(1, images.size() / IMAGES);
        for (int i = 0; i < images.size() && details.size() < IMAGES; i += step) {
            detail(images.get(i)).ifPresent(details::add);
        }
        if (details.isEmpty()) {
            return Optional.empty();
        }
        double reach =
                median(details.stream().mapToDouble(Detail::reach).sorted().toArray());
        double edge = median(details.stream().mapToDouble(Detail::edge).sorted().toArray());
        double shown = reach * edge;
        double taken = Math.min(input.width(), input.height());
        if (reach > ENLARGED && edge * 2 > taken) {
            return Optional.empty();
        }
        return Optional.of(new DiagnosisFinding(
                FindingCause.LOW_RESOLUTION,
                Standing.HELPS,
                reach <= ENLARGED
                        ? "The images are %.0f pixels wide or high and hold the detail of about %.0f: they were enlarged, or are blurred. The network takes %.0f (median of %d images)."
                                .formatted(edge, shown, taken, details.size())
                        : "The images are %.0f pixels wide or high; the network takes %.0f, so that they are enlarged (median of %d images)."
                                .formatted(edge, taken, details.size()),
                "Use the original images, or a camera and crop that show the object in more pixels.",
                Optional.empty(),
                List.of()));
    }

    private static double median(double[] sorted) {
        return sorted[sorted.length / 2];
    }

    private static Optional<Detail> detail(LabelledFile file) {
        try (Image image = new Decoder(ImageLimits.DEFAULT)
                .decode(Files.readAllBytes(file.sample().image()))) {
            int edge = Math.min(image.width(), image.height());
            if (edge < MIN_EDGE) {
                return Optional.of(new Detail(edge, 1));
            }
            byte[] pixels = image.toRgbOrGray();
            OptionalDouble rows = reach(pixels, image, image.width(), image.height(), true);
            OptionalDouble columns = reach(pixels, image, image.height(), image.width(), false);
            return rows.isEmpty() || columns.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Detail(edge, Math.max(rows.getAsDouble(), columns.getAsDouble())));
        } catch (IOException | FoveaException e) {
            return Optional.empty(); // a file that was removed, or is damaged, says nothing about detail
        }
    }

    private static OptionalDouble reach(byte[] pixels, Image image, int length, int lines, boolean isRow) {
        SpectralReach reach = new SpectralReach(length);
        int channels = pixels.length / (image.width() * image.height());
        double[] line = new double[length];
        for (int at = 0; at < lines; at += Math.max(1, lines / ROWS)) {
            for (int i = 0; i < length; i++) {
                int pixel = isRow ? at * image.width() + i : i * image.width() + at;
                line[i] = gray(pixels, pixel * channels, channels);
            }
            reach.add(line);
        }
        return reach.value();
    }

    /** Luma of red, green and blue by ITU-R BT.601. */
    private static double gray(byte[] pixels, int at, int channels) {
        return channels < 3
                ? pixels[at] & 0xff
                : 0.299 * (pixels[at] & 0xff) + 0.587 * (pixels[at + 1] & 0xff) + 0.114 * (pixels[at + 2] & 0xff);
    }
}
