package dev.fovea.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.serving.RequestDetails;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class PredictionStreamTest {

    private static final Instant NOW = Instant.parse("2026-11-30T08:00:00.123456789Z");

    private final List<LoggedPrediction> seen = new ArrayList<>();

    @Test
    void shouldGiveEveryResponseToItsConsumersWhenItIsClosed() {
        PredictionStream stream = PredictionStream.start(version -> "", () -> NOW);
        stream.subscribe("test", seen::addAll);

        for (int i = 0; i < 3000; i++) {
            stream.offer(Responses.request("r" + i), Responses.response(0, 1));
        }
        stream.close();

        assertThat(seen)
                .hasSize(3000)
                .extracting(row -> row.request().id())
                .startsWith("r0", "r1")
                .endsWith("r2999");
        assertThat(seen.getFirst().time()).isEqualTo(Instant.parse("2026-11-30T08:00:00.123456Z"));
        assertThat(stream.counts().get("shirts")).isEqualTo(new StreamCounts(3000, 0, 0));
    }

    @Test
    void shouldCountWhatItDropsWhenAConsumerIsTooSlow() throws InterruptedException {
        CountDownLatch began = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        PredictionStream stream = PredictionStream.start(version -> "", () -> NOW, 4);
        stream.subscribe("slow", batch -> {
            began.countDown();
            await(end);
            seen.addAll(batch);
        });
        stream.offer(Responses.request("first"), Responses.response(0, 1));
        began.await();

        for (int i = 0; i < 10; i++) {
            stream.offer(Responses.request("r" + i), Responses.response(0, 1));
        }
        end.countDown();
        stream.close();

        StreamCounts counts = stream.counts().get("shirts");
        assertThat(counts.dropped()).isEqualTo(6);
        assertThat(seen).hasSize(5);
        assertThat(counts.taken()).isEqualTo(5);
    }

    @Test
    void shouldGoOnWhenOneConsumerFails() {
        PredictionStream stream = PredictionStream.start(version -> "", () -> NOW);
        stream.subscribe("broken", batch -> {
            throw new IllegalStateException("this consumer fails on purpose");
        });
        stream.subscribe("test", seen::addAll);

        stream.offer(Responses.request("r1"), Responses.response(0, 1));
        stream.close();

        assertThat(seen).hasSize(1);
    }

    @Test
    void shouldIgnoreRequestsOfTheProgramItself() {
        PredictionStream stream = PredictionStream.start(version -> "", () -> NOW);
        stream.subscribe("test", seen::addAll);

        stream.offer(Responses.request(RequestDetails.OWN, new byte[1]), Responses.response(0, 1));
        stream.close();

        assertThat(seen).isEmpty();
    }

    @Test
    void shouldGiveOnlyImagesThatMayBeKept() {
        List<Optional<byte[]>> images = new ArrayList<>();
        PredictionStream stream = PredictionStream.start(version -> "", () -> NOW);
        stream.subscribe("keeper", "shirts"::equals, batch -> batch.forEach(one -> images.add(one.image())));

        stream.offer(Responses.request("r1"), Responses.response(0, 1));
        stream.offer(
                Responses.request(RequestDetails.of("r2", Optional.empty(), List.of(), "never"), new byte[1]),
                Responses.response(0, 1));
        stream.close();

        assertThat(images).extracting(Optional::isPresent).containsExactly(true, false);
    }

    @Test
    void shouldBoundTheBytesOfImagesThatWait() throws InterruptedException {
        CountDownLatch began = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        PredictionStream stream = PredictionStream.start(version -> "", () -> NOW);
        stream.subscribe("keeper", "shirts"::equals, batch -> {
            began.countDown();
            await(end);
        });
        stream.offer(Responses.request("r1"), Responses.response(0, 1));
        began.await();

        for (int i = 0; i < 5; i++) {
            stream.offer(Responses.request(RequestDetails.of("r" + i), new byte[20 << 20]), Responses.response(0, 1));
        }
        end.countDown();
        stream.close();

        // three of 20 MiB fit into 64 MiB
        assertThat(stream.counts().get("shirts")).isEqualTo(new StreamCounts(6, 0, 2));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
