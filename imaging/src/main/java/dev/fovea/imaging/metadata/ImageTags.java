package dev.fovea.imaging.metadata;

import dev.fovea.imaging.codec.ByteReader;
import dev.fovea.imaging.codec.TiffDirectory;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an image file states about its capture, as tags of a data set. The location is left out unless it is asked for.
 *
 * @param values by tag name, each one line of printable characters; the names are the constants of this class
 * @param locationPresent whether the file states where the image was taken, whether or not the tags contain it
 */
public record ImageTags(SortedMap<String, String> values, boolean locationPresent) {

    /** Make and model of the camera, as {@code NIKON D90}. */
    public static final String CAMERA = "camera";

    /** Model of the lens. */
    public static final String LENS = "lens";

    /** When the image was taken: {@link CaptureTime} as text. */
    public static final String CAPTURED = "captured";

    /** EXIF orientation, 1 to 8. */
    public static final String ORIENTATION = "orientation";

    /** Exposure time in seconds, as {@code 1/250} or {@code 2.5}. */
    public static final String EXPOSURE = "exposure";

    /** F-number. */
    public static final String APERTURE = "aperture";

    /** ISO speed. */
    public static final String ISO = "iso";

    /** Focal length in millimetres. */
    public static final String FOCAL_LENGTH = "focal_length";

    /** Program that wrote the file. */
    public static final String SOFTWARE = "software";

    /** Degrees north; only where the location is kept. */
    public static final String LATITUDE = "latitude";

    /** Degrees east; only where the location is kept. */
    public static final String LONGITUDE = "longitude";

    /** Whether the location becomes tags. */
    public enum Location {
        /** It is left out, and {@link ImageTags#locationPresent} says that there was one. */
        DROP,
        KEEP
    }

    /** A file that states nothing. */
    public static final ImageTags NONE = new ImageTags(new TreeMap<>(), false);

    public ImageTags {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    /**
     * The tags of an image file of any format. Only JPEG, PNG, WebP and TIFF contain EXIF; the tags of other files, and
     * of files with damaged metadata, are those that could be read. Never fails.
     */
    public static ImageTags of(byte[] file, Location location) {
        EmbeddedMetadata metadata = EmbeddedMetadata.of(file);
        boolean inXmp = metadata.xmp().filter(packet -> packet.statesLocation()).isPresent();
        SortedMap<String, String> values = new TreeMap<>();
        boolean present = inXmp;
        for (var directory : metadata.exif().reversed()) {
            ExifTags tags = new ExifTags(directory);
            values.putAll(tags.capture());
            Map<String, String> place = tags.location();
            present |= tags.hasLocation();
            if (location == Location.KEEP) {
                values.putAll(place);
            }
        }
        return new ImageTags(values, present);
    }

    /** Make and model of the camera alone, for much less work than all tags. Never fails. */
    public static Optional<String> camera(byte[] file) {
        List<TiffDirectory> exif = new ByteReader(file, false).matches(0, "\u00ff\u00d8\u00ff")
                ? JpegMetadata.exif(file)
                : EmbeddedMetadata.of(file).exif();
        return exif.stream().map(ExifTags::camera).flatMap(Optional::stream).findFirst();
    }

    /** When the image was taken. */
    public Optional<CaptureTime> captured() {
        return Optional.ofNullable(values.get(CAPTURED)).flatMap(CaptureTime::parse);
    }
}
