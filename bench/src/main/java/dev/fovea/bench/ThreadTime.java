package dev.fovea.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * CPU time of a process by what its threads do, from {@code /proc/PID/task/TID/schedstat}, which counts nanoseconds.
 *
 * @param nanos by thread: its name and number
 */
record ThreadTime(Map<String, Long> nanos) {

    private static final String OTHER = "other threads";

    /** What threads do, by the beginning of their names; the system keeps 15 characters. */
    private static final Map<String, List<String>> WORK = new LinkedHashMap<>();

    static {
        WORK.put("inference", List.of("batcher-", "open-session"));
        WORK.put("decode, resize, normalize", List.of("images-"));
        WORK.put(
                "HTTP, postprocessing, JSON",
                List.of("ForkJoinPool", "VirtualThread-", "MasterPoller", "Read-Poller", "qtp", "jetty", "server-"));
        WORK.put("JIT compilers", List.of("C1 Compiler", "C2 Compiler"));
        WORK.put("garbage collection", List.of("GC Thread", "G1 ", "VM Thread", "VM Periodic"));
        WORK.put(OTHER, List.of());
    }

    /** Of the threads that live now. */
    static ThreadTime of(long pid) throws IOException {
        Map<String, Long> nanos = new TreeMap<>();
        try (Stream<Path> threads = Files.list(Path.of("/proc", String.valueOf(pid), "task"))) {
            for (Path thread : threads.toList()) {
                try {
                    String name = Files.readString(thread.resolve("comm")).strip();
                    String time = Files.readString(thread.resolve("schedstat"));
                    nanos.put(name + " " + thread.getFileName(), Long.parseLong(time.split(" ")[0]));
                } catch (NoSuchFileException e) {
                    continue; // it ended meanwhile
                }
            }
        }
        return new ThreadTime(nanos);
    }

    /** Milliseconds since an earlier reading, by kind of work, in the order of an image's way. */
    Map<String, Double> since(ThreadTime earlier) {
        Map<String, Double> millis = new LinkedHashMap<>();
        WORK.keySet().forEach(work -> millis.put(work, 0.0));
        nanos.forEach((thread, now) ->
                millis.merge(work(thread), (now - earlier.nanos.getOrDefault(thread, 0L)) / 1e6, Double::sum));
        return millis;
    }

    private static String work(String thread) {
        return WORK.entrySet().stream()
                .filter(work -> work.getValue().stream().anyMatch(thread::startsWith))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(OTHER);
    }
}
