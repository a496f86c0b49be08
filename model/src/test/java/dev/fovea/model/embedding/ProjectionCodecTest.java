package dev.fovea.model.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.graph.EmbeddingTensor;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ProjectionCodecTest {

    private static final EmbeddingProjection POOLED =
            EmbeddingProjection.pooled(new EmbeddingTensor("größe/2", EmbeddingTensor.Channels.LAST), 3, 2);
    private static final EmbeddingProjection PROJECTION = POOLED.with(
            EmbeddingProjection.ProjectionKind.PRINCIPAL_COMPONENTS,
            new float[] {1, 2, 3, -4, 5, 6},
            new float[] {0.5f, 0, Float.MIN_VALUE});

    private static void assertSame(EmbeddingProjection read, EmbeddingProjection written) {
        assertThat(read.tensor()).isEqualTo(written.tensor());
        assertThat(read.axes()).isEqualTo(written.axes());
        assertThat(read.features()).isEqualTo(written.features());
        assertThat(read.kind()).isEqualTo(written.kind());
        assertThat(read.weights()).containsExactly(written.weights());
        assertThat(read.offset()).containsExactly(written.offset());
    }

    @Test
    void shouldReadBackWhatItWrote() {
        assertSame(ProjectionCodec.read(ProjectionCodec.write(PROJECTION)), PROJECTION);
        assertSame(ProjectionCodec.read(ProjectionCodec.write(POOLED)), POOLED);
    }

    @Test
    void shouldProject() {
        assertThat(PROJECTION.of(new float[] {10, 1})).containsExactly(6.5f, 25f, 36f);
        assertThat(POOLED.of(new float[] {10, 1})).containsExactly(10, 1);
        assertThat(PROJECTION.dimensions()).isEqualTo(3);
        assertThat(POOLED.dimensions()).isEqualTo(2);
    }

    @Test
    void shouldSayThatDamagedBytesAreDamaged() {
        byte[] file = ProjectionCodec.write(PROJECTION);
        for (int at = 0; at < file.length; at++) {
            byte[] damaged = file.clone();
            damaged[at] ^= 1;
            assertCorrupt(damaged);
            assertCorrupt(Arrays.copyOf(file, at));
        }
        assertCorrupt(Arrays.copyOf(file, file.length + 1));
    }

    private static void assertCorrupt(byte[] file) {
        assertThatThrownBy(() -> ProjectionCodec.read(file))
                .isInstanceOfSatisfying(
                        FoveaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BUNDLE_CORRUPT))
                .hasMessageContaining("projection.bin");
    }

    @Test
    void shouldRefuseWeightsOfAnotherLength() {
        assertThatThrownBy(() -> POOLED.with(EmbeddingProjection.ProjectionKind.RANDOM, new float[5], new float[3]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> POOLED.with(EmbeddingProjection.ProjectionKind.RANDOM, new float[0], new float[0]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> POOLED.with(EmbeddingProjection.ProjectionKind.RANDOM, new float[66], new float[33]))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
