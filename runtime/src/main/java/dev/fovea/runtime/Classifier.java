package dev.fovea.runtime;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.Decoder;
import dev.fovea.imaging.Picture;
import dev.fovea.imaging.PictureHeader;
import dev.fovea.imaging.Preprocessor;
import dev.fovea.model.Bundle;
import dev.fovea.model.Fit;
import dev.fovea.model.GoldenVector;
import dev.fovea.runtime.Batcher.Inferred;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A loaded, proved model: picture bytes in, a typed answer out. Any number of threads may call {@link #predict}, which
 * waits and is meant for virtual threads; decoding runs on the {@link Workers}, inference on the batcher's one owner
 * thread.
 */
public final class Classifier implements AutoCloseable {

    private static final int BYTES_PER_PIXEL = 3;
    private static final Duration CHECK_LIMIT = Duration.ofSeconds(5);

    private final Bundle bundle;
    private final Decoder decoder;
    private final Preprocessor preprocessor;
    private final Postprocessor postprocessor;
    private final Network network;
    private final Workers workers;
    private final Batcher batcher;

    private Classifier(Bundle bundle, Decoder decoder, Workers workers, Network network, BatchSettings settings) {
        this.bundle = bundle;
        this.decoder = decoder;
        this.preprocessor = new Preprocessor(bundle.manifest().contract());
        this.postprocessor = new Postprocessor(
                bundle.manifest().labels(),
                bundle.manifest().activation(),
                bundle.manifest().temperature());
        this.network = network;
        this.workers = workers;
        this.batcher = new Batcher(bundle.manifest().name(), network::run, settings);
    }

    /**
     * Loads a bundle, proves it on its golden pictures and warms it up; the caller closes it.
     *
     * @param opened called between loading and proving
     * @throws FoveaException {@code PROOF_FAILED} and the errors of {@link Fit} and {@link Engine}
     */
    public static Classifier load(
            Engine engine, Bundle bundle, RuntimeSettings settings, Workers workers, Runnable opened) {
        Fit.check(
                bundle.model(), bundle.manifest().contract(), bundle.manifest().labels());
        Session session = engine.load(bundle.modelFile(), settings.session());
        BatchSettings batch =
                session.batches() ? settings.batch() : settings.batch().single();
        Network network = new Network(session, bundle.manifest().contract(), batch.maxBatch());
        try {
            opened.run();
            Decoder decoder = new Decoder(settings.limits());
            new Proof(decoder, new Preprocessor(bundle.manifest().contract()), network).check(bundle);
            network.warmUp();
            return new Classifier(bundle, decoder, workers, network, batch);
        } catch (RuntimeException e) {
            network.close();
            throw e;
        }
    }

    /** What was loaded. */
    public Bundle bundle() {
        return bundle;
    }

    /** Requests that wait for inference. */
    public int waiting() {
        return batcher.waiting();
    }

    /**
     * Answers one picture.
     *
     * @throws FoveaException the errors of {@link Decoder}; {@code OVERLOADED}, {@code DEADLINE_EXCEEDED},
     *     {@code INFERENCE_FAILED}, {@code STOPPING}
     */
    public Prediction predict(byte[] picture, Deadline deadline) {
        long arrival = System.nanoTime();
        PictureHeader header = decoder.header(picture);
        // a small file may hold a large picture, and its work is what the others wait for
        long weight = Math.max(picture.length, header.pixels() * BYTES_PER_PIXEL);
        CompletableFuture<Answered> answer = new CompletableFuture<>();
        Future<?> decoding = workers.submit(weight, Executors.callable(() -> pass(picture, deadline, arrival, answer)));
        Answered answered = await(answer, decoding, deadline);
        Tensor tensor = answered.tensor();
        Inferred inferred = answered.inferred();
        long start = System.nanoTime();
        List<Float> logits = postprocessor.logits(inferred.output());
        List<Prediction.Ranked> ranked = postprocessor.rank(logits);
        Timings timings = new Timings(
                tensor.decode(),
                tensor.preprocess(),
                tensor.waited() + inferred.queue(),
                inferred.infer(),
                System.nanoTime() - start);
        return new Prediction(ranked, logits, tensor.header(), timings);
    }

    /**
     * Answers its own golden pictures through the whole path, as a caller's would be.
     *
     * @throws FoveaException whatever a caller would get
     */
    public void check() {
        for (GoldenVector vector : bundle.manifest().golden()) {
            predict(bundle.goldenPicture(vector), Deadline.in(CHECK_LIMIT));
        }
    }

    private record Tensor(ByteBuffer bytes, PictureHeader header, long waited, long decode, long preprocess) {}

    private Tensor tensor(byte[] bytes, Deadline deadline, long arrival) {
        long start = System.nanoTime();
        if (deadline.hasPassed()) {
            throw deadline.exceeded();
        }
        PictureHeader header = decoder.header(bytes);
        try (Picture picture = decoder.decode(bytes, header, preprocessor.contract())) {
            long decoded = System.nanoTime();
            ByteBuffer tensor =
                    ByteBuffer.allocate(preprocessor.contract().outputBytes()).order(ByteOrder.nativeOrder());
            preprocessor.write(picture, tensor);
            return new Tensor(tensor.flip(), header, start - arrival, decoded - start, System.nanoTime() - decoded);
        }
    }

    private record Answered(Tensor tensor, Inferred inferred) {}

    /** Decodes and hands on to the batcher without going back to the caller, who waits once for both. */
    private void pass(byte[] picture, Deadline deadline, long arrival, CompletableFuture<Answered> answer) {
        try {
            Tensor tensor = tensor(picture, deadline, arrival);
            CompletableFuture<Inferred> inferred = new CompletableFuture<>();
            // a caller who no longer waits takes the request out of the queue
            var _ = answer.whenComplete((done, failure) -> inferred.cancel(false));
            var _ = inferred.whenComplete((output, failure) -> {
                if (failure == null) {
                    answer.complete(new Answered(tensor, output));
                } else {
                    answer.completeExceptionally(failure);
                }
            });
            batcher.submit(tensor.bytes(), deadline, inferred);
        } catch (RuntimeException | Error e) {
            answer.completeExceptionally(e);
        }
    }

    private static Answered await(CompletableFuture<Answered> answer, Future<?> decoding, Deadline deadline) {
        try {
            if (Thread.interrupted()) {
                // a future that is done already would not look
                throw new InterruptedException();
            }
            return answer.get(Math.max(0, deadline.remainingNanos()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            cancel(answer, decoding);
            throw deadline.exceeded();
        } catch (InterruptedException e) {
            cancel(answer, decoding);
            Thread.currentThread().interrupt();
            throw new FoveaException(ErrorCode.CANCELLED, "The caller no longer waits for the answer.", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof FoveaException known) {
                throw known;
            }
            throw new FoveaException(ErrorCode.INTERNAL, "The prediction failed; the log says more.", e.getCause());
        }
    }

    private static void cancel(CompletableFuture<Answered> answer, Future<?> decoding) {
        decoding.cancel(false);
        answer.cancel(false);
    }

    /** Answers what is queued, then frees the session. */
    @Override
    public void close() {
        batcher.close();
        network.close();
    }
}
