package dev.fovea.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Closed-loop client threads that send images until a number of requests succeeded. */
public final class Callers {

    private final int threads;
    private final List<byte[]> images;

    public Callers(int threads, List<byte[]> images) {
        this.threads = threads;
        this.images = images;
    }

    /** The client of one thread. */
    public interface Caller {
        void ask(byte[] image) throws Exception;
    }

    /** Sends a number of images; {@code callers} has one caller per thread. */
    public void run(int count, List<? extends Caller> callers) throws InterruptedException, ExecutionException {
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
