package dev.fovea.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** So many threads that each ask for one image after another until a number has been answered. */
final class Callers {

    private final int threads;
    private final List<byte[]> images;

    Callers(int threads, List<byte[]> images) {
        this.threads = threads;
        this.images = images;
    }

    /** What one thread asks with. */
    interface Caller {
        void ask(byte[] image) throws Exception;
    }

    /** Has a number of images answered; {@code callers} holds one caller per thread. */
    void run(int count, List<? extends Caller> callers) throws InterruptedException, ExecutionException {
        AtomicInteger next = new AtomicInteger();
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Future<?>> running = new ArrayList<>();
            for (Caller caller : callers) {
                running.add(pool.submit(() -> {
                    for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                        caller.ask(images.get(i % images.size()));
                    }
                    return caller;
                }));
            }
            for (Future<?> each : running) {
                each.get();
            }
        }
    }
}
