package dev.fovea.runtime;

import dev.fovea.imaging.Decoder;
import dev.fovea.imaging.Image;
import dev.fovea.imaging.ImageHeader;
import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.imaging.preprocess.Preprocessor;
import dev.fovea.imaging.quality.ImageFingerprint;
import dev.fovea.imaging.quality.InputMeasures;
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
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Runs an image through header check, admission, decoding and preprocessing in the decode pool, then inference in the
 * batcher. The caller waits once for all stages.
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
    private final boolean observes;

    ImagePath(
            Decoder decoder,
            Preprocessor preprocessor,
            Signature signature,
            DecodePool workers,
            Admission admission,
            Batcher batcher,
            boolean observes) {
        this.decoder = decoder;
        this.preprocessor = preprocessor;
        this.input = signature.inputs().getFirst();
        this.memory = new TensorMemory(preprocessor.contract().outputBytes());
        this.workers = workers;
        this.admission = admission;
        this.batcher = batcher;
        this.observes = observes;
    }

    PreprocessingContract contract() {
        return preprocessor.contract();
    }

    /** Decodes an image for its perceptual hash, in the decode pool; {@link #run} does not use the result. */
    ImageFingerprint fingerprint(byte[] file, Deadline deadline) {
        ImageHeader header = decoder.header(file);
        CompletableFuture<ImageFingerprint> response = new CompletableFuture<>();
        Future<?> decoding = workers.submit(weight(file, header), Executors.callable(() -> {
            try {
                response.complete(ImageFingerprint.of(file, decoder));
            } catch (RuntimeException | Error e) {
                response.completeExceptionally(e);
            }
        }));
        return ResponseWait.forResponse(response, deadline, () -> decoding.cancel(false));
    }

    /** The weight in bytes: a small file may contain a large image. */
    private static long weight(byte[] file, ImageHeader header) {
        return Math.max(file.length, header.pixels() * BYTES_PER_PIXEL);
    }

    /** Runs one image and waits for its outputs. */
    ImageRun run(byte[] file, Priority priority, Deadline deadline) {
        ImageRun run = new ImageRun(System.nanoTime(), file, priority, deadline, decoder.header(file));
        try (Admission.Ticket ticket =
                admission.admit(1, preprocessor.contract().outputBytes(), priority, deadline)) {
            Future<?> decoding = workers.submit(weight(file, run.header), run);
            ImageRun completed = ResponseWait.forResponse(run.end, deadline, () -> {
                decoding.cancel(false);
                run.end.cancel(false);
            });
            ticket.completed();
            return completed;
        }
    }

    /**
     * One image in progress. The decoding thread and then the batcher's thread write its fields, which are read after
     * {@code end}.
     */
    final class ImageRun implements Callable<@Nullable Void> {

        private final long arrival;
        private final CompletableFuture<ImageRun> end = new CompletableFuture<>();
        private final byte[] file;
        private final Priority priority;
        private final Deadline deadline;
        private final ImageHeader header;
        private long waited;
        private long decode;
        private long preprocess;
        private Optional<InputMeasures> measures = Optional.empty();
        private @Nullable InferenceOutput inferred;

        private ImageRun(long arrival, byte[] file, Priority priority, Deadline deadline, ImageHeader header) {
            this.arrival = arrival;
            this.file = file;
            this.priority = priority;
            this.deadline = deadline;
            this.header = header;
        }

        ImageHeader header() {
            return header;
        }

        /** The outputs of the network; their timings start at the queue. */
        InferenceOutput inferred() {
            return Objects.requireNonNull(inferred);
        }

        /** What was measured of the image, if that is wanted. */
        Optional<InputMeasures> measures() {
            return measures;
        }

        /** Nanoseconds of each stage. */
        Timings timings(long postprocess) {
            Timings run = inferred().timings();
            return new Timings(decode, preprocess, waited + run.queue(), run.infer(), postprocess);
        }

        /** Decodes and submits to the batcher, without the caller's thread. */
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
                    measures = measured(image);
                    submit(tensor);
                }
            } catch (RuntimeException | Error e) {
                end.completeExceptionally(e);
            }
            return null;
        }

        private Optional<InputMeasures> measured(Image image) {
            return observes
                    ? Optional.of(InputMeasures.of(image, file, header, preprocessor.contract()))
                    : Optional.empty();
        }

        private void submit(Tensor tensor) {
            CompletableFuture<InferenceOutput> run = new CompletableFuture<>();
            // a run that is cancelled while its batch is built may get the row of another image; no caller reads its
            // outputs
            var _ = run.whenComplete((outputs, failure) -> memory.give(tensor.bytes()));
            // a caller that stops waiting removes the request from the queue
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
