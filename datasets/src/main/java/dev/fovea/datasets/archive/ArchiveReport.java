package dev.fovea.datasets.archive;

import dev.fovea.datasets.SkippedFile;
import java.util.List;

/**
 * What was read from an archive.
 *
 * @param files number of files that were handed over
 * @param bytes their unpacked bytes
 * @param skipped entries that were left out, with reasons, in the order of the archive
 */
public record ArchiveReport(long files, long bytes, List<SkippedFile> skipped) {
    public ArchiveReport {
        skipped = List.copyOf(skipped);
    }
}
