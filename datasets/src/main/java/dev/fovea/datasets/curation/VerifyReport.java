package dev.fovea.datasets.curation;

import java.util.List;

/**
 * What verifying a data set found.
 *
 * @param images number of images whose bytes were compared with their hash
 * @param versions number of versions whose tree was read
 * @param faults one sentence for each fault; empty for an intact data set
 */
public record VerifyReport(int images, int versions, List<String> faults) {

    public VerifyReport {
        faults = List.copyOf(faults);
    }

    /** Whether everything is as it was stored. */
    public boolean isIntact() {
        return faults.isEmpty();
    }
}
