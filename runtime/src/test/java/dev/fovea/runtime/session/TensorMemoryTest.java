package dev.fovea.runtime.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class TensorMemoryTest {

    @Test
    void shouldUseAgainWhatWasGivenBackLast() {
        TensorMemory memory = new TensorMemory(16, 10);
        ByteBuffer first = memory.take();
        ByteBuffer second = memory.take();
        assertThat(first).isNotSameAs(second);
        second.putInt(7);
        memory.give(first);
        memory.give(second);
        assertThat(memory.take())
                .isSameAs(second)
                .extracting(ByteBuffer::position)
                .isEqualTo(0);
        assertThat(memory.take()).isSameAs(first);
    }

    @Test
    void shouldGoToTheHeapBeyondItsBoundAndNeverGrowPastIt() {
        TensorMemory memory = new TensorMemory(16, 2);
        ByteBuffer first = memory.take();
        assertThat(first.isDirect()).isTrue();
        assertThat(memory.take().isDirect()).isTrue();
        ByteBuffer third = memory.take();
        assertThat(third.isDirect()).isFalse();
        assertThat(third.capacity()).isEqualTo(16);
        memory.give(third);
        memory.give(first);
        assertThat(memory.take()).isSameAs(first);
        assertThat(memory.take().isDirect()).isFalse();
    }
}
