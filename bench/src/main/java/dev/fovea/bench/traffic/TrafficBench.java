package dev.fovea.bench.traffic;

import dev.fovea.bench.BenchReport;
import dev.fovea.bench.TemporaryDirectory;
import dev.fovea.storage.Home;
import dev.fovea.storage.HomeSettings;
import dev.fovea.traffic.LoggedPrediction;
import dev.fovea.traffic.TrafficFilter;
import dev.fovea.traffic.TrafficLog;
import dev.fovea.traffic.TrafficQueries;
import dev.fovea.traffic.TrafficSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * {@code bench/run traffic [MILLIONS] [DIRECTORY]}: the questions of the console's traffic page to a month of so many
 * million rows, 10 without a number. A directory keeps the log for the next run.
 */
final class TrafficBench {

    private static final int DAYS = 30;
    private static final int BATCH = 5_000;
    private static final int ROUNDS = 5;
    private static final double BAR_SECONDS = 1;

    /** The log loses rows when it is given more than it can write; a bench waits instead. */
    private static final Duration PAUSE = Duration.ofMillis(100);

    private static final Duration MERGED = Duration.ofMinutes(15);

    private final TrafficQueries queries;
    private final Instant end;

    private TrafficBench(TrafficQueries queries, Instant end) {
        this.queries = queries;
        this.end = end;
    }

    /** A question to the log. */
    private interface Question {
        long rows(TrafficQueries queries);
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        double millions = arguments.length > 0 ? Double.parseDouble(arguments[0]) : 10;
        Instant end = Instant.now().truncatedTo(ChronoUnit.DAYS);
        BenchReport.machine();
        try (TemporaryDirectory directory = TemporaryDirectory.create()) {
            Path root = arguments.length > 1
                    ? Path.of(arguments[1])
                    : directory.path().resolve("home");
            boolean written = Files.exists(root);
            try (Home home = Home.open(HomeSettings.in(root), "bench")) {
                try (TrafficLog log = home.production()
                        .traffic()
                        .write(TrafficSettings.DEFAULT, home.production().leases(), Clock.systemUTC())) {
                    if (!written) {
                        write(log, (int) (millions * 1e6 / DAYS), end);
                    }
                    settle(root);
                }
                try (TrafficQueries queries = home.production().traffic().queries()) {
                    new TrafficBench(queries, end).run();
                }
            }
        }
        BenchReport.machine();
    }

    private void run() {
        TrafficFilter month = TrafficFilter.of(LoggedMonth.MODEL, end.minus(Duration.ofDays(DAYS)), end);
        ask("figures of the month", each -> each.tally(month).rows());
        ask("figures of one version", each -> each.tally(filter(1, "", "", "")).rows());
        ask("latest 20", each -> each.newest(month, 20, 0).size());
        ask("figures by tag", each -> each.tally(filter(0, "", "", "a")).rows());
        ask("figures by label", each -> each.tally(filter(0, "label 3", "", "")).rows());
        ask(
                "figures by client",
                each -> each.tally(filter(0, "", "client-2", "")).rows());
        ask(
                "figures by a rare label",
                each -> each.tally(filter(0, "label 19", "", "")).rows());
        ask(
                "figures by tag and client",
                each -> each.tally(filter(0, "", "client-2", "a")).rows());
        ask(
                "latest 20 by tag",
                each -> each.newest(filter(0, "", "", "a"), 20, 0).size());
        ask(
                "latest 20 by a tag that none has",
                each -> each.newest(filter(0, "", "", "z"), 20, 0).size());
    }

    private TrafficFilter filter(int version, String label, String client, String camera) {
        SortedMap<String, String> tags = new TreeMap<>();
        if (!camera.isEmpty()) {
            tags.put("camera", camera);
        }
        return new TrafficFilter(
                LoggedMonth.MODEL,
                end.minus(Duration.ofDays(DAYS)),
                end,
                version == 0 ? Optional.empty() : Optional.of(version),
                Optional.of(label).filter(text -> !text.isEmpty()),
                Optional.of(client).filter(text -> !text.isEmpty()),
                tags);
    }

    private void ask(String what, Question question) {
        double[] seconds = new double[ROUNDS];
        long rows = 0;
        for (int i = 0; i < ROUNDS; i++) {
            long start = System.nanoTime();
            rows = question.rows(queries);
            seconds[i] = (System.nanoTime() - start) / 1e9;
        }
        Arrays.sort(seconds);
        BenchReport.maximum("%s (%,d rows)".formatted(what, rows), seconds[ROUNDS / 2], BAR_SECONDS, " s");
    }

    private static void write(TrafficLog log, int perDay, Instant end) throws InterruptedException {
        LoggedMonth month = new LoggedMonth();
        long start = System.nanoTime();
        for (int day = DAYS; day > 0; day--) {
            Instant midnight = end.minus(Duration.ofDays(day));
            for (int from = 0; from < perDay; from += BATCH) {
                append(log, month.rows(midnight, perDay, from, Math.min(perDay, from + BATCH)));
            }
        }
        BenchReport.say(
                "%,d rows written in %.0f s".formatted((long) perDay * DAYS, (System.nanoTime() - start) / 1e9));
    }

    /** Waits until each day is one file, as it is on a server some minutes later. */
    private static void settle(Path root) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Instant limit = Instant.now().plus(MERGED);
        List<Path> files = files(root.resolve("traffic"));
        while ((files.size() > DAYS || files.stream().anyMatch(TrafficBench::isSegment))
                && Instant.now().isBefore(limit)) {
            Thread.sleep(PAUSE);
            files = files(root.resolve("traffic"));
        }
        long bytes = 0;
        for (Path file : files) {
            bytes += Files.exists(file) ? Files.size(file) : 0;
        }
        BenchReport.say("%d files, %,d MB, after %.0f s"
                .formatted(files.size(), bytes >> 20, (System.nanoTime() - start) / 1e9));
    }

    private static void append(TrafficLog log, List<LoggedPrediction> rows) throws InterruptedException {
        long lost = lost(log);
        log.append(rows);
        while (lost(log) > lost) {
            lost = lost(log);
            Thread.sleep(PAUSE);
            log.append(rows);
        }
    }

    private static long lost(TrafficLog log) {
        return log.status().lost().values().stream().mapToLong(Long::longValue).sum();
    }

    private static boolean isSegment(Path file) {
        return file.toString().endsWith(".segment");
    }

    /** Segments and Parquet files in a folder, of which some may just have been replaced. */
    private static List<Path> files(Path folder) throws IOException {
        List<Path> inside;
        try (Stream<Path> listed = Files.list(folder)) {
            inside = listed.toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
        List<Path> files = new ArrayList<>();
        for (Path one : inside) {
            if (Files.isDirectory(one)) {
                files.addAll(files(one));
            } else if (one.toString().endsWith(".parquet") || isSegment(one)) {
                files.add(one);
            }
        }
        return files;
    }
}
