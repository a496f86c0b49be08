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
import dev.fovea.runtime.session.Deadline;
import dev.fovea.runtime.session.ImageTensor;
import dev.fovea.runtime.session.Inference;
import dev.fovea.runtime.session.InferenceOutput;
import dev.fovea.runtime.session.Priority;
import dev.fovea.runtime.session.TensorMemory;
import dev.fovea.runtime.session.Timings;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

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

    PreprocessingContract contract() {
        return preprocessor.contract();
    }

    /** Decodes for a look, on the workers; nothing of it is used by {@link #pass}. */
    ImageFingerprint fingerprint(byte[] file, Deadline deadline) {
        ImageHeader header = decoder.header(file);
        CompletableFuture<ImageFingerprint> response = new CompletableFuture<>();
        Future<?> looking = workers.submit(weight(file, header), Executors.callable(() -> {
            try {
                response.complete(ImageFingerprint.of(file, decoder));
            } catch (RuntimeException | Error e) {
                response.completeExceptionally(e);
            }
        }));
        return ResponseWait.forResponse(response, deadline, () -> looking.cancel(false));
    }

    /** A small file may hold a large image, and its work is what the others wait for. */
    private static long weight(byte[] file, ImageHeader header) {
        return Math.max(file.length, header.pixels() * BYTES_PER_PIXEL);
    }

    /** One image's way; waits for its end. */
    Passage pass(byte[] file, Priority priority, Deadline deadline) {
        Passage passage = new Passage(System.nanoTime(), file, priority, deadline, decoder.header(file));
        try (Admission.Ticket ticket =
                admission.admit(1, preprocessor.contract().outputBytes(), priority, deadline)) {
            Future<?> decoding = workers.submit(weight(file, passage.header), passage);
            Passage passed = ResponseWait.forResponse(passage.end, deadline, () -> {
                decoding.cancel(false);
                passage.end.cancel(false);
            });
            ticket.completed();
            return passed;
        }
    }

    /**
     * One image on its way. Its fields are written by the worker that decodes and by the batcher's thread, one after
     * the other, and read after {@code end}.
     */
    final class Passage implements Callable<@Nullable Void> {

        private final long arrival;
        private final CompletableFuture<Passage> end = new CompletableFuture<>();
        private final byte[] file;
        private final Priority priority;
        private final Deadline deadline;
        private final ImageHeader header;
        private long waited;
        private long decode;
        private long preprocess;
        private @Nullable InferenceOutput inferred;

        private Passage(long arrival, byte[] file, Priority priority, Deadline deadline, ImageHeader header) {
            this.arrival = arrival;
            this.file = file;
            this.priority = priority;
            this.deadline = deadline;
            this.header = header;
        }

        ImageHeader header() {
            return header;
        }

        /** The network's outputs, without the time before they were queued. */
        InferenceOutput inferred() {
            return Objects.requireNonNull(inferred);
        }

        /** Nanoseconds of each stage. */
        Timings timings(long postprocess) {
            Timings run = inferred().timings();
            return new Timings(decode, preprocess, waited + run.queue(), run.infer(), postprocess);
        }

        /** Decodes and submits to the batcher without going back to the caller. */
        @Override
        public @Nullable Void call() {
            try {
                long start = System.nanoTime();
                waited = start - arrival;
                if (deadline.hasPassed()) {
                    throw deadline.exceeded();
                }
                try (Image image = decoder.decode(file, header, preprocessor.contract())) {
                    long decoded = System.nanoTime();
                    decode = decoded - start;
                    Tensor tensor = tensor(image);
                    preprocess = System.nanoTime() - decoded;
                    submit(tensor);
                }
            } catch (RuntimeException | Error e) {
                end.completeExceptionally(e);
            }
            return null;
        }

        private void submit(Tensor tensor) {
            CompletableFuture<InferenceOutput> run = new CompletableFuture<>();
            // of one that is cancelled while its batch is laid out the row may hold another image; no caller reads its
            // outputs
            var _ = run.whenComplete((outputs, failure) -> memory.give(tensor.bytes()));
            // a caller who no longer waits takes the request out of the queue
            var _ = end.whenComplete((done, failure) -> run.cancel(false));
            var _ = run.whenComplete((outputs, failure) -> {
                if (failure == null) {
                    inferred = outputs;
                    end.complete(this);
                } else {
                    end.completeExceptionally(failure);
                }
            });
            batcher.submit(new Inference(List.of(tensor), 1, priority, deadline, System.nanoTime(), run));
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
}
