package dev.fovea.pipeline.reference;

import dev.fovea.traffic.reference.Reference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a registration adds to a bundle to compare traffic with.
 *
 * @param attachments files of the bundle by name
 * @param images rows of the reference; 0 where there is none
 * @param notes what was made and what not, one sentence each
 */
public record MadeReference(Map<String, byte[]> attachments, int images, List<String> notes) {

    public MadeReference {
        attachments = Map.copyOf(attachments);
        notes = List.copyOf(notes);
    }

    /** Metrics of a version with the number of rows. */
    public Map<String, Double> counted(Map<String, Double> metrics) {
        Map<String, Double> all = new HashMap<>(metrics);
        if (images > 0) {
            all.put(Reference.METRIC, (double) images);
        }
        return all;
    }

    /** These attachments and others. */
    public Map<String, byte[]> with(Map<String, byte[]> others) {
        Map<String, byte[]> all = new HashMap<>(attachments);
        all.putAll(others);
        return all;
    }
}
