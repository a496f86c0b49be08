package dev.fovea.runtime;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.Decoder;
import dev.fovea.imaging.Image;
import dev.fovea.imaging.preprocess.Preprocessor;
import dev.fovea.model.Bundle;
import dev.fovea.model.Manifest;
import dev.fovea.model.embedding.EmbeddingOutput;
import dev.fovea.model.graph.InferenceGraph;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.model.outputs.CompatibilityCheck;
import dev.fovea.model.tensor.DataType;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.model.tensor.TensorMetadata;
import dev.fovea.runtime.batching.BatchSettings;
import dev.fovea.runtime.batching.Batcher;
import dev.fovea.runtime.session.BatchInvariance;
import dev.fovea.runtime.session.Engine;
import dev.fovea.runtime.session.ImageTensor;
import dev.fovea.runtime.session.LoadLimit;
import dev.fovea.runtime.session.Session;
import dev.fovea.runtime.validation.GoldenTest;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The loading of a model: opens the session, runs the golden tests, checks batching and warms up.
 *
 * @param session the first instance
 * @param sessions opens others
 */
record ModelLoading(
        Bundle bundle,
        Decoder decoder,
        Optional<Preprocessor> preprocessor,
        RuntimeSettings settings,
        Signature signature,
        Batching batching,
        Session session,
        Supplier<Session> sessions) {

    /** Codes that say that a rewritten graph does not run here as the model's own does. */
    private static final Set<ErrorCode> REWRITING_FAILURES = EnumSet.of(
            ErrorCode.VALIDATION_FAILED,
            ErrorCode.INFERENCE_FAILED,
            ErrorCode.MODEL_OPERATOR_UNSUPPORTED,
            ErrorCode.MODEL_CORRUPT);

    /**
     * How its requests may be put together.
     *
     * @param sample one request's tensors; empty where the inputs' sizes are open
     * @param unbatched why it must run one by one, if it must
     * @param batch the settings it will run with
     */
    record Batching(List<Tensor> sample, Optional<String> unbatched, BatchSettings batch) {}

    /**
     * Checks the graph, opens a session and runs the golden tests; closes the session on failure. Where golden tests
     * can prove them, graphs with the embedding as a further output and graphs that the rewriting gives are tried
     * first.
     *
     * @param rewriting of the bundle's graph, such as {@link InferenceGraph#of}
     */
    static ModelLoading open(
            Engine engine,
            Bundle bundle,
            Function<OnnxModel, Optional<OnnxModel>> rewriting,
            RuntimeSettings settings,
            Runnable opened) {
        Manifest manifest = bundle.manifest();
        OnnxModel model = bundle.model();
        CompatibilityCheck.check(model, manifest.contract(), manifest.postprocessing(), manifest.labels());
        if (!manifest.golden().isEmpty()) {
            for (UnaryOperator<OnnxModel> change : ServedGraphs.of(bundle, model, rewriting, settings.observes())
                    .changes()) {
                Supplier<Session> changed =
                        () -> engine.load(change.apply(bundle.model()).bytes(), settings.session());
                try {
                    return open(bundle, settings, changed, opened);
                } catch (FoveaException e) {
                    if (!REWRITING_FAILURES.contains(e.code())) {
                        throw e;
                    }
                }
            }
        }
        return open(bundle, settings, () -> engine.load(bundle.modelFile(), settings.session()), opened);
    }

    private static ModelLoading open(
            Bundle bundle, RuntimeSettings settings, Supplier<Session> sessions, Runnable opened) {
        Session session = sessions.get();
        try {
            opened.run();
            return validate(bundle, settings, session, sessions);
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
    }

    private static ModelLoading validate(
            Bundle bundle, RuntimeSettings settings, Session session, Supplier<Session> sessions) {
        try (LoadLimit.Watch watch = new LoadLimit.Watch(
                bundle.manifest().name(), session, settings.session().loadLimit())) {
            try {
                return validated(bundle, settings, session, sessions);
            } finally {
                watch.require(); // what was found out with runs that were ended is wrong
            }
        }
    }

    private static ModelLoading validated(
            Bundle bundle, RuntimeSettings settings, Session session, Supplier<Session> sessions) {
        Decoder decoder = new Decoder(settings.limits());
        Optional<Preprocessor> preprocessor = bundle.manifest().contract().map(Preprocessor::new);
        preprocessor.ifPresent(
                path -> new GoldenTest(decoder, path, session, bundle.manifest().postprocessing()).check(bundle));
        List<Tensor> sample = sample(bundle, decoder, preprocessor, session);
        boolean filled = preprocessor.isPresent() && session.fixedBatch() > 1;
        Optional<String> unbatched = unbatched(session, sample, filled);
        BatchSettings batch = filled
                ? settings.batch().withMaxBatch(Math.min(session.fixedBatch(), BatchSettings.MAX_BATCH))
                : settings.batch();
        List<TensorMetadata> outputs = session.outputs().stream()
                .filter(output -> !output.name().equals(EmbeddingOutput.NAME))
                .toList();
        ModelLoading loading = new ModelLoading(
                bundle,
                decoder,
                preprocessor,
                settings,
                new Signature(
                        filled ? open(session.inputs()) : session.inputs(),
                        filled ? open(outputs) : outputs,
                        unbatched.isEmpty()),
                new Batching(sample, unbatched, unbatched.isEmpty() ? batch : batch.single()),
                session,
                sessions);
        loading.warmUp();
        return loading;
    }

    /** Whether the graph gives the projected embedding. */
    boolean embeds() {
        return session.outputs().stream().anyMatch(output -> output.name().equals(EmbeddingOutput.NAME));
    }

    /** A batch that is filled up takes any number of images. */
    private static List<TensorMetadata> open(List<TensorMetadata> tensors) {
        return tensors.stream()
                .map(tensor -> {
                    long[] shape = tensor.shape().clone();
                    shape[0] = -1;
                    return new TensorMetadata(tensor.name(), tensor.type(), shape);
                })
                .toList();
    }

    private static Optional<String> unbatched(Session session, List<Tensor> sample, boolean filled) {
        if (!session.batches() && !filled) {
            return Optional.of("its inputs %s and outputs %s are for a fixed number of images"
                    .formatted(session.inputs(), session.outputs()));
        }
        return sample.isEmpty()
                ? Optional.of(
                        "it has inputs of open size %s, for which no trial could be made".formatted(session.inputs()))
                : BatchInvariance.violation(session, sample);
    }

    /** One request to try with: the first golden image, or zeros; empty when no shape is known. */
    private static List<Tensor> sample(
            Bundle bundle, Decoder decoder, Optional<Preprocessor> preprocessor, Session session) {
        if (preprocessor.isPresent()) {
            TensorMetadata input = session.inputs().getFirst();
            if (bundle.manifest().golden().isEmpty()) {
                return List.of(zeros(input, ImageTensor.shape(preprocessor.get())));
            }
            byte[] file = bundle.goldenImage(bundle.manifest().golden().getFirst());
            try (Image image = decoder.decode(file, preprocessor.get().contract())) {
                return List.of(ImageTensor.of(preprocessor.get(), image, input));
            }
        }
        List<Tensor> sample = new ArrayList<>();
        for (TensorMetadata input : session.inputs()) {
            long[] shape = input.shape().clone();
            for (int axis = 0; axis < shape.length; axis++) {
                if (shape[axis] < 0 && axis > 0) {
                    return List.of();
                }
                shape[axis] = Math.max(1, shape[axis]);
            }
            if (input.type() == DataType.BYTES) {
                return List.of();
            }
            sample.add(zeros(input, shape));
        }
        return sample;
    }

    private static Tensor zeros(TensorMetadata input, long[] shape) {
        long elements = Tensor.elements(input.name(), shape);
        return new Tensor(
                input.name(),
                input.type(),
                shape,
                ByteBuffer.allocate(Math.toIntExact(elements * input.type().size())));
    }

    /** Runs the largest batch once, so that the first callers do not pay for first-time work. */
    private void warmUp() {
        List<Tensor> sample = batching.sample();
        if (sample.isEmpty() || batching.batch().maxBatch() == 1) {
            return;
        }
        List<Tensor> full = new ArrayList<>();
        for (Tensor tensor : sample) {
            long[] shape = tensor.shape().clone();
            shape[0] = batching.batch().maxBatch();
            full.add(zeros(new TensorMetadata(tensor.name(), tensor.type(), shape), shape));
        }
        session.run(full);
    }

    /**
     * The batcher over this session and as many more as the settings want; it owns them all. They share the graph where
     * each run has one thread. One that replaces a stalled instance opens the graph anew.
     */
    Batcher batcher() {
        ArrayDeque<Session> first = new ArrayDeque<>(List.of(session));
        for (int i = 1; i < batching.batch().instances() && settings.session().threads() == 1; i++) {
            first.add(session.share());
        }
        return new Batcher(
                bundle.manifest().name(),
                () -> {
                    Session opened = first.poll();
                    return opened != null ? opened : sessions.get();
                },
                batching.batch());
    }
}
