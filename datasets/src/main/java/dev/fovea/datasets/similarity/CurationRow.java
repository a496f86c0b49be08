package dev.fovea.datasets.similarity;

import dev.fovea.datasets.Split;
import dev.fovea.imaging.metadata.CaptureTime;
import dev.fovea.imaging.metadata.ImageTags;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of an image beside its pixels.
 *
 * @param contentHash SHA-256 of the file's bytes, 64 hexadecimal digits
 * @param split its split; images that are in none yet leak nowhere
 * @param group images of one object
 * @param tags by name, those of {@link ImageTags} among them
 */
public record CurationRow(String contentHash, Split split, Optional<String> group, Map<String, String> tags) {

    public CurationRow {
        tags = Map.copyOf(tags);
    }

    /** The camera's make and model. */
    public Optional<String> camera() {
        return Optional.ofNullable(tags.get(ImageTags.CAMERA));
    }

    /** When the image was taken. */
    public Optional<CaptureTime> captured() {
        return Optional.ofNullable(tags.get(ImageTags.CAPTURED)).flatMap(CaptureTime::parse);
    }
}
