package dev.fovea.imaging;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is not read is refused by its name, with what to do, and before it costs memory. */
class RefusedImagesTest {

    private static final int SHORT = 3;
    private static final int LONG = 4;

    private final Decoder decoder = new Decoder(ImageLimits.DEFAULT);

    @ParameterizedTest
    @CsvSource({"heic, HEIC, heif-convert", "mif1, HEIC, heif-convert", "avif, AVIF, avifdec"})
    void shouldNamePhonesFormatsAndSayHowToConvertThem(String brand, String name, String command) {
        byte[] file = ("\0\0\0\u0020ftyp" + brand + "\0\0\0\0mif1").getBytes(StandardCharsets.ISO_8859_1);
        assertRefused(file, ErrorCode.IMAGE_FORMAT_UNSUPPORTED, name, command);
    }

    @ParameterizedTest
    @CsvSource({
        "P7, PAM, pamtopnm",
        "PF, PFM, magick IN.pfm",
        "Pf, PFM, magick IN.pfm",
        "P7 332, a thumbnail of xv, 'Send JPEG, PNG'"
    })
    void shouldNameTheMapsOfNetpbmThatAreNotRead(String magic, String name, String remedy) {
        byte[] file = (magic + "\n3 2\n255\n").getBytes(StandardCharsets.US_ASCII);
        assertRefused(file, ErrorCode.IMAGE_FORMAT_UNSUPPORTED, name, remedy);
    }

    @Test
    void shouldRefuseTiffWithMoreBandsThanColours() {
        assertRefused(tiff(4, 4, 1, 1, 5, 8, 100), ErrorCode.IMAGE_FORMAT_UNSUPPORTED, "5 bands");
    }

    @Test
    void shouldNameACompressionThatIsNotRead() {
        assertRefused(tiff(4, 4, 34887, 1, 1, 8, 100), ErrorCode.IMAGE_FORMAT_UNSUPPORTED, "LERC");
    }

    @Test
    void shouldNameTheNumbersThatStandForNoGrey() {
        byte[] file = tiff(4, 4, 1, 1, 1, 32, 100);
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(file.length - 100, 70_000);
        assertRefused(file, ErrorCode.IMAGE_FORMAT_UNSUPPORTED, "70000");
    }

    @Test
    void shouldRefuseTiffWhosePixelsEndTooSoon() {
        assertRefused(tiff(40, 40, 1, 1, 1, 8, 100), ErrorCode.IMAGE_CORRUPT, "40×40");
    }

    @Test
    void shouldCheckTheLimitsBeforeAPixelOfEveryFormatIsDecoded() {
        assertRefused(tiff(60_000, 60_000, 1, 1, 1, 8, 100), ErrorCode.IMAGE_TOO_MANY_PIXELS, "60000×60000");
        byte[] map = "P5 60000 60000 255\n".getBytes(StandardCharsets.US_ASCII);
        assertRefused(map, ErrorCode.IMAGE_TOO_MANY_PIXELS, "60000×60000");
        ByteBuffer gif = ByteBuffer.allocate(40).order(ByteOrder.LITTLE_ENDIAN);
        gif.put("GIF89a".getBytes(StandardCharsets.US_ASCII))
                .putShort((short) 4)
                .putShort((short) 4);
        gif.put(13, (byte) 0x2c).putShort(18, (short) 60_000).putShort(20, (short) 60_000);
        assertRefused(gif.array(), ErrorCode.IMAGE_TOO_MANY_PIXELS, "60000×60000");
        ByteBuffer bmp = ByteBuffer.allocate(60).order(ByteOrder.LITTLE_ENDIAN);
        bmp.put(0, (byte) 'B')
                .put(1, (byte) 'M')
                .putInt(14, 40)
                .putInt(18, 60_000)
                .putInt(22, 60_000);
        assertRefused(bmp.putShort(28, (short) 24).array(), ErrorCode.IMAGE_TOO_MANY_PIXELS, "60000×60000");
    }

    /** As Pillow refuses them. */
    @Test
    void shouldRefuseAGifWhoseFirstFrameIsEmpty() {
        ByteBuffer gif = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        gif.put("GIF89a".getBytes(StandardCharsets.US_ASCII))
                .putShort((short) 8)
                .putShort((short) 6);
        gif.put(new byte[3]).put((byte) 0x2c).putInt(0).putInt(0).put(new byte[] {0, 7, 2, (byte) 0x80, 1, 0, ';'});
        assertRefused(gif.array(), ErrorCode.IMAGE_CORRUPT, "0×0");
    }

    /** A little-endian TIFF of one strip and {@code bytes} zeros of pixels at its end. */
    private static byte[] tiff(
            int width, int height, int compression, int photometric, int samples, int bits, int bytes) {
        int[][] tags = {
            {256, LONG, width},
            {257, LONG, height},
            {258, SHORT, bits},
            {259, SHORT, compression},
            {262, SHORT, photometric},
            {273, LONG, 0},
            {277, SHORT, samples},
            {279, LONG, bytes}
        };
        int end = 8 + 2 + 12 * tags.length + 4;
        tags[5][2] = end;
        ByteBuffer file = ByteBuffer.allocate(end + bytes).order(ByteOrder.LITTLE_ENDIAN);
        file.put((byte) 'I').put((byte) 'I').putShort((short) 42).putInt(8).putShort((short) tags.length);
        for (int[] tag : tags) {
            file.putShort((short) tag[0]).putShort((short) tag[1]).putInt(1).putInt(tag[2]);
        }
        return file.array();
    }

    private void assertRefused(byte[] file, ErrorCode code, String... words) {
        assertThatThrownBy(() -> decoder.decode(file).close()).isInstanceOfSatisfying(FoveaException.class, e -> {
            org.assertj.core.api.Assertions.assertThat(e.code()).isEqualTo(code);
            org.assertj.core.api.Assertions.assertThat(e.getMessage()).contains(words);
        });
    }
}
