package dev.fovea.serving.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.quality.ImageFingerprint;
import dev.fovea.model.Bundle;
import dev.fovea.model.decoder.Postprocessing;
import dev.fovea.registry.VersionId;
import dev.fovea.runtime.Prediction;
import dev.fovea.runtime.decoding.PredictionResult;
import dev.fovea.runtime.session.Deadline;
import dev.fovea.serving.CacheStatus;
import dev.fovea.serving.CacheUse;
import dev.fovea.serving.PredictionRequest;
import dev.fovea.serving.ServedPrediction;
import dev.fovea.serving.cache.SingleFlight.FlightOutcome;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Cached predictions by {@link CacheKey}, with single-flight. Of equal concurrent requests one runs the network. The
 * others wait within their own deadlines; when it gives up, another takes over. They share an error; none is cached.
 *
 * <p>The size is bounded in bytes and the admission policy is W-TinyLFU (Einziger, Friedman, Manes, "TinyLFU: A Highly
 * Efficient Cache Admission Policy", ACM Transactions on Storage 13 (2017) 35), which Caffeine implements. Only
 * predictions for images are cached. Tensor requests and raw outputs of the Open Inference Protocol bypass the cache.
 *
 * <p>Thread-safe. It has no thread of its own and locks nothing while a network runs.
 */
public final class PredictionCache {

    /** A prediction larger than this share of the cache is not cached. */
    private static final int MAX_SHARE = 8;

    /** The size limit for raw tensors, in bytes. */
    private static final long MAX_TENSORS = 64 << 10;

    /** The size limit for shared responses, in bytes. */
    private static final int MAX_SHARED = 256 << 10;

    /** The total size of images whose requests wait for an equal request. */
    private static final long MAX_WAITING_BYTES = 256 << 20;

    /** The memory of a waiting request without its image, in bytes. */
    private static final long REQUEST = 16 << 10;

    /** The minimum hit rate at which a busy model still reads images. */
    private static final double OFTEN = 0.05;

    /** The number of bundles with recent perceptual hashes. */
    private static final int MAX_BUNDLES = 32;

    private static final CacheStatus BYPASSED = new CacheStatus.Inferred(false);
    private static final CacheStatus MISS = new CacheStatus.Inferred(true);
    private static final CacheStatus CACHED = new CacheStatus.Cached();

    private final CacheSettings settings;
    private final SharedCache shared;
    private final Cache<CacheKey, Prediction> predictions;
    private final ConcurrentMap<CacheKey, SingleFlight> inFlight = new ConcurrentHashMap<>();
    private final AtomicLong waiting = new AtomicLong();
    private final ConcurrentMap<String, HitRate> hits = new ConcurrentHashMap<>();
    private final Cache<String, RecentHashes> recentHashes = Caffeine.newBuilder()
            .maximumSize(MAX_BUNDLES)
            .executor(Runnable::run)
            .build();

    /** The model's side of a cache lookup for one image. */
    public interface PredictionSource {

        /** Runs the network. */
        Prediction predict();

        /** The image's fingerprint; computed only for near-duplicate lookups. */
        ImageFingerprint fingerprint();
    }

    /** An empty cache in front of a shared cache, which the caller closes. */
    public PredictionCache(CacheSettings settings, SharedCache shared) {
        this.settings = settings;
        this.shared = shared;
        this.predictions = Caffeine.newBuilder()
                .maximumWeight(settings.bytes())
                .weigher(PredictionCache::weight)
                // maintenance is short and runs on the calling thread
                .executor(Runnable::run)
                .build();
    }

    /** A disabled cache. */
    public static PredictionCache off() {
        return new PredictionCache(CacheSettings.NONE, SharedCache.NONE);
    }

    private static int weight(CacheKey key, Prediction prediction) {
        return (int) Math.min(CachedResponseWeight.bytes(prediction), Integer.MAX_VALUE);
    }

    /**
     * The prediction for an image: a cache hit, the result of an equal request, or a new inference.
     *
     * @param version the version that serves the request
     * @param bundle of that version
     * @param source runs the network; called at most once
     * @param arrival of the request, on the clock of {@link System#nanoTime}
     * @throws FoveaException what {@code source} throws, for this request or for the one that it waited for;
     *     {@code DEADLINE_EXCEEDED} and {@code CANCELLED} for itself; {@code OVERLOADED} when too many wait for others
     */
    public ServedPrediction predict(
            PredictionRequest request, VersionId version, Bundle bundle, PredictionSource source, long arrival) {
        if (!settings.covers(request.target().model()) || request.cache() == CacheUse.NO_STORE) {
            return served(version, arrival, source.predict(), BYPASSED);
        }
        Lookup lookup =
                new Lookup(CacheKey.of(bundle.id(), request.image()), request, version, bundle, source, arrival);
        if (request.cache() == CacheUse.NO_CACHE) {
            Prediction prediction = source.predict();
            store(lookup, prediction.detached());
            return served(lookup, prediction, BYPASSED);
        }
        @Nullable Prediction cached = predictions.getIfPresent(lookup.key());
        ServedPrediction found = cached != null ? served(lookup, cached, CACHED) : joinOrRun(lookup);
        hits.computeIfAbsent(request.target().model(), name -> new HitRate())
                .add(!(found.origin() instanceof CacheStatus.Inferred));
        return found;
    }

    /** Whether the model's recent hit rate is worth a lookup under load. */
    public boolean hasFrequentHits(String model) {
        HitRate share = hits.get(model);
        return share != null && share.lately() > OFTEN;
    }

    /** One request in the cache. */
    private record Lookup(
            CacheKey key,
            PredictionRequest request,
            VersionId version,
            Bundle bundle,
            PredictionSource source,
            long arrival) {

        Deadline deadline() {
            return request.deadline();
        }
    }

    private static FlightOutcome.Completed completed(Prediction cached) {
        return new FlightOutcome.Completed(cached, CACHED);
    }

    private static ServedPrediction served(Lookup lookup, Prediction prediction, CacheStatus origin) {
        return served(lookup.version(), lookup.arrival(), prediction, origin);
    }

    private static ServedPrediction served(VersionId version, long arrival, Prediction prediction, CacheStatus origin) {
        return new ServedPrediction(version, prediction, System.nanoTime() - arrival, origin);
    }

    /** Leads or joins an inference in flight until one completes. */
    private ServedPrediction joinOrRun(Lookup lookup) {
        while (true) {
            SingleFlight own = new SingleFlight(lookup.request().priority());
            @Nullable SingleFlight other = inFlight.putIfAbsent(lookup.key(), own);
            boolean suits = other != null && other.suits(lookup.request().priority());
            if (other == null || (!suits && inFlight.replace(lookup.key(), other, own))) {
                return lead(own, lookup);
            }
            if (!suits) {
                continue;
            }
            switch (join(other, lookup)) {
                case FlightOutcome.Completed completed -> {
                    return served(
                            lookup,
                            completed.prediction().waited(System.nanoTime() - lookup.arrival()),
                            completed.origin());
                }
                case FlightOutcome.Rejected(FoveaException why) ->
                    // each caller gets an exception of its own, with its own stack
                    throw new FoveaException(why.code(), why.getMessage(), why);
                case FlightOutcome.Abandoned() -> {
                    // the next iteration leads, or joins another leader
                }
            }
        }
    }

    private FlightOutcome join(SingleFlight other, Lookup lookup) {
        long bytes = lookup.request().image().length + REQUEST;
        try {
            if (waiting.addAndGet(bytes) > MAX_WAITING_BYTES) {
                throw FoveaException.overloaded(
                        "Too many requests wait for an equal request. Try again shortly.", Duration.ofSeconds(1));
            }
            return other.await(lookup.deadline());
        } finally {
            waiting.addAndGet(-bytes);
        }
    }

    private ServedPrediction lead(SingleFlight own, Lookup lookup) {
        FlightOutcome end = new FlightOutcome.Abandoned();
        try {
            // an earlier inference may have completed since the lookup
            Optional<FlightOutcome.Completed> known = Optional.ofNullable(predictions.getIfPresent(lookup.key()))
                    .or(() -> received(lookup))
                    .map(PredictionCache::completed);
            Optional<ImageFingerprint> fingerprint = known.isEmpty() && matchesNearDuplicates(lookup)
                    ? Optional.of(lookup.source().fingerprint())
                    : Optional.empty();
            Optional<FlightOutcome.Completed> found =
                    known.or(() -> fingerprint.flatMap(hash -> nearDuplicate(lookup, hash)));
            if (found.isPresent()) {
                end = found.get();
                return served(lookup, found.get().prediction(), found.get().origin());
            }
            Prediction prediction = lookup.source().predict();
            Prediction fresh = prediction.detached();
            end = completed(fresh);
            store(lookup, fresh);
            fingerprint
                    .flatMap(ImageFingerprint::hash)
                    .ifPresent(hash -> recentHashes(lookup).add(hash, lookup.key()));
            return served(lookup, prediction, MISS);
        } catch (FoveaException e) {
            end = SingleFlight.failed(e);
            throw e;
        } finally {
            // removed first, so that no request joins a completed inference
            inFlight.remove(lookup.key(), own);
            own.end(end);
        }
    }

    /** Only for one label: boxes and vectors of another image would be wrong. */
    private boolean matchesNearDuplicates(Lookup lookup) {
        return settings.near() > 0
                && lookup.bundle().manifest().postprocessing() instanceof Postprocessing.OneLabel one
                && one.heatMap().isEmpty();
    }

    /** The prediction of a near-duplicate image. It is not cached for this image, so that errors do not spread. */
    private Optional<FlightOutcome.Completed> nearDuplicate(Lookup lookup, ImageFingerprint fingerprint) {
        return fingerprint
                .hash()
                .flatMap(hash -> recentHashes(lookup).nearest(hash, settings.near()))
                .flatMap(near -> Optional.ofNullable(predictions.getIfPresent(near.key()))
                        .map(cached -> new FlightOutcome.Completed(
                                cached.ofSimilar(fingerprint.header()), new CacheStatus.SimilarHit(near.distance()))));
    }

    private RecentHashes recentHashes(Lookup lookup) {
        return recentHashes.get(lookup.bundle().id(), id -> new RecentHashes());
    }

    private Optional<Prediction> received(Lookup lookup) {
        Optional<Prediction> received = shared.get(lookup.key())
                .flatMap(bytes ->
                        CacheCodec.read(lookup.key(), bytes, lookup.bundle().manifest()));
        received.ifPresent(prediction -> storeLocally(lookup.key(), prediction));
        return received;
    }

    private void store(Lookup lookup, Prediction prediction) {
        if (storeLocally(lookup.key(), prediction) && shared != SharedCache.NONE) {
            byte[] bytes =
                    CacheCodec.write(lookup.key(), prediction, lookup.bundle().manifest());
            if (bytes.length <= MAX_SHARED) {
                shared.put(lookup.key(), bytes);
            }
        }
    }

    /** Caches a prediction within the size limits; returns whether it did. */
    private boolean storeLocally(CacheKey key, Prediction prediction) {
        long bytes = CachedResponseWeight.bytes(prediction);
        boolean small = bytes <= settings.bytes() / MAX_SHARE
                && (!(prediction.result() instanceof PredictionResult.TensorResult) || bytes <= MAX_TENSORS);
        if (small) {
            predictions.put(key, prediction);
        }
        return small;
    }

    /** The cached predictions' size in bytes. */
    long bytes() {
        predictions.cleanUp();
        return predictions
                .policy()
                .eviction()
                .flatMap(bound -> bound.weightedSize().stream().boxed().findFirst())
                .orElse(0L);
    }
}
