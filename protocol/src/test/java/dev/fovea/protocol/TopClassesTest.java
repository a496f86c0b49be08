package dev.fovea.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.model.tensor.ByteStrings;
import dev.fovea.model.tensor.DataType;
import dev.fovea.model.tensor.Tensor;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TopClassesTest {

    private static final List<String> LABELS = List.of("cat", "dog", "ox");

    @Test
    void shouldGiveValueIndexAndLabelOfTheBestOfEachItem() {
        Tensor output = Tensor.of("y", new long[] {2, 3}, new float[] {0.1f, 0.7f, 0.2f, 5, -1, 4.5f});
        Tensor best = TopClasses.of(output, 2, LABELS);
        assertThat(best.name()).isEqualTo("y");
        assertThat(best.type()).isEqualTo(DataType.BYTES);
        assertThat(best.shape()).containsExactly(2, 2);
        assertThat(texts(best)).containsExactly("0.700000:1:dog", "0.200000:2:ox", "5.000000:0:cat", "4.500000:2:ox");
    }

    @Test
    void shouldGiveTheLowerIndexFirstWhereValuesAreEqual() {
        Tensor output = Tensor.of("y", new long[] {4}, new float[] {1, 2, 2, 1});
        Tensor best = TopClasses.of(output, 4, List.of());
        assertThat(best.shape()).containsExactly(4);
        assertThat(texts(best)).containsExactly("2.000000:1", "2.000000:2", "1.000000:0", "1.000000:3");
    }

    @Test
    void shouldLeaveOutLabelsThatThereAreNot() {
        Tensor output = Tensor.of("y", new long[] {1, 4}, new float[] {4, 3, 2, 1});
        assertThat(texts(TopClasses.of(output, 9, List.of("cat", "", "ox:tail"))))
                .containsExactly("4.000000:0:cat", "3.000000:1", "2.000000:2:ox:tail", "1.000000:3");
    }

    @Test
    void shouldPutWhatIsNoNumberLast() {
        Tensor output = Tensor.of("y", new long[] {3}, new float[] {Float.NaN, Float.NEGATIVE_INFINITY, 0});
        assertThat(texts(TopClasses.of(output, 3, LABELS)).getLast()).startsWith("NaN:0");
    }

    @Test
    void shouldRefuseOutputsWithoutClasses() {
        Tensor words = new Tensor("w", DataType.BYTES, new long[] {0}, ByteStrings.pack(List.of()));
        Refusal.of(() -> TopClasses.of(words, 1, LABELS), "w BYTES", "classification");
        Tensor scalar = Tensor.of("s", new long[0], new float[] {1});
        Refusal.of(() -> TopClasses.of(scalar, 1, LABELS), "s FP32", "classification");
    }

    @Property(tries = 200)
    void shouldOrderAnyValuesAndNameEachClassOnce(
            @ForAll @Size(min = 1, max = 12) float[] values, @ForAll @IntRange(min = 1) int count) {
        Tensor best = TopClasses.of(Tensor.of("y", new long[] {1, values.length}, values), count, LABELS);
        List<Integer> indices = texts(best).stream()
                .map(text -> Integer.valueOf(text.split(":")[1]))
                .toList();
        assertThat(indices).hasSize(Math.min(count, values.length)).doesNotHaveDuplicates();
        for (int i = 1; i < indices.size(); i++) {
            assertThat(values[indices.get(i)]).isLessThanOrEqualTo(values[indices.get(i - 1)]);
        }
    }

    private static List<String> texts(Tensor tensor) {
        return ByteStrings.unpack(tensor).stream()
                .map(text -> new String(text, StandardCharsets.UTF_8))
                .toList();
    }
}
