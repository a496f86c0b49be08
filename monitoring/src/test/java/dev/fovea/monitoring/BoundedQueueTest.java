package dev.fovea.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BoundedQueueTest {

    @Test
    void shouldRefuseWhenFullAndTakeAgainWhenDrained() {
        BoundedQueue<Integer> queue = new BoundedQueue<>(4);
        List<Integer> out = new ArrayList<>();
        for (int round = 0; round < 100; round++) {
            out.clear();
            for (int i = 0; i < 4; i++) {
                assertThat(queue.offer(round * 4 + i)).isTrue();
            }
            assertThat(queue.offer(-1)).isFalse();
            assertThat(queue.drain(out::add, 3)).isEqualTo(3);
            assertThat(queue.drain(out::add, 3)).isEqualTo(1);
            assertThat(queue.drain(out::add, 3)).isZero();
            assertThat(out).containsExactly(round * 4, round * 4 + 1, round * 4 + 2, round * 4 + 3);
        }
    }

    @Test
    void shouldHandOverEachItemOnceAndEachThreadsItemsInOrder() throws InterruptedException {
        int producers = 4;
        int each = 250; // all of a round find room
        int rounds = 80;
        BoundedQueue<int[]> queue = new BoundedQueue<>(1024);
        int[] next = new int[producers];
        for (int round = 0; round < rounds; round++) {
            int first = round * each;
            List<Thread> threads = IntStream.range(0, producers)
                    .mapToObj(producer -> Thread.ofPlatform().start(() -> produce(queue, producer, first, each)))
                    .toList();
            for (int drains = 0; drains < each; drains++) {
                queue.drain(item -> check(item, next), 4);
            }
            for (Thread thread : threads) {
                thread.join();
            }
            queue.drain(item -> check(item, next), producers * each);
            assertThat(next).containsOnly(first + each);
        }
        assertThat(queue.drain(item -> {}, 1)).isZero();
    }

    private static void check(int[] item, int[] next) {
        if (item[1] != next[item[0]]++) {
            throw new AssertionError("item %d of thread %d is out of turn".formatted(item[1], item[0]));
        }
    }

    private static void produce(BoundedQueue<int[]> queue, int producer, int first, int count) {
        for (int i = first; i < first + count; i++) {
            queue.offer(new int[] {producer, i});
        }
    }

    @Test
    void shouldWantAPowerOfTwo() {
        assertThatThrownBy(() -> new BoundedQueue<String>(100)).isInstanceOf(IllegalArgumentException.class);
    }
}
