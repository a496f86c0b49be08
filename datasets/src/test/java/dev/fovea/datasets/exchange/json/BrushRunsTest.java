package dev.fovea.datasets.exchange.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class BrushRunsTest {

    private static final String PIXELS = """
            .........
            ..#####..
            ..##.##..
            ..#####..
            .........
            ........#
            """;

    /** {@code mask2rle} of label-studio-sdk 2.1.2. */
    private static final List<Integer> GOLDEN = List.of(
            0, 0, 0, 216, 57, 27, 254, 43, 0, 194, 127, 247, 192, 39, 255, 140, 2, 127, 251, 224, 24, 79, 255, 37, 128,
            71, 254);

    private static boolean[] pixels() {
        String flat = PIXELS.replace("\n", "");
        boolean[] rows = new boolean[flat.length()];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = flat.charAt(i) == '#';
        }
        return rows;
    }

    @Test
    void shouldReadWhatLabelStudioWrites() {
        assertThat(BrushRuns.decode(GOLDEN, 54)).isEqualTo(pixels());
    }

    /** {@code decode_rle} of label-studio-sdk 2.1.2 gives the pixels of these bytes. */
    @Test
    void shouldWriteWhatLabelStudioReads() {
        assertThat(BrushRuns.encode(pixels())).isEqualTo(GOLDEN);
    }

    @Test
    void shouldRefuseABrushOfAnotherSizeAndOneThatIsCutShort() {
        assertThatThrownBy(() -> BrushRuns.decode(GOLDEN, 55)).hasMessageContaining("216 bytes for 55 pixels");
        assertThatThrownBy(() -> BrushRuns.decode(GOLDEN.subList(0, 20), 54)).hasMessageContaining("cut short");
    }
}
