package dev.fovea.model.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that PyTorch and safetensors wrote; make.py beside them says how. */
class CheckpointTest {

    private static final float[] WEIGHT = {0, 1, 2, 3, 4, 5};

    private static Checkpoint open(String file) {
        URL resource = Objects.requireNonNull(CheckpointTest.class.getResource(file), file);
        try {
            return Checkpoint.open(Path.of(resource.toURI()));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"zip.pth", "legacy.pth", "training.pth", "plain.safetensors"})
    void shouldReadADictionaryOfTensors(String file) {
        try (Checkpoint checkpoint = open(file)) {
            assertThat(checkpoint.tensors().keySet())
                    .containsExactlyInAnyOrder("linear.weight", "linear.bias", "bn.num_batches_tracked");
            StoredTensor weight = Objects.requireNonNull(checkpoint.tensors().get("linear.weight"));
            assertThat(weight.shape()).containsExactly(2L, 3L);
            assertThat(weight.type()).isEqualTo(StoredType.FLOAT32);
            assertThat(checkpoint.values("linear.weight")).containsExactly(WEIGHT);
            assertThat(checkpoint.values("linear.bias")).containsExactly(0.5f, -0.25f);
            assertThat(checkpoint.values("bn.num_batches_tracked")).containsExactly(7);
        }
    }

    @Test
    void shouldReadParameters() {
        try (Checkpoint checkpoint = open("parameters.pth")) {
            assertThat(checkpoint.values("0.weight")).containsExactly(WEIGHT);
            assertThat(checkpoint.values("0.bias")).containsExactly(0.5f, -0.25f);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "types.pth, half",
        "types.pth, bfloat",
        "types.pth, double",
        "types.safetensors, half",
        "types.safetensors, bfloat"
    })
    void shouldReadNumbersOfOtherTypes(String file, String tensor) {
        try (Checkpoint checkpoint = open(file)) {
            assertThat(checkpoint.values(tensor)).containsExactly(WEIGHT);
        }
    }

    @Test
    void shouldPutElementsIntoTheirOrder() {
        try (Checkpoint checkpoint = open("views.pth")) {
            float[] inOrder = new float[24];
            for (int i = 0; i < inOrder.length; i++) {
                inOrder[i] = i;
            }
            assertThat(checkpoint.values("conv")).containsExactly(inOrder);
            assertThat(checkpoint.tensors().get("conv"))
                    .extracting(StoredTensor::shape)
                    .isEqualTo(List.of(2L, 3L, 2L, 2L));
            assertThat(checkpoint.values("transposed")).containsExactly(0, 3, 1, 4, 2, 5);
            assertThat(checkpoint.values("part")).containsExactly(4, 5, 6, 7);
        }
    }

    @Test
    void shouldReadATensorWithTwoNames() {
        try (Checkpoint checkpoint = open("views.pth")) {
            assertThat(checkpoint.values("tied")).isEqualTo(checkpoint.values("tied2"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "evil.pth, CHECKPOINT_UNSAFE, posix.system",
        "evil-legacy.pth, CHECKPOINT_UNSAFE, posix.system",
        "module.pth, CHECKPOINT_UNSAFE, torch.nn.modules.container.Sequential",
        "expanded.pth, CHECKPOINT_CORRUPT, 1048576",
        "overlapping.pth, CHECKPOINT_CORRUPT, overlap"
    })
    void shouldRefuseWhatTorchWrites(String file, ErrorCode code, String said) {
        assertThatThrownBy(() -> open(file).close())
                .isInstanceOf(FoveaException.class)
                .hasFieldOrPropertyWithValue("code", code)
                .hasMessageContaining(said);
    }
}
