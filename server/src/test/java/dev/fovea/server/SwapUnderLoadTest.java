package dev.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fovea.server.RunningServer.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Versions change places while requests keep coming. */
class SwapUnderLoadTest {

    private static final int CLIENTS = 6;
    private static final int SWAPS = 8;
    private static final int ANSWERS_BETWEEN_SWAPS = 150;

    /** One request: when it was sent, when its answer was there, and whose it was. */
    private record Shot(long sent, long answered, int status, int version, String body) {}

    /** One change: which version it was to, when it was asked for and when that was answered. */
    private record Swap(int to, long asked, long done) {}

    private final AtomicBoolean enough = new AtomicBoolean();
    private final AtomicInteger answers = new AtomicInteger();

    @Test
    void shouldLoseNoRequestAndLeaveTheOldVersionWithinASecond() throws Exception {
        List<Shot> shots = new ArrayList<>();
        List<Swap> swaps = new ArrayList<>();
        try (RunningServer server = RunningServer.with(RunningServer::shirts, Map.of("cache.max-size", "0MB"));
                ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            byte[] image = BadInputApiTest.png(48, 48);
            List<Future<List<Shot>>> loads = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                loads.add(clients.submit(() -> load(server, image)));
            }
            try {
                for (int i = 0; i < SWAPS; i++) {
                    awaitAnswers(answers.get() + ANSWERS_BETWEEN_SWAPS);
                    swaps.add(swap(server, i % 2 == 0));
                }
                awaitAnswers(answers.get() + ANSWERS_BETWEEN_SWAPS);
            } finally {
                enough.set(true);
            }
            for (Future<List<Shot>> load : loads) {
                shots.addAll(load.get());
            }
        }
        assertThat(shots).hasSizeGreaterThan(SWAPS * ANSWERS_BETWEEN_SWAPS);
        assertThat(shots)
                .allSatisfy(shot -> assertThat(shot.status()).as(shot.body()).isEqualTo(200));
        for (int i = 0; i < SWAPS; i++) {
            Swap swap = swaps.get(i);
            long next = i + 1 < SWAPS ? swaps.get(i + 1).asked() : Long.MAX_VALUE;
            assertThat(shots.stream().filter(shot -> shot.sent() > swap.done() && shot.answered() < next))
                    .isNotEmpty()
                    .allMatch(shot -> shot.version() == swap.to());
        }
    }

    private static Swap swap(RunningServer server, boolean forward) throws Exception {
        long asked = System.nanoTime();
        Reply reply = forward
                ? server.post("/v1/models/shirts/promote", "{\"version\": 2, \"reason\": \"load\"}")
                : server.post("/v1/models/shirts/rollback", "{\"reason\": \"load\"}");
        long done = System.nanoTime();
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return new Swap(forward ? 2 : 1, asked, done);
    }

    private void awaitAnswers(int count) {
        await("answers come in").atMost(Duration.ofSeconds(60)).until(() -> answers.get() >= count);
    }

    private List<Shot> load(RunningServer server, byte[] image) throws Exception {
        List<Shot> shots = new ArrayList<>();
        while (!enough.get()) {
            long sent = System.nanoTime();
            Reply reply = server.predict("shirts", image);
            long answered = System.nanoTime();
            int version = reply.status() == 200 ? reply.json().get("version").asInt() : 0;
            shots.add(new Shot(sent, answered, reply.status(), version, reply.body()));
            answers.incrementAndGet();
        }
        return shots;
    }
}
