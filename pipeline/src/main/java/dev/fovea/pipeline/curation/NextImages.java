package dev.fovea.pipeline.curation;

import dev.fovea.labels.priority.ImagePriority;
import java.util.List;

/**
 * Unlabelled images to label next.
 *
 * @param basis what they were chosen by, in a sentence
 * @param images the first first; empty when all are labelled
 */
public record NextImages(String basis, List<ImagePriority> images) {

    public NextImages {
        images = List.copyOf(images);
    }

    /** The first of them. */
    NextImages first(int count) {
        return new NextImages(basis, images.subList(0, Math.min(count, images.size())));
    }
}
