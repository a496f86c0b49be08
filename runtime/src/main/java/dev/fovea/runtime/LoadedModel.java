package dev.fovea.runtime;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.preprocess.ImageTransform;
import dev.fovea.imaging.quality.ImageFingerprint;
import dev.fovea.model.Bundle;
import dev.fovea.model.GoldenVector;
import dev.fovea.model.graph.InferenceGraph;
import dev.fovea.model.outputs.CompatibilityCheck;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.runtime.batching.Admission;
import dev.fovea.runtime.batching.BatchSettings;
import dev.fovea.runtime.batching.Batcher;
import dev.fovea.runtime.batching.ResponseWait;
import dev.fovea.runtime.decoding.Postprocessor;
import dev.fovea.runtime.decoding.PredictionResult;
import dev.fovea.runtime.session.Deadline;
import dev.fovea.runtime.session.Engine;
import dev.fovea.runtime.session.Inference;
import dev.fovea.runtime.session.InferenceOutput;
import dev.fovea.runtime.session.Priority;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A loaded and validated model: images or tensors in, predictions out. Any number of threads may call {@link #predict}
 * and {@link #infer}, which wait and are meant for virtual threads; decoding runs on the {@link DecodePool}, inference
 * on the batcher's threads.
 */
public final class LoadedModel implements AutoCloseable {

    private static final Duration CHECK_LIMIT = Duration.ofSeconds(5);

    private final Bundle bundle;
    private final Signature signature;
    private final InstanceSettings setting;
    private final Optional<String> unbatched;
    private final List<Tensor> sample;
    private final BatchSettings batch;
    private final boolean embeds;
    private final Postprocessor postprocessor;
    private final Optional<ImagePath> images;
    private final Admission admission;
    private final Batcher batcher;

    private LoadedModel(ModelLoading loading, Batcher batcher, DecodePool workers) {
        this.bundle = loading.bundle();
        this.signature = loading.signature();
        this.setting = InstanceSettings.of(loading.settings());
        this.unbatched = loading.batching().unbatched();
        this.sample = loading.batching().sample();
        this.batch = loading.batching().batch();
        this.embeds = loading.embeds();
        this.postprocessor = new Postprocessor(bundle.manifest());
        this.admission = new Admission(loading.batching().batch().bounds(), workers.tensors());
        this.batcher = batcher;
        this.images = loading.preprocessor()
                .map(preprocessor -> new ImagePath(
                        loading.decoder(),
                        preprocessor,
                        signature,
                        workers,
                        admission,
                        batcher,
                        loading.settings().observes()));
    }

    /**
     * Loads a bundle, runs its golden tests and warms it up; the caller closes it.
     *
     * @param opened called between loading and validation
     * @throws FoveaException {@code VALIDATION_FAILED} and the errors of {@link CompatibilityCheck} and {@link Engine}
     */
    public static LoadedModel load(
            Engine engine, Bundle bundle, RuntimeSettings settings, DecodePool workers, Runnable opened) {
        ModelLoading loading = ModelLoading.open(engine, bundle, InferenceGraph::of, settings, opened);
        return new LoadedModel(loading, loading.batcher(), workers);
    }

    /** What was loaded. */
    public Bundle bundle() {
        return bundle;
    }

    /** What the network takes and gives. */
    public Signature signature() {
        return signature;
    }

    /** How requests are gathered, after what was found out about the model. */
    public BatchSettings batch() {
        return batch;
    }

    /** The requested settings. */
    public InstanceSettings setting() {
        return setting;
    }

    /** Why requests are never run together, in words; empty when they are. */
    public Optional<String> unbatched() {
        return unbatched;
    }

    /** One request's tensors, as plausible as can be had; empty where the inputs' sizes are open. */
    public List<Tensor> sample() {
        return sample;
    }

    /** Whether predictions have the projected embedding that the bundle defines. */
    public boolean embeds() {
        return embeds;
    }

    /** Admitted images without a response yet. */
    public int waiting() {
        return admission.items();
    }

    /** The count of stalled instances that were replaced. */
    public int replacedInstances() {
        return batcher.replaced();
    }

    /** The count of stalled instances that are not replaced yet. */
    public int missingInstances() {
        return batcher.missing();
    }

    /** {@code OVERLOADED} when an image that came now would be turned away; nothing is reserved. */
    public void requireRoom(Priority priority) {
        admission.requireRoom(priority);
    }

    /** Predicts one image, of normal priority; errors as below. */
    public Prediction predict(byte[] image, Deadline deadline) {
        return predict(image, Priority.NORMAL, deadline);
    }

    /**
     * Predicts one image.
     *
     * @param image the file's bytes; not changed while the call lasts
     * @param priority who goes first when requests wait
     * @param deadline after which no caller waits
     * @throws FoveaException the errors of {@link dev.fovea.imaging.Decoder}; {@code OVERLOADED},
     *     {@code DEADLINE_EXCEEDED}, {@code INFERENCE_FAILED}, {@code INSTANCE_HUNG}, {@code STOPPING};
     *     {@code CONTRACT_MISMATCH} for a model that takes no images
     */
    public Prediction predict(byte[] image, Priority priority, Deadline deadline) {
        ImagePath path = imagePath();
        ImagePath.ImageRun run = path.run(image, priority, deadline);
        return decoded(path, run, NetworkOutputs.of(run.inferred().outputs()));
    }

    private Prediction decoded(ImagePath path, ImagePath.ImageRun run, NetworkOutputs outputs) {
        long start = System.nanoTime();
        PredictionResult result =
                postprocessor.result(outputs.own(), () -> ImageTransform.of(path.contract(), run.header()));
        return new Prediction(
                result,
                run.header(),
                run.timings(System.nanoTime() - start),
                new ImageObservation(run.measures(), outputs.embedding()));
    }

    /** The network's raw outputs for an image; errors as of {@link #predict} but for the decoder's. */
    public ImageOutputs outputs(byte[] image, Priority priority, Deadline deadline) {
        ImagePath path = imagePath();
        ImagePath.ImageRun run = path.run(image, priority, deadline);
        NetworkOutputs outputs = NetworkOutputs.of(run.inferred().outputs());
        InferenceOutput inferred = new InferenceOutput(outputs.own(), run.timings(0));
        try {
            return new ImageOutputs(inferred, Optional.of(decoded(path, run, outputs)));
        } catch (FoveaException e) {
            return new ImageOutputs(inferred, Optional.empty());
        }
    }

    /** What an image looks like to compare it with others; errors as of {@link #predict}. */
    public ImageFingerprint fingerprint(byte[] image, Deadline deadline) {
        return imagePath().fingerprint(image, deadline);
    }

    private ImagePath imagePath() {
        return images.orElseThrow(() -> new FoveaException(
                ErrorCode.CONTRACT_MISMATCH,
                "%s takes tensors and no images: it was imported without a contract. Import it again with one, or send it tensors."
                        .formatted(bundle.manifest().name())));
    }

    /**
     * Runs the network on tensors.
     *
     * @param inputs one for each input of the {@link #signature}
     * @throws FoveaException {@code TENSOR_INVALID} and the errors of {@link #predict} but for the decoder's
     */
    public InferenceOutput infer(List<Tensor> inputs, Priority priority, Deadline deadline) {
        List<Tensor> ordered = signature.require(inputs);
        int items = signature.batches() ? (int) ordered.getFirst().shape()[0] : 1;
        long bytes =
                ordered.stream().mapToLong(tensor -> tensor.bytes().remaining()).sum();
        try (Admission.Ticket ticket = admission.admit(Math.max(1, items), bytes, priority, deadline)) {
            CompletableFuture<InferenceOutput> response = new CompletableFuture<>();
            batcher.submit(new Inference(ordered, Math.max(1, items), priority, deadline, System.nanoTime(), response));
            InferenceOutput inferred = ResponseWait.forResponse(response, deadline, () -> response.cancel(false));
            ticket.completed();
            return new InferenceOutput(NetworkOutputs.of(inferred.outputs()).own(), inferred.timings());
        }
    }

    /**
     * Predicts its own golden images through the whole serving path.
     *
     * @throws FoveaException whatever a caller would get
     */
    public void check() {
        for (GoldenVector vector : bundle.manifest().golden()) {
            predict(bundle.goldenImage(vector), Priority.HIGH, Deadline.in(CHECK_LIMIT));
        }
    }

    /**
     * Predicts its golden images, or one sample of tensors where it takes no images, through the whole serving path,
     * each within a limit: a version that loads may still return outputs that cannot be decoded.
     *
     * @throws FoveaException whatever a caller would get
     */
    public void check(Duration limit) {
        for (GoldenVector vector : bundle.manifest().golden()) {
            predict(bundle.goldenImage(vector), Priority.HIGH, Deadline.in(limit));
        }
        if (images.isEmpty() && !sample.isEmpty()) {
            infer(sample, Priority.HIGH, Deadline.in(limit));
        }
    }

    /** Completes queued requests, then closes the sessions. */
    @Override
    public void close() {
        batcher.close();
    }
}
