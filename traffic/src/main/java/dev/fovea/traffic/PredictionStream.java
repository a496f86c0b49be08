package dev.fovea.traffic;

import dev.fovea.fault.RecurringFailure;
import dev.fovea.registry.VersionId;
import dev.fovea.serving.PredictionRequest;
import dev.fovea.serving.RequestDetails;
import dev.fovea.serving.routing.RoutedResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jctools.queues.atomic.MpscAtomicArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * Takes responses from the requests' threads to those that keep or watch them.
 *
 * <p>A request's thread offers its response to a bounded lock-free queue and goes on. If the queue is full, the
 * response is dropped and counted by model. One owner thread turns responses into rows four times a second and gives
 * each batch to the consumers, one after the other; the failure of one disturbs no other. A consumer that is slow makes
 * the queue fill, and requests never wait.
 */
public final class PredictionStream implements AutoCloseable {

    /** Responses that may wait: a quarter of a second at 65,536 responses per second. */
    private static final int CAPACITY = 1 << 14;

    /** Bytes of images that may wait. */
    private static final long MAX_IMAGE_BYTES = 64L << 20;

    private static final int BATCH = 1024;
    private static final long PAUSE_NANOS = Duration.ofMillis(250).toNanos();
    private static final System.Logger LOG = System.getLogger(PredictionStream.class.getName());

    private final InstantSource clock;
    private final PredictionRows rows;
    private final MpscAtomicArrayQueue<Waiting> queue;
    private final List<Subscription> consumers = new CopyOnWriteArrayList<>();
    private final ConcurrentMap<String, Counts> counts = new ConcurrentHashMap<>();
    private final AtomicLong imageBytes = new AtomicLong();
    private final Thread owner;
    private volatile Predicate<String> keepsImages = model -> false;
    private volatile boolean closing;

    private PredictionStream(Function<VersionId, String> contracts, InstantSource clock, int capacity) {
        this.clock = clock;
        this.rows = new PredictionRows(contracts);
        this.queue = new MpscAtomicArrayQueue<>(capacity);
        this.owner = Thread.ofPlatform().name("traffic").daemon().unstarted(this::work);
    }

    /**
     * Starts the owner thread; to be closed.
     *
     * @param contracts the hash of a version's preprocessing contract; called by the owner thread for each row
     */
    public static PredictionStream start(Function<VersionId, String> contracts, InstantSource clock) {
        return start(contracts, clock, CAPACITY);
    }

    static PredictionStream start(Function<VersionId, String> contracts, InstantSource clock, int capacity) {
        PredictionStream stream = new PredictionStream(contracts, clock, capacity);
        stream.owner.start();
        return stream;
    }

    /**
     * Takes in the response to an image request that a caller sent; never waits, never throws. Requests of the program
     * itself are no traffic.
     */
    public void offer(PredictionRequest request, RoutedResponse response) {
        if (!request.details().isTraffic()) {
            return;
        }
        Counts count = counts(response.requested());
        byte @Nullable [] image = image(request, response.requested(), count);
        if (queue.offer(new Waiting(request.details(), clock.instant(), response, image))) {
            count.taken.increment();
        } else {
            count.dropped.increment();
            release(image);
        }
    }

    /**
     * Gives each batch of rows of versions to a consumer, in the order of their arrival, on the owner thread; a batch
     * is given to consumers in the order of their subscription.
     *
     * @param name for the log of the program
     */
    public void subscribe(String name, Consumer<List<LoggedPrediction>> consumer) {
        consumers.add(new Subscription(
                name,
                batch -> {
                    List<LoggedPrediction> own = batch.stream()
                            .map(StreamedPrediction::row)
                            .filter(LoggedPrediction::hasVersion)
                            .toList();
                    if (!own.isEmpty()) {
                        consumer.accept(own);
                    }
                },
                new RecurringFailure()));
    }

    /**
     * The same with all rows, those without a version too, and with the images that may be kept.
     *
     * @param keepsImages whether images for a model are wanted; called by requests' threads
     */
    public void subscribe(String name, Predicate<String> keepsImages, Consumer<List<StreamedPrediction>> consumer) {
        this.keepsImages = this.keepsImages.or(keepsImages);
        consumers.add(new Subscription(name, consumer, new RecurringFailure()));
    }

    /** What was taken in and dropped, by requested model. */
    public SortedMap<String, StreamCounts> counts() {
        SortedMap<String, StreamCounts> all = new TreeMap<>();
        counts.forEach((model, count) ->
                all.put(model, new StreamCounts(count.taken.sum(), count.dropped.sum(), count.imagesDropped.sum())));
        return all;
    }

    /** Gives what waits to the consumers, and stops. */
    @Override
    public void close() {
        closing = true;
        LockSupport.unpark(owner);
        boolean interrupted = false;
        while (owner.isAlive()) {
            try {
                owner.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** A response in the queue. */
    private record Waiting(RequestDetails request, Instant time, RoutedResponse response, byte @Nullable [] image) {}

    private record Subscription(String name, Consumer<List<StreamedPrediction>> consumer, RecurringFailure failure) {}

    private static final class Counts {
        private final LongAdder taken = new LongAdder();
        private final LongAdder dropped = new LongAdder();
        private final LongAdder imagesDropped = new LongAdder();
    }

    private Counts counts(String model) {
        Counts known = counts.get(model); // computeIfAbsent may lock even when it is there
        return known != null ? known : counts.computeIfAbsent(model, absent -> new Counts());
    }

    private byte @Nullable [] image(PredictionRequest request, String model, Counts count) {
        if (!request.details().keepable() || !keepsImages.test(model)) {
            return null;
        }
        byte[] image = request.image();
        if (imageBytes.addAndGet(image.length) > MAX_IMAGE_BYTES) {
            imageBytes.addAndGet(-image.length);
            count.imagesDropped.increment();
            return null;
        }
        return image;
    }

    private void release(byte @Nullable [] image) {
        if (image != null) {
            imageBytes.addAndGet(-image.length);
        }
    }

    private void work() {
        while (!closing) {
            drain();
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        drain();
    }

    private void drain() {
        List<Waiting> batch = new ArrayList<>();
        while (queue.drain(batch::add, BATCH) > 0) {
            List<StreamedPrediction> streamed = new ArrayList<>(batch.size());
            batch.forEach(waiting -> add(waiting, streamed));
            consumers.forEach(consumer -> give(consumer, streamed));
            batch.forEach(waiting -> release(waiting.image()));
            batch.clear();
        }
    }

    private void add(Waiting waiting, List<StreamedPrediction> streamed) {
        try {
            Optional<byte[]> image = Optional.ofNullable(waiting.image());
            Instant time = waiting.time().truncatedTo(ChronoUnit.MICROS);
            for (LoggedPrediction row : rows.of(waiting.request(), time, waiting.response())) {
                streamed.add(new StreamedPrediction(
                        row, row.version().model().equals(row.routing().requested()) ? image : Optional.empty()));
            }
        } catch (RuntimeException e) {
            counts(waiting.response().requested()).dropped.increment();
            LOG.log(System.Logger.Level.ERROR, "A response could not be turned into a row of the prediction log", e);
        }
    }

    /** An exception must not end the thread, or traffic would silently stop. */
    private static void give(Subscription subscription, List<StreamedPrediction> batch) {
        try {
            subscription.consumer().accept(batch);
            var _ = subscription.failure().ends();
        } catch (RuntimeException e) {
            if (subscription.failure().begins(e)) {
                LOG.log(
                        System.Logger.Level.ERROR,
                        "%s failed with a batch of predictions and goes on with the next"
                                .formatted(subscription.name()),
                        e);
            }
        }
    }
}
