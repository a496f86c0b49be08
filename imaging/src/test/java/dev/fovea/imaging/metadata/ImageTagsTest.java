package dev.fovea.imaging.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.Decoder;
import dev.fovea.imaging.Image;
import dev.fovea.imaging.ImageFiles;
import dev.fovea.imaging.ImageFormat;
import dev.fovea.imaging.ImageLimits;
import dev.fovea.imaging.metadata.ImageTags.Location;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ImageTagsTest {

    private static final Map<ImageFormat, byte[]> FILES = ImageFiles.all();

    private static ExifBlock photograph(ByteOrder order) {
        return new ExifBlock(order)
                .text(0, 271, "NIKON CORPORATION")
                .text(0, 272, "NIKON D90")
                .number(0, 274, 6)
                .text(0, 305, "Ver.1.00")
                .rational(1, 33434, 10, 2500)
                .rational(1, 33437, 56, 10)
                .number(1, 34855, 400)
                .text(1, 36867, "2026:03:01 09:30:05")
                .text(1, 36881, "+02:00")
                .rational(1, 37386, 350, 10)
                .text(1, 37521, "12")
                .text(1, 42036, "AF-S DX 18-55")
                .text(2, 1, "S")
                .rational(2, 2, 33, 1, 30, 1, 0, 1)
                .text(2, 3, "E")
                .rational(2, 4, 151, 1, 12, 1, 3600, 100);
    }

    private static final Map<String, String> STATED = Map.of(
            "camera", "NIKON D90",
            "lens", "AF-S DX 18-55",
            "captured", "2026-03-01T09:30:05.12+02:00",
            "orientation", "6",
            "exposure", "1/250",
            "aperture", "5.6",
            "iso", "400",
            "focal_length", "35",
            "software", "Ver.1.00");

    static Stream<byte[]> everyContainer() {
        return Stream.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN).flatMap(order -> {
            ExifBlock block = photograph(order);
            return Stream.of(
                    ExifBlock.inJpeg(FILES.get(ImageFormat.JPEG), block.segment()),
                    ExifBlock.inPng(FILES.get(ImageFormat.PNG), "eXIf", block.bytes()),
                    ExifBlock.inWebp(FILES.get(ImageFormat.WEBP), 24, 16, block.bytes()),
                    ExifBlock.inWebp(FILES.get(ImageFormat.WEBP), 24, 16, block.segment()),
                    block.bytes());
        });
    }

    @ParameterizedTest
    @MethodSource("everyContainer")
    void shouldReadTheSameTagsFromEveryContainer(byte[] file) {
        ImageTags tags = ImageTags.of(file, Location.DROP);

        assertThat(tags.values()).containsExactlyInAnyOrderEntriesOf(STATED);
        assertThat(tags.locationPresent()).isTrue();
    }

    @Test
    void shouldKeepTheLocationOnlyOnRequest() {
        byte[] file = ExifBlock.inJpeg(
                FILES.get(ImageFormat.JPEG), photograph(ByteOrder.BIG_ENDIAN).segment());

        assertThat(ImageTags.of(file, Location.KEEP).values())
                .containsAllEntriesOf(STATED)
                .containsEntry("latitude", "-33.500000")
                .containsEntry("longitude", "151.210000");
    }

    @ParameterizedTest
    @MethodSource("everyContainer")
    void shouldEraseTheLocationAndNothingElse(byte[] file) {
        byte[] erased = LocationErasure.erased(file);

        ImageTags tags = ImageTags.of(erased, Location.KEEP);
        assertThat(tags.values()).containsExactlyInAnyOrderEntriesOf(STATED);
        assertThat(tags.locationPresent()).isFalse();
        assertThat(erased).hasSameSizeAs(file);
        assertThat(LocationErasure.erased(erased)).isSameAs(erased);
        if (file[0] != 'I' && file[0] != 'M') {
            try (Image before = new Decoder(ImageLimits.DEFAULT).decode(file);
                    Image after = new Decoder(ImageLimits.DEFAULT).decode(erased)) {
                assertThat(after.toRgbOrGray()).isEqualTo(before.toRgbOrGray());
            }
        }
    }

    @Test
    void shouldEraseALocationInXmp() {
        String packet =
                "http://ns.adobe.com/xap/1.0/\0<x exif:GPSLatitude=\"33,30.0S\"><exif:GPSLongitude>1,2E</exif:GPSLongitude>";
        byte[] file = ExifBlock.inJpeg(FILES.get(ImageFormat.JPEG), packet.getBytes(StandardCharsets.ISO_8859_1));

        String erased = new String(LocationErasure.erased(file), StandardCharsets.ISO_8859_1);

        assertThat(erased)
                .contains("exif:GPSLatitude=\"        \"", "<exif:GPSLongitude>    </exif:GPSLongitude>")
                .doesNotContain("33,30", "1,2E");
    }

    @Test
    void shouldEraseTheLocationOfEveryBlock() {
        byte[] once = ExifBlock.inJpeg(
                FILES.get(ImageFormat.JPEG), photograph(ByteOrder.BIG_ENDIAN).segment());
        byte[] twice = ExifBlock.inJpeg(
                once, new ExifBlock(ByteOrder.BIG_ENDIAN).text(0, 271, "X").segment());
        String packet = "http://ns.adobe.com/xap/1.0/\0<x exif:GPSLatitude=\"33,30.0S\"/>";
        byte[] three = ExifBlock.inJpeg(twice, packet.getBytes(StandardCharsets.ISO_8859_1));
        String other = "http://ns.adobe.com/xap/1.0/\0<x tiff:Make=\"X\"/>";
        for (byte[] file :
                List.of(twice, three, ExifBlock.inJpeg(three, other.getBytes(StandardCharsets.ISO_8859_1)))) {
            assertThat(ImageTags.of(file, Location.DROP).locationPresent()).isTrue();
            byte[] erased = LocationErasure.erased(file);
            assertThat(ImageTags.of(erased, Location.KEEP).values()).doesNotContainKey("latitude");
            assertThat(new String(erased, StandardCharsets.ISO_8859_1)).doesNotContain("33,30");
        }
    }

    @Test
    void shouldEraseALocationInTheXmpOfATiff() {
        byte[] file = new ExifBlock(ByteOrder.LITTLE_ENDIAN)
                .text(0, 700, "<x exif:GPSLatitude=\"33,30.0S\"/>")
                .bytes();

        assertThat(ImageTags.of(file, Location.DROP).locationPresent()).isTrue();
        assertThat(new String(LocationErasure.erased(file), StandardCharsets.ISO_8859_1))
                .contains("exif:GPSLatitude=\"        \"");
    }

    @Test
    void shouldRefuseALocationThatCannotBeErased() {
        byte[] text = ("XML:com.adobe.xmp\0\1\0\0\0").getBytes(StandardCharsets.ISO_8859_1);
        byte[] packed = deflated("<x exif:GPSLatitude=\"33,30.0S\"/>");
        byte[] data = Arrays.copyOf(text, text.length + packed.length);
        System.arraycopy(packed, 0, data, text.length, packed.length);
        byte[] file = ExifBlock.inPng(FILES.get(ImageFormat.PNG), "iTXt", data);

        assertThatThrownBy(() -> LocationErasure.erased(file))
                .isInstanceOfSatisfying(
                        FoveaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.IMAGE_FORMAT_UNSUPPORTED));
    }

    private static byte[] deflated(String text) {
        Deflater deflater = new Deflater();
        deflater.setInput(text.getBytes(StandardCharsets.ISO_8859_1));
        deflater.finish();
        byte[] out = new byte[200];
        int length = deflater.deflate(out);
        deflater.end();
        return Arrays.copyOf(out, length);
    }

    @Test
    void shouldStillDecodeTheImageUpright() {
        byte[] file = ExifBlock.inJpeg(
                FILES.get(ImageFormat.JPEG), photograph(ByteOrder.LITTLE_ENDIAN).segment());

        try (Image image = new Decoder(ImageLimits.DEFAULT).decode(file)) {
            assertThat(List.of(image.width(), image.height())).containsExactly(16, 24);
        }
    }

    @Test
    void shouldReportALocationInXmp() {
        byte[] packet = ("http://ns.adobe.com/xap/1.0/\0<x exif:GPSLatitude=\"33,30.0S\" tiff:Orientation=\"3\"/>")
                .getBytes(StandardCharsets.ISO_8859_1);

        ImageTags tags = ImageTags.of(ExifBlock.inJpeg(FILES.get(ImageFormat.JPEG), packet), Location.KEEP);

        assertThat(tags.locationPresent()).isTrue();
        assertThat(tags.values()).isEmpty();
    }

    @Test
    void shouldFindNothingInFilesWithoutMetadata() {
        assertThat(FILES.values()).allSatisfy(file -> {
            ImageTags tags = ImageTags.of(file, Location.KEEP);
            assertThat(tags.values()).isEmpty();
            assertThat(tags.locationPresent()).isFalse();
        });
        assertThat(ImageTags.of(new byte[0], Location.KEEP)).isEqualTo(ImageTags.NONE);
    }

    @Test
    void shouldLeaveOutValuesThatMakeNoSense() {
        byte[] file = new ExifBlock(ByteOrder.LITTLE_ENDIAN)
                .text(0, 271, " ")
                .text(0, 272, "line\nbreak\u202e")
                .rational(1, 33434, 1, 0)
                .rational(1, 33437, 0, 10)
                .text(1, 36867, "0000:00:00 00:00:00")
                .text(1, 36868, "2026:02:29 10:00:00")
                .rational(2, 2, 95, 1, 0, 1, 0, 1)
                .rational(2, 4, 1, 1, 0, 1, 0, 0)
                .bytes();

        ImageTags tags = ImageTags.of(file, Location.KEEP);

        assertThat(tags.values()).containsExactlyEntriesOf(Map.of("camera", "line\\u000abreak\\u202e"));
        assertThat(tags.locationPresent()).isTrue();
    }

    @Test
    void shouldFallBackToTheTimeOfDigitization() {
        byte[] file = new ExifBlock(ByteOrder.BIG_ENDIAN)
                .text(1, 36867, "    :  :     :  :  ")
                .text(1, 36868, "2025:12:31 23:59:00")
                .bytes();

        assertThat(ImageTags.of(file, Location.DROP).captured().map(CaptureTime::toString))
                .contains("2025-12-31T23:59:00");
    }

    @Test
    void shouldCompareInstantsWhereBothStateAnOffset() {
        CaptureTime berlin = CaptureTime.parse("2026-03-01T10:00:00+01:00").orElseThrow();
        CaptureTime london = CaptureTime.parse("2026-03-01T09:00:02Z").orElseThrow();
        CaptureTime unknown = CaptureTime.parse("2026-03-01T09:00:02").orElseThrow();

        assertThat(berlin.until(london)).isEqualTo(Duration.ofSeconds(2));
        assertThat(berlin.until(unknown)).isEqualTo(Duration.ofSeconds(-3598));
        assertThat(CaptureTime.parse("yesterday")).isEmpty();
    }

    /** Each byte of each file set to several values, and each file cut at each length. */
    @ParameterizedTest
    @MethodSource("everyContainer")
    void shouldNeverFailOnDamagedMetadata(byte[] file) {
        Random random = new Random(7);
        for (int at = 0; at < file.length; at++) {
            for (byte value : new byte[] {0, 1, (byte) 0x7f, (byte) 0xff, (byte) random.nextInt()}) {
                byte[] damaged = file.clone();
                damaged[at] = value;
                assertThat(ImageTags.of(damaged, Location.KEEP).values()).hasSizeBetween(0, 11);
                try {
                    assertThat(ImageTags.of(LocationErasure.erased(damaged), Location.DROP)
                                    .locationPresent())
                            .isFalse();
                } catch (FoveaException e) {
                    assertThat(e.code()).isEqualTo(ErrorCode.IMAGE_FORMAT_UNSUPPORTED);
                }
            }
            assertThat(ImageTags.of(Arrays.copyOf(file, at), Location.KEEP).values())
                    .hasSizeBetween(0, 11);
        }
    }
}
