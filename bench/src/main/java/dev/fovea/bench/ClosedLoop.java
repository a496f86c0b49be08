package dev.fovea.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;

/**
 * Clients of a server on this machine, each with a connection of its own, that send the next request when the last one
 * is answered.
 */
public final class ClosedLoop {

    private final int port;
    private final int clients;
    private final ImageSender sender;

    public ClosedLoop(int port, int clients, ImageSender sender) {
        this.port = port;
        this.clients = clients;
        this.sender = sender;
    }

    /** Sends one image and reads its response. */
    @FunctionalInterface
    public interface ImageSender {
        void send(BenchConnection connection, byte[] image) throws IOException, InterruptedException;
    }

    /**
     * What one run measured.
     *
     * @param perSecond images per second
     * @param processorMs of the server's process tree, per image
     * @param p50 latency in ms
     * @param p99 latency in ms
     */
    public record LoopFigures(double perSecond, double processorMs, double p50, double p99) {}

    /** Sends {@code count} images over fresh connections, as the server closes those that were silent for long. */
    public LoopFigures run(ProcessTree server, List<byte[]> images, int count)
            throws IOException, InterruptedException, ExecutionException {
        List<BenchConnection> connections = new ArrayList<>();
        List<Callers.Caller> callers = new ArrayList<>();
        ConcurrentLinkedQueue<Long> nanos = new ConcurrentLinkedQueue<>();
        for (int i = 0; i < clients; i++) {
            BenchConnection connection = new BenchConnection(port);
            connections.add(connection);
            callers.add(image -> {
                long sent = System.nanoTime();
                sender.send(connection, image);
                nanos.add(System.nanoTime() - sent);
            });
        }
        double processor = server.processorSeconds();
        long start = System.nanoTime();
        new Callers(clients, images).run(count, callers);
        double seconds = (System.nanoTime() - start) / 1e9;
        processor = server.processorSeconds() - processor;
        for (BenchConnection connection : connections) {
            connection.close();
        }
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        return new LoopFigures(
                count / seconds, processor * 1000 / count, quantile(sorted, 0.5), quantile(sorted, 0.99));
    }

    private static double quantile(long[] sortedNanos, double share) {
        return sortedNanos[(int) (share * sortedNanos.length)] / 1e6;
    }
}
