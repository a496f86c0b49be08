package dev.fovea.datasets.exchange.model;

import java.nio.file.Path;
import java.util.List;

/**
 * What an export wrote.
 *
 * @param folder that was made
 * @param images that were written
 * @param upright images with an EXIF orientation whose pixels were written upright
 * @param renamed images whose name another one had, or whose name the format cannot say
 * @param leftOut images that the format cannot hold, such as images without a class in class folders
 * @param losses as they were counted while writing
 * @param convention what coordinates refer to, a sentence
 */
public record ExportReport(
        Path folder, long images, long upright, long renamed, long leftOut, List<Loss> losses, String convention) {
    public ExportReport {
        losses = List.copyOf(losses);
    }
}
