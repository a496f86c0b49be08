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
import dev.fovea.runtime.session.Timings;
import dev.fovea.serving.CacheStatus;
import dev.fovea.serving.CacheUse;
import dev.fovea.serving.PredictionRequest;
import dev.fovea.serving.ServedPrediction;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Answers given before, by what they depend on ({@link CacheKey}). Of equal requests at the same time one runs the
 * network and the others wait for it, each within its own deadline; should that one give up waiting, another takes its
 * place. Errors are shared with who waits for them and never kept.
 *
 * <p>What is kept is bounded in bytes and chosen by W-TinyLFU (Einziger, Friedman, Manes, "TinyLFU: A Highly Efficient
 * Cache Admission Policy", ACM Transactions on Storage 13 (2017) 35), which Caffeine implements. Only answers to images
 * are kept; requests that bring tensors, or ask for a network's raw outputs by the Open Inference Protocol, do not come
 * by here.
 *
 * <p>Any thread may call it. It has no thread of its own and no lock that is held while a network runs.
 */
public final class PredictionCache {

    /** A larger answer would push out too many others. */
    private static final int LARGEST_SHARE = 8;

    /** Of raw tensors, whose worth is small for their size. */
    private static final long LARGEST_TENSORS = 64 << 10;

    /** Of answers that go to other processes. */
    private static final int LARGEST_SHARED = 256 << 10;

    /** Of images whose requests wait for another's answer. */
    private static final long MOST_WAITING = 256 << 20;

    /** What a request that waits costs beside its image. */
    private static final long REQUEST = 16 << 10;

    /** The share of requests from which on it is worth reading an image that a busy model would not take. */
    private static final double OFTEN = 0.05;

    /** Whose looks are remembered. */
    private static final int MOST_BUNDLES = 32;

    private static final CacheStatus NOT_ASKED = new CacheStatus.Inferred(false);
    private static final CacheStatus ASKED = new CacheStatus.Inferred(true);
    private static final CacheStatus CACHED = new CacheStatus.Cached();

    private final CacheSettings settings;
    private final SharedCache shared;
    private final Cache<CacheKey, Prediction> answers;
    private final ConcurrentMap<CacheKey, SingleFlight> flights = new ConcurrentHashMap<>();
    private final AtomicLong waiting = new AtomicLong();
    private final ConcurrentMap<String, HitRate> hits = new ConcurrentHashMap<>();
    private final Cache<String, RecentHashes> looks = Caffeine.newBuilder()
            .maximumSize(MOST_BUNDLES)
            .executor(Runnable::run)
            .build();

    /** What a model can do with the image of a request. */
    public interface Sight {

        /** Runs the network. */
        Prediction predict();

        /** What the image looks like; asked for only where looks matter. */
        ImageFingerprint look();
    }

    /** An empty cache before shared answers, which the caller closes. */
    public PredictionCache(CacheSettings settings, SharedCache shared) {
        this.settings = settings;
        this.shared = shared;
        this.answers = Caffeine.newBuilder()
                .maximumWeight(settings.bytes())
                .weigher(PredictionCache::weight)
                // its upkeep is short and belongs to whoever causes it
                .executor(Runnable::run)
                .build();
    }

    /** A cache that keeps nothing. */
    public static PredictionCache off() {
        return new PredictionCache(CacheSettings.NONE, SharedCache.NONE);
    }

    private static int weight(CacheKey key, Prediction answer) {
        return (int) Math.min(CachedResponseWeight.bytes(answer), Integer.MAX_VALUE);
    }

    /**
     * The answer to an image, from an earlier or an equal request or from running the network.
     *
     * @param version what answers
     * @param bundle of that version
     * @param sight is asked for a prediction at most once
     * @param arrival of the request, on the clock of {@link System#nanoTime}
     * @throws FoveaException what {@code sight} throws, for this request or for the one that it waited for;
     *     {@code DEADLINE_EXCEEDED} and {@code CANCELLED} for itself; {@code OVERLOADED} when too many wait for others
     */
    public ServedPrediction answer(
            PredictionRequest request, VersionId version, Bundle bundle, Sight sight, long arrival) {
        if (!settings.covers(request.target().model()) || request.cache() == CacheUse.NO_STORE) {
            return served(version, arrival, sight.predict(), NOT_ASKED);
        }
        Question question =
                new Question(CacheKey.of(bundle.id(), request.image()), request, version, bundle, sight, arrival);
        if (request.cache() == CacheUse.NO_CACHE) {
            Prediction prediction = sight.predict();
            keep(question, prediction.detached());
            return served(question, prediction, NOT_ASKED);
        }
        @Nullable Prediction kept = answers.getIfPresent(question.key());
        ServedPrediction found = kept != null ? served(question, kept, CACHED) : fly(question);
        hits.computeIfAbsent(request.target().model(), name -> new HitRate())
                .add(!(found.origin() instanceof CacheStatus.Inferred));
        return found;
    }

    /** Whether a model's requests have lately found an answer here more than now and then. */
    public boolean oftenAnswers(String model) {
        HitRate share = hits.get(model);
        return share != null && share.lately() > OFTEN;
    }

    /** One request that found nothing at first. */
    private record Question(
            CacheKey key, PredictionRequest request, VersionId version, Bundle bundle, Sight sight, long arrival) {

        Deadline deadline() {
            return request.deadline();
        }
    }

    private static SingleFlight.Landing.Landed landed(Prediction kept) {
        return new SingleFlight.Landing.Landed(kept, CACHED);
    }

    private static ServedPrediction served(Question question, Prediction prediction, CacheStatus origin) {
        return served(question.version(), question.arrival(), prediction, origin);
    }

    private static ServedPrediction served(VersionId version, long arrival, Prediction prediction, CacheStatus origin) {
        return new ServedPrediction(version, prediction, System.nanoTime() - arrival, origin);
    }

    /** Leads a flight or joins one, until one of them ends with something. */
    private ServedPrediction fly(Question question) {
        while (true) {
            SingleFlight own = new SingleFlight(question.request().priority());
            @Nullable SingleFlight other = flights.putIfAbsent(question.key(), own);
            boolean suits = other != null && other.suits(question.request().priority());
            if (other == null || (!suits && flights.replace(question.key(), other, own))) {
                return lead(own, question);
            }
            if (!suits) {
                continue;
            }
            switch (join(other, question)) {
                case SingleFlight.Landing.Landed landed -> {
                    return served(
                            question, landed.answer().waited(System.nanoTime() - question.arrival()), landed.origin());
                }
                case SingleFlight.Landing.Failed(FoveaException why) ->
                    // each caller gets an exception of its own, with its own stack
                    throw new FoveaException(why.code(), why.getMessage(), why);
                case SingleFlight.Landing.Abandoned() -> {
                    // the next turn takes its place, or joins who does
                }
            }
        }
    }

    private SingleFlight.Landing join(SingleFlight flight, Question question) {
        long bytes = question.request().image().length + REQUEST;
        try {
            if (waiting.addAndGet(bytes) > MOST_WAITING) {
                throw FoveaException.overloaded(
                        "Too many requests wait for the answer to an image that others sent too. Try again shortly.",
                        Duration.ofSeconds(1));
            }
            return flight.await(question.deadline());
        } finally {
            waiting.addAndGet(-bytes);
        }
    }

    private ServedPrediction lead(SingleFlight own, Question question) {
        SingleFlight.Landing end = new SingleFlight.Landing.Abandoned();
        try {
            // an earlier flight may have landed since we looked
            Optional<SingleFlight.Landing.Landed> known = Optional.ofNullable(answers.getIfPresent(question.key()))
                    .or(() -> received(question))
                    .map(PredictionCache::landed);
            Optional<ImageFingerprint> look = known.isEmpty() && looksMatter(question)
                    ? Optional.of(question.sight().look())
                    : Optional.empty();
            Optional<SingleFlight.Landing.Landed> made = known.or(() -> look.flatMap(seen -> alike(question, seen)));
            if (made.isPresent()) {
                end = made.get();
                return served(question, made.get().answer(), made.get().origin());
            }
            Prediction prediction = question.sight().predict();
            Prediction fresh = prediction.detached();
            end = landed(fresh);
            keep(question, fresh);
            look.flatMap(ImageFingerprint::hash)
                    .ifPresent(hash -> looks(question).add(hash, question.key()));
            return served(question, prediction, ASKED);
        } catch (FoveaException e) {
            end = SingleFlight.failed(e);
            throw e;
        } finally {
            // first out of the way, so that nobody joins what has ended
            flights.remove(question.key(), own);
            own.end(end);
        }
    }

    /** Boxes and vectors of another image would be wrong; the check on labelled images looks at one label. */
    private boolean looksMatter(Question question) {
        return settings.near() > 0 && question.bundle().manifest().postprocessing() instanceof Postprocessing.OneLabel;
    }

    /** The answer to another image that looks the same; it is not kept for this one, so that errors do not spread. */
    private Optional<SingleFlight.Landing.Landed> alike(Question question, ImageFingerprint look) {
        return look.hash()
                .flatMap(hash -> looks(question).nearest(hash, settings.near()))
                .flatMap(near -> Optional.ofNullable(answers.getIfPresent(near.key()))
                        .map(kept -> new SingleFlight.Landing.Landed(
                                new Prediction(kept.result(), look.header(), Timings.NONE),
                                new CacheStatus.Near(near.distance()))));
    }

    private RecentHashes looks(Question question) {
        return looks.get(question.bundle().id(), id -> new RecentHashes());
    }

    private Optional<Prediction> received(Question question) {
        Optional<Prediction> received = shared.get(question.key())
                .flatMap(bytes ->
                        CacheCodec.read(question.key(), bytes, question.bundle().manifest()));
        received.ifPresent(answer -> keepHere(question.key(), answer));
        return received;
    }

    private void keep(Question question, Prediction answer) {
        if (keepHere(question.key(), answer) && shared != SharedCache.NONE) {
            byte[] bytes =
                    CacheCodec.write(question.key(), answer, question.bundle().manifest());
            if (bytes.length <= LARGEST_SHARED) {
                shared.put(question.key(), bytes);
            }
        }
    }

    /** Whether it is worth keeping. */
    private boolean keepHere(CacheKey key, Prediction answer) {
        long bytes = CachedResponseWeight.bytes(answer);
        boolean small = bytes <= settings.bytes() / LARGEST_SHARE
                && (!(answer.result() instanceof PredictionResult.Tensors) || bytes <= LARGEST_TENSORS);
        if (small) {
            answers.put(key, answer);
        }
        return small;
    }

    /** Bytes of answers that are kept. */
    long bytes() {
        answers.cleanUp();
        return answers.policy()
                .eviction()
                .flatMap(bound -> bound.weightedSize().stream().boxed().findFirst())
                .orElse(0L);
    }
}
