package dev.fovea.datasets.catalog;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.fovea.datasets.tree.ContentHash;
import dev.fovea.fault.ErrorCode;
import dev.fovea.imaging.drawing.RegionBlur;
import dev.fovea.json.Json;
import java.util.List;
import java.util.Optional;

/**
 * What was done to an image when it came in.
 *
 * @param location what became of the position in its metadata
 * @param blurring what was searched for regions to be made unrecognizable, and the regions
 * @param twin hash of the same image in its other form: of the file that came in where the stored bytes differ from it;
 *     for a file in place whose position is erased when it is read, of the bytes that are read
 */
public record ImageTreatment(
        LocationState location,
        Optional<Blurring> blurring,
        @JsonIgnore Optional<ContentHash> twin) {

    /** An image that is as it came, without a position. */
    public static final ImageTreatment NONE =
            new ImageTreatment(LocationState.ABSENT, Optional.empty(), Optional.empty());

    private static final Json JSON = Json.of("treatment", ErrorCode.STORAGE_FAILED);

    /** What became of the GPS position that the file states. */
    public enum LocationState {
        /** The file states none. */
        ABSENT,
        /** The stored bytes are without it. */
        ERASED,
        /** The file stays in place and keeps it; it is erased from the bytes that are read. */
        ERASED_WHEN_READ,
        KEPT
    }

    /**
     * What was made unrecognizable.
     *
     * @param model version that found the regions, as {@code faces:3}
     * @param method how
     * @param regions where; empty when nothing was found
     */
    public record Blurring(String model, RegionBlur.Method method, List<BlurredRegion> regions) {
        public Blurring {
            regions = List.copyOf(regions);
        }
    }

    /** A region in pixels of the upright image, and the object that was found there. */
    public record BlurredRegion(String label, double score, double x, double y, double width, double height) {}

    private record Text(LocationState location, Optional<Blurring> blurring) {}

    /** As JSON, without the twin; empty for {@link #NONE}. */
    public Optional<String> write() {
        return location == LocationState.ABSENT && blurring.isEmpty()
                ? Optional.empty()
                : Optional.of(JSON.write(new Text(location, blurring)));
    }

    /** Reads what {@link #write} writes. */
    public static ImageTreatment read(String text, Optional<ContentHash> twin) {
        Text read = JSON.read(text, Text.class);
        return new ImageTreatment(read.location(), read.blurring(), twin);
    }
}
