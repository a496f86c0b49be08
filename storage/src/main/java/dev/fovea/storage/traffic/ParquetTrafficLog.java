package dev.fovea.storage.traffic;

import dev.fovea.fault.FoveaException;
import dev.fovea.fault.RecurringFailure;
import dev.fovea.registry.leases.Leases;
import dev.fovea.storage.files.DurableFiles;
import dev.fovea.storage.files.StorageFailure;
import dev.fovea.traffic.LoggedPrediction;
import dev.fovea.traffic.TrafficLog;
import dev.fovea.traffic.TrafficLogStatus;
import dev.fovea.traffic.TrafficQueries;
import dev.fovea.traffic.TrafficSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.duckdb.DuckDBConnection;

/**
 * The log of a server: rows go to a segment at once, and a minute later to Parquet files.
 *
 * <p>The lock guards the segments; it is held for one write, and the status does not take it. A thread of its own,
 * {@code traffic-log}, turns segments into Parquet files, those of processes that have ended too, and keeps the files
 * within their limits. While that fails, segments stay and are tried again; beyond a limit of their size rows are lost,
 * and counted.
 */
final class ParquetTrafficLog implements TrafficLog {

    /** A segment is turned into Parquet files when it is that old or large. It is read into memory then. */
    private static final Duration MAX_AGE = Duration.ofSeconds(60);

    static final long MAX_BYTES = 8L << 20;

    /** Of segments that wait because they are not, or not fast enough, turned into Parquet files. */
    private static final long MAX_WAITING = 1L << 30;

    private static final Duration TURN = Duration.ofSeconds(1);
    private static final Duration UPKEEP = Duration.ofMinutes(10);
    private static final String LEASE = "prediction-log";
    private static final System.Logger LOG = System.getLogger(ParquetTrafficLog.class.getName());

    private final TrafficFiles files;
    private final TrafficReader reader;
    private final SegmentConversion conversion;
    private final DamagedFiles damaged;
    private final PartUpkeep upkeep;
    private final Leases leases;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition wake = lock.newCondition();
    private final SegmentFolders.Locked folder;
    private final Segments segments;
    private final SortedMap<String, Long> kept = new ConcurrentSkipListMap<>();
    private final SortedMap<String, Long> lost = new ConcurrentSkipListMap<>();
    private final RecurringFailure unwritten = new RecurringFailure();
    private final RecurringFailure unconverted = new RecurringFailure();
    private final Thread worker;
    private volatile Optional<String> writeProblem = Optional.empty();
    private volatile Optional<String> convertProblem = Optional.empty();
    private long waiting;
    private long segmentSince;
    private boolean isSealed;
    private boolean closing;

    private ParquetTrafficLog(
            TrafficFiles files,
            TrafficSettings settings,
            Leases leases,
            InstantSource clock,
            DurableFiles.ChannelOpener opener) {
        this.files = files;
        this.reader = new TrafficReader(files);
        this.damaged = new DamagedFiles(files.damaged());
        this.conversion = new SegmentConversion(files, reader);
        this.upkeep = new PartUpkeep(files, reader, settings, clock);
        this.leases = leases;
        this.folder = files.segments().create();
        this.segments = new Segments(folder.path(), opener);
        this.worker = Thread.ofPlatform().name("traffic-log").daemon().unstarted(this::work);
    }

    /** Opens the log of a server and starts its thread; to be closed. */
    static ParquetTrafficLog start(
            TrafficFiles files,
            TrafficSettings settings,
            Leases leases,
            InstantSource clock,
            DurableFiles.ChannelOpener opener) {
        ParquetTrafficLog log = new ParquetTrafficLog(files, settings, leases, clock, opener);
        log.worker.start();
        return log;
    }

    @Override
    public void append(List<LoggedPrediction> rows) {
        if (rows.isEmpty()) {
            return;
        }
        lock.lock();
        try {
            if (closing || waiting > MAX_WAITING) {
                count(rows, lost);
                return;
            }
            if (segments.bytes() == 0) {
                segmentSince = System.nanoTime();
            }
            segments.append(rows);
            count(rows, kept);
            writeProblem = Optional.empty();
            unwritten
                    .ends()
                    .ifPresent(_ -> LOG.log(System.Logger.Level.INFO, "The prediction log can be written again."));
            if (segments.bytes() > MAX_BYTES) {
                seal();
                wake.signal();
            }
        } catch (IOException | RuntimeException e) {
            count(rows, lost);
            FoveaException failure = StorageFailure.of("Writing the prediction log", folder.path(), e);
            writeProblem = Optional.of(String.valueOf(failure.getMessage()));
            if (unwritten.begins(failure)) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "Rows of the prediction log are lost; predictions go on: {0}",
                        failure.getMessage());
            }
        } finally {
            lock.unlock();
        }
    }

    private static void count(List<LoggedPrediction> rows, SortedMap<String, Long> into) {
        rows.forEach(row -> into.merge(row.version().model(), 1L, Long::sum));
    }

    @Override
    public Stream<LoggedPrediction> read(String model, Instant from, Instant to) {
        return reader.read(model, from, to);
    }

    @Override
    public TrafficQueries queries() {
        return new DuckTrafficQueries(reader, false);
    }

    @Override
    public TrafficLogStatus status() {
        long own = reader.parts().damaged();
        return new TrafficLogStatus(
                new TreeMap<>(kept),
                new TreeMap<>(lost),
                damaged.count(own),
                writeProblem.or(() -> convertProblem).or(() -> damaged.problem(own)));
    }

    private void work() {
        long nextUpkeep = System.nanoTime() + MAX_AGE.toNanos(); // the start has better to do
        while (awaitTurn()) {
            try {
                convert();
                if (System.nanoTime() - nextUpkeep >= 0) {
                    nextUpkeep = System.nanoTime() + UPKEEP.toNanos();
                    conversion.adopt();
                    if (leases.tryHold(LEASE, UPKEEP)) {
                        tidy();
                    }
                }
                convertProblem = Optional.empty();
                unconverted
                        .ends()
                        .ifPresent(_ -> LOG.log(
                                System.Logger.Level.INFO, "The prediction log is written to Parquet files again."));
            } catch (IOException | SQLException | RuntimeException e) {
                failed(e);
            }
        }
    }

    private void failed(Exception e) {
        FoveaException failure = e instanceof FoveaException known
                ? known
                : StorageFailure.of("Writing Parquet files of the prediction log", files.folder(), e);
        convertProblem = Optional.of(String.valueOf(failure.getMessage()));
        if (unconverted.begins(failure)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "The prediction log stays in segments, which are tried again: {0}",
                    failure.getMessage());
        }
    }

    private void seal() {
        waiting += segments.bytes();
        segments.seal();
        isSealed = true;
    }

    /** Waits a second, or until a segment is full; false when the log is closed. */
    private boolean awaitTurn() {
        lock.lock();
        try {
            long left = TURN.toNanos();
            while (!closing && left > 0 && !isSealed) {
                left = wake.awaitNanos(left);
            }
            if (segments.bytes() > 0 && System.nanoTime() - segmentSince > MAX_AGE.toNanos()) {
                seal();
            }
            isSealed = false;
            return !closing;
        } catch (InterruptedException e) {
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Turns the segments of this process into Parquet files, of which the current one is left. */
    private void convert() throws IOException, SQLException {
        for (Path segment : waiting()) {
            conversion.convert(segment);
            waiting();
        }
    }

    /** The segments that are to be turned into Parquet files, whose size is counted anew. */
    private List<Path> waiting() throws IOException {
        lock.lock();
        try {
            List<Path> sealed = segments.sealed();
            long bytes = 0;
            for (Path segment : sealed) {
                bytes += Files.size(segment);
            }
            waiting = bytes;
            return sealed;
        } finally {
            lock.unlock();
        }
    }

    private void tidy() throws SQLException, IOException {
        try (DuckDBConnection connection = reader.duck().connect()) {
            upkeep.run(connection);
        }
    }

    /** Turns all rows into Parquet files and keeps the files within their limits, on the caller's thread; for tests. */
    void settle() throws SQLException, IOException {
        lock.lock();
        try {
            segments.seal();
            for (Path segment : segments.sealed()) {
                conversion.convert(segment);
            }
        } finally {
            lock.unlock();
        }
        conversion.adopt();
        tidy();
    }

    /** Rows stay in the segment; the next server turns them into Parquet files. */
    @Override
    public void close() {
        lock.lock();
        try {
            closing = true;
            wake.signal();
        } finally {
            lock.unlock();
        }
        boolean interrupted = false;
        while (worker.isAlive()) {
            try {
                worker.join(TimeUnit.SECONDS.toMillis(30));
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        segments.close();
        folder.close();
        reader.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
