package dev.fovea.runtime;

import dev.fovea.imaging.Decoder;
import dev.fovea.imaging.Image;
import dev.fovea.imaging.preprocess.Preprocessor;
import dev.fovea.model.Bundle;
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
import java.util.List;
import java.util.Optional;

/**
 * The loading of a model: opens the session, runs the golden tests, checks batching and warms up.
 *
 * @param session the first instance
 */
record ModelLoading(
        Bundle bundle,
        Decoder decoder,
        Optional<Preprocessor> preprocessor,
        RuntimeSettings settings,
        Signature signature,
        Batching batching,
        Session session) {

    /**
     * How its requests may be put together.
     *
     * @param sample one request's tensors; empty where the inputs' sizes are open
     * @param unbatched why it must run one by one, if it must
     * @param batch the settings it will run with
     */
    record Batching(List<Tensor> sample, Optional<String> unbatched, BatchSettings batch) {}

    /** Opens a session and runs the golden tests; closes the session on failure. */
    static ModelLoading open(Engine engine, Bundle bundle, RuntimeSettings settings, Runnable opened) {
        Session session = engine.load(bundle.modelFile(), settings.session());
        try {
            opened.run();
            return validate(bundle, settings, session);
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
    }

    private static ModelLoading validate(Bundle bundle, RuntimeSettings settings, Session session) {
        try (LoadLimit.Watch watch = new LoadLimit.Watch(
                bundle.manifest().name(), session, settings.session().loadLimit())) {
            try {
                return validated(bundle, settings, session);
            } finally {
                watch.require(); // what was found out with runs that were ended is wrong
            }
        }
    }

    private static ModelLoading validated(Bundle bundle, RuntimeSettings settings, Session session) {
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
        ModelLoading loading = new ModelLoading(
                bundle,
                decoder,
                preprocessor,
                settings,
                new Signature(
                        filled ? open(session.inputs()) : session.inputs(),
                        filled ? open(session.outputs()) : session.outputs(),
                        unbatched.isEmpty()),
                new Batching(sample, unbatched, unbatched.isEmpty() ? batch : batch.single()),
                session);
        loading.warmUp();
        return loading;
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

    /** The batcher over this session and as many more as the settings want; it owns them all. */
    Batcher batcher(Engine engine) {
        ArrayDeque<Session> first = new ArrayDeque<>(List.of(session));
        return new Batcher(
                bundle.manifest().name(),
                () -> {
                    Session opened = first.poll();
                    return opened != null ? opened : engine.load(bundle.modelFile(), settings.session());
                },
                batching.batch());
    }
}
