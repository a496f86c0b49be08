package dev.fovea.runtime;

import dev.fovea.imaging.Decoder;
import dev.fovea.imaging.Image;
import dev.fovea.imaging.ImageHeader;
import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.imaging.preprocess.Preprocessor;
import dev.fovea.imaging.quality.ImageFingerprint;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.model.tensor.TensorMetadata;
import dev.fovea.runtime.batching.Admission;
import dev.fovea.runtime.batching.Batcher;
import dev.fovea.runtime.batching.ResponseWait;
import dev.fovea.runtime.session.ImageTensor;
import dev.fovea.runtime.session.Inference;
import dev.fovea.runtime.session.Inference.Inferred;
import dev.fovea.runtime.session.TensorMemory;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * An image's way to the network's outputs: header, admission, decoding and preprocessing on the workers, then the
 * batcher. The caller waits once for all of it.
 */
final class ImagePath {

    private static final int BYTES_PER_PIXEL = 3;

    private final Decoder decoder;
    private final Preprocessor preprocessor;
    private final TensorMetadata input;
    private final TensorMemory memory;
    private final DecodePool workers;
    private final Admission admission;
    private final Batcher batcher;

    ImagePath(
            Decoder decoder,
            Preprocessor preprocessor,
            Signature signature,
            DecodePool workers,
            Admission admission,
            Batcher batcher) {
        this.decoder = decoder;
        this.preprocessor = preprocessor;
        this.input = signature.inputs().getFirst();
        this.memory = new TensorMemory(preprocessor.contract().outputBytes());
        this.workers = workers;
        this.admission = admission;
        this.batcher = batcher;
    }

    /** Outputs for one image with what its stages took, in nanoseconds. */
    record Passed(ImageHeader header, long waited, long decode, long preprocess, Inferred inferred) {

        Timings timings(long postprocess) {
            return new Timings(decode, preprocess, waited + inferred.queue(), inferred.infer(), postprocess);
        }
    }

    PreprocessingContract contract() {
        return preprocessor.contract();
    }

    /** Decodes for a look, on the workers; nothing of it is used by {@link #pass}. */
    ImageFingerprint look(ImageRequest request) {
        ImageHeader header = decoder.header(request.bytes());
        CompletableFuture<ImageFingerprint> answer = new CompletableFuture<>();
        Future<?> looking = workers.submit(weight(request, header), Executors.callable(() -> {
            try {
                answer.complete(ImageFingerprint.of(request.bytes(), decoder));
            } catch (RuntimeException | Error e) {
                answer.completeExceptionally(e);
            }
        }));
        return ResponseWait.forAnswer(answer, request.deadline(), () -> looking.cancel(false));
    }

    /** A small file may hold a large image, and its work is what the others wait for. */
    private static long weight(ImageRequest request, ImageHeader header) {
        return Math.max(request.bytes().length, header.pixels() * BYTES_PER_PIXEL);
    }

    Passed pass(ImageRequest request) {
        long arrival = System.nanoTime();
        ImageHeader header = decoder.header(request.bytes());
        try (Admission.Ticket ticket =
                admission.admit(1, preprocessor.contract().outputBytes(), request.priority(), request.deadline())) {
            CompletableFuture<Passed> answer = new CompletableFuture<>();
            Future<?> decoding = workers.submit(
                    weight(request, header), Executors.callable(() -> decode(request, header, arrival, answer)));
            Passed passed = ResponseWait.forAnswer(answer, request.deadline(), () -> {
                decoding.cancel(false);
                answer.cancel(false);
            });
            ticket.answered();
            return passed;
        }
    }

    /** Decodes and hands on to the batcher without going back to the caller. */
    private void decode(ImageRequest request, ImageHeader header, long arrival, CompletableFuture<Passed> answer) {
        try {
            long start = System.nanoTime();
            if (request.deadline().hasPassed()) {
                throw request.deadline().exceeded();
            }
            try (Image image = decoder.decode(request.bytes(), header, preprocessor.contract())) {
                long decoded = System.nanoTime();
                Tensor tensor = tensor(image);
                long preprocessed = System.nanoTime() - decoded;
                submit(
                        tensor,
                        request,
                        answer,
                        inferred -> new Passed(header, start - arrival, decoded - start, preprocessed, inferred));
            }
        } catch (RuntimeException | Error e) {
            answer.completeExceptionally(e);
        }
    }

    private Tensor tensor(Image image) {
        ByteBuffer bytes = memory.take();
        try {
            return ImageTensor.of(preprocessor, image, input, bytes);
        } catch (RuntimeException | Error e) {
            memory.give(bytes);
            throw e;
        }
    }

    private void submit(
            Tensor tensor,
            ImageRequest request,
            CompletableFuture<Passed> answer,
            java.util.function.Function<Inferred, Passed> passed) {
        CompletableFuture<Inferred> inferred = new CompletableFuture<>();
        // of one that is cancelled while its batch is laid out the row may hold another image; nobody reads its
        // answer
        var _ = inferred.whenComplete((output, failure) -> memory.give(tensor.bytes()));
        // a caller who no longer waits takes the request out of the line
        var _ = answer.whenComplete((done, failure) -> inferred.cancel(false));
        var _ = inferred.whenComplete((output, failure) -> {
            if (failure == null) {
                answer.complete(passed.apply(output));
            } else {
                answer.completeExceptionally(failure);
            }
        });
        batcher.submit(
                new Inference(List.of(tensor), 1, request.priority(), request.deadline(), System.nanoTime(), inferred));
    }
}
