package dev.fovea.imaging.metadata;

import dev.fovea.fault.Printable;
import dev.fovea.imaging.codec.ByteReader;
import dev.fovea.imaging.codec.TiffDirectory;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Reads the tags of one EXIF block (Exif 3.0, section 4.6). A tag that is broken is left out, the others are read. */
final class ExifTags {

    private static final int MAKE = 271;
    private static final int MODEL = 272;
    private static final int SOFTWARE = 305;
    private static final int EXIF_DIRECTORY = 34665;
    static final int GPS_DIRECTORY = 34853;
    private static final int EXPOSURE_TIME = 33434;
    private static final int F_NUMBER = 33437;
    private static final int ISO_SPEED = 34855;
    private static final int DATE_ORIGINAL = 36867;
    private static final int DATE_DIGITIZED = 36868;
    private static final int OFFSET_ORIGINAL = 36881;
    private static final int OFFSET_DIGITIZED = 36882;
    private static final int FRACTION_ORIGINAL = 37521;
    private static final int FRACTION_DIGITIZED = 37522;
    private static final int FOCAL_LENGTH = 37386;
    private static final int LENS_MODEL = 42036;
    private static final int LATITUDE_REFERENCE = 1;
    private static final int LATITUDE = 2;
    private static final int LONGITUDE_REFERENCE = 3;
    private static final int LONGITUDE = 4;

    private static final int MAX_TEXT = 128;
    /** Exposures shorter than this are written as a fraction, as cameras do. */
    private static final double FRACTION_BELOW = 0.3;

    private final TiffDirectory image;
    private final Optional<TiffDirectory> exif;
    private final Optional<TiffDirectory> gps;

    ExifTags(TiffDirectory image) {
        this.image = image;
        this.exif = sound(() -> image.directory(EXIF_DIRECTORY));
        this.gps = sound(() -> image.directory(GPS_DIRECTORY));
    }

    /** The tags without the location. */
    Map<String, String> capture() {
        Map<String, String> tags = new TreeMap<>();
        put(tags, ImageTags.CAMERA, () -> camera(image));
        put(tags, ImageTags.SOFTWARE, () -> text(image, SOFTWARE));
        put(tags, ImageTags.ORIENTATION, () -> image.statedOrientation().map(String::valueOf));
        exif.ifPresent(directory -> {
            put(tags, ImageTags.LENS, () -> text(directory, LENS_MODEL));
            put(tags, ImageTags.CAPTURED, () -> captured(directory).map(CaptureTime::toString));
            put(
                    tags,
                    ImageTags.EXPOSURE,
                    () -> positive(directory, EXPOSURE_TIME).map(ExifTags::exposure));
            put(tags, ImageTags.APERTURE, () -> positive(directory, F_NUMBER).map(ExifTags::decimal));
            put(tags, ImageTags.ISO, () -> positive(directory, ISO_SPEED).map(ExifTags::decimal));
            put(
                    tags,
                    ImageTags.FOCAL_LENGTH,
                    () -> positive(directory, FOCAL_LENGTH).map(ExifTags::decimal));
        });
        return tags;
    }

    /** Whether there is a latitude or a longitude, readable or not. */
    boolean hasLocation() {
        return gps.flatMap(directory -> sound(() -> Optional.of(directory.has(LATITUDE) || directory.has(LONGITUDE))))
                .orElse(false);
    }

    /** Latitude and longitude in degrees; empty when one of them is missing or outside its range. */
    Map<String, String> location() {
        Optional<Double> latitude = gps.flatMap(it -> degrees(it, LATITUDE, LATITUDE_REFERENCE, "S", 90));
        Optional<Double> longitude = gps.flatMap(it -> degrees(it, LONGITUDE, LONGITUDE_REFERENCE, "W", 180));
        return latitude.isEmpty() || longitude.isEmpty()
                ? Map.of()
                : Map.of(
                        ImageTags.LATITUDE, String.format(Locale.ROOT, "%.6f", latitude.get()),
                        ImageTags.LONGITUDE, String.format(Locale.ROOT, "%.6f", longitude.get()));
    }

    /** Make and model of the camera. */
    static Optional<String> camera(TiffDirectory image) {
        Optional<String> make = sound(() -> text(image, MAKE));
        Optional<String> model = sound(() -> text(image, MODEL));
        if (make.isEmpty() || model.isEmpty()) {
            return make.or(() -> model);
        }
        boolean repeated = firstWord(make.get()).equals(firstWord(model.get()));
        return Optional.of(repeated ? model.get() : make.get() + " " + model.get());
    }

    private static String firstWord(String text) {
        return text.split(" ", 2)[0].toLowerCase(Locale.ROOT);
    }

    private static Optional<CaptureTime> captured(TiffDirectory exif) {
        return sound(() -> time(exif, DATE_ORIGINAL, FRACTION_ORIGINAL, OFFSET_ORIGINAL))
                .or(() -> time(exif, DATE_DIGITIZED, FRACTION_DIGITIZED, OFFSET_DIGITIZED));
    }

    private static Optional<CaptureTime> time(TiffDirectory exif, int date, int fraction, int offset) {
        return text(exif, date)
                .flatMap(day -> CaptureTime.ofExif(
                        day,
                        sound(() -> text(exif, fraction)).orElse(""),
                        sound(() -> text(exif, offset)).orElse("")));
    }

    private static Optional<Double> positive(TiffDirectory directory, int tag) {
        return directory.rational(tag).stream()
                .filter(value -> value > 0)
                .boxed()
                .findFirst();
    }

    private static String exposure(double seconds) {
        return seconds < FRACTION_BELOW ? "1/" + decimal(Math.rint(1 / seconds)) : decimal(seconds);
    }

    private static String decimal(double value) {
        return BigDecimal.valueOf(value)
                .setScale(2, RoundingMode.HALF_EVEN)
                .stripTrailingZeros()
                .toPlainString();
    }

    /** Degrees, minutes and seconds. */
    private static Optional<Double> degrees(TiffDirectory gps, int tag, int referenceTag, String negative, double max) {
        return sound(() -> {
            double[] parts = gps.rationals(tag);
            double sum = parts.length == 3 ? parts[0] + parts[1] / 60 + parts[2] / 3600 : Double.NaN;
            double sign = text(gps, referenceTag).filter(negative::equals).isPresent() ? -1 : 1;
            return sum <= max ? Optional.of(sign * sum) : Optional.empty();
        });
    }

    private static Optional<String> text(TiffDirectory directory, int tag) {
        String text = new String(directory.start(tag, MAX_TEXT), StandardCharsets.UTF_8);
        int end = text.indexOf('\0');
        String line = Printable.word((end < 0 ? text : text.substring(0, end)).strip());
        return line.isEmpty() ? Optional.empty() : Optional.of(line);
    }

    private static void put(Map<String, String> tags, String name, Supplier<Optional<String>> value) {
        sound(value).ifPresent(it -> tags.put(name, it));
    }

    /** The value, or empty when its bytes lie outside the file. */
    private static <T> Optional<T> sound(Supplier<Optional<T>> value) {
        try {
            return value.get();
        } catch (ByteReader.OutOfBytes e) {
            return Optional.empty();
        }
    }
}
