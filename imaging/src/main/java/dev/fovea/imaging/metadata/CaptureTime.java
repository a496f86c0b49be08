package dev.fovea.imaging.metadata;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Optional;

/**
 * When an image was taken, by the camera's clock.
 *
 * @param local date and time that the camera showed
 * @param offset from UTC, where the camera stated it
 */
public record CaptureTime(LocalDateTime local, Optional<ZoneOffset> offset) {

    private static final DateTimeFormatter EXIF =
            DateTimeFormatter.ofPattern("uuuu:MM:dd HH:mm:ss", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);

    /**
     * From the texts of EXIF's tags (Exif 3.0, section 4.6.6); empty when the date is not one, such as all zeros.
     *
     * @param date as {@code 2026:03:01 09:30:00}
     * @param fraction digits after the decimal point of the second; may be empty
     * @param offset as {@code +02:00}; may be empty
     */
    static Optional<CaptureTime> ofExif(String date, String fraction, String offset) {
        try {
            LocalDateTime second = LocalDateTime.parse(date, EXIF);
            return Optional.of(new CaptureTime(second.plusNanos(nanos(fraction)), zone(offset)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Reads what {@link #toString} writes; empty for any other text. */
    public static Optional<CaptureTime> parse(String text) {
        try {
            int time = text.indexOf('T');
            int zone = time < 0
                    ? -1
                    : Math.max(Math.max(text.indexOf('+', time), text.indexOf('-', time)), text.indexOf('Z', time));
            return Optional.of(
                    zone < 0
                            ? new CaptureTime(LocalDateTime.parse(text), Optional.empty())
                            : new CaptureTime(
                                    LocalDateTime.parse(text.substring(0, zone)),
                                    Optional.of(ZoneOffset.of(text.substring(zone)))));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** The time between two images: of the instants where both state an offset, else of the clocks' readings. */
    public Duration until(CaptureTime other) {
        return offset.isPresent() && other.offset.isPresent()
                ? Duration.between(local.toInstant(offset.get()), other.local.toInstant(other.offset.get()))
                : Duration.between(local, other.local);
    }

    private static int nanos(String fraction) {
        String digits = fraction.matches("\\d{1,9}") ? fraction : "0";
        return Integer.parseInt((digits + "000000000").substring(0, 9));
    }

    private static Optional<ZoneOffset> zone(String offset) {
        return offset.matches("[+-]\\d\\d:\\d\\d") ? Optional.of(ZoneOffset.of(offset)) : Optional.empty();
    }

    /** ISO 8601, with the offset where it is known. */
    @Override
    public String toString() {
        return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(local)
                + offset.map(ZoneOffset::getId).orElse("");
    }
}
