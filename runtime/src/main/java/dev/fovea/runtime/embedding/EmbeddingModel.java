package dev.fovea.runtime.embedding;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.Decoder;
import dev.fovea.imaging.Image;
import dev.fovea.imaging.ImageHeader;
import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.imaging.preprocess.Preprocessor;
import dev.fovea.model.Bundle;
import dev.fovea.model.Manifest;
import dev.fovea.model.decoder.Postprocessing;
import dev.fovea.model.graph.EmbeddingTensor;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.runtime.DecodePool;
import dev.fovea.runtime.RuntimeSettings;
import dev.fovea.runtime.session.Engine;
import dev.fovea.runtime.session.ImageTensor;
import dev.fovea.runtime.session.Session;
import dev.fovea.runtime.session.SessionSettings;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A classifier cut off before its last layer ({@link EmbeddingTensor}): image files in, embeddings out. Images are
 * decoded and preprocessed in the {@link DecodePool}, as for predictions. Each runs by itself on one thread, and as
 * many run at once as there are cores: on CPUs that is no slower than batches, and an embedding does not depend on the
 * images beside it. Thread-safe; the owner closes it.
 */
public final class EmbeddingModel implements AutoCloseable {

    private final EmbeddingTensor tensor;
    private final Decoder decoder;
    private final Preprocessor preprocessor;
    private final DecodePool decoding;
    private final Session session;
    private final ExecutorService threads;
    private final int dimensions;
    private final int window;

    private EmbeddingModel(Network network, RuntimeSettings settings, DecodePool decoding, Session session) {
        int cores = Runtime.getRuntime().availableProcessors();
        this.tensor = network.tensor();
        this.decoder = new Decoder(settings.limits());
        this.preprocessor = new Preprocessor(network.contract());
        this.decoding = decoding;
        this.session = session;
        this.window = 4 * cores;
        this.dimensions = run(zeros()).length;
        this.threads = Executors.newFixedThreadPool(
                cores, Thread.ofPlatform().name("embedding-", 0).daemon().factory());
    }

    private record Network(OnnxModel model, EmbeddingTensor tensor, PreprocessingContract contract) {}

    /**
     * Opens the network of a bundle.
     *
     * @param decoding outlives this
     * @throws FoveaException {@code MODEL_SIGNATURE_UNSUPPORTED} for a model without an embedding, such as a detector;
     *     {@code CONTRACT_MISMATCH} for one that takes no images; the errors of {@link Engine#load}
     */
    public static EmbeddingModel open(Engine engine, Bundle bundle, RuntimeSettings settings, DecodePool decoding) {
        return open(engine, network(bundle), settings, decoding);
    }

    /**
     * Opens a network that ends in its features.
     *
     * @param model whose only output is the tensor
     * @param decoding outlives this
     * @throws FoveaException the errors of {@link Engine#load}
     */
    public static EmbeddingModel open(
            Engine engine,
            OnnxModel model,
            EmbeddingTensor tensor,
            PreprocessingContract contract,
            RuntimeSettings settings,
            DecodePool decoding) {
        return open(engine, new Network(model, tensor, contract), settings, decoding);
    }

    private static EmbeddingModel open(Engine engine, Network network, RuntimeSettings settings, DecodePool decoding) {
        Session session = engine.load(
                network.model().bytes(),
                new SessionSettings(
                        1, settings.session().spin(), settings.session().loadLimit()));
        try {
            return new EmbeddingModel(network, settings, decoding, session);
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
    }

    private static Network network(Bundle bundle) {
        Manifest manifest = bundle.manifest();
        OnnxModel model = bundle.model();
        PreprocessingContract contract = manifest.contract()
                .orElseThrow(() -> new FoveaException(
                        ErrorCode.CONTRACT_MISMATCH,
                        "%s takes tensors and no images: it was imported without a preprocessing contract. Import it again with one."
                                .formatted(manifest.name())));
        String first = model.outputs().getFirst().name();
        Optional<EmbeddingTensor> tensor = switch (manifest.postprocessing()) {
            case Postprocessing.OneLabel label ->
                EmbeddingTensor.find(model, label.output().orElse(first));
            case Postprocessing.MultiLabel label ->
                EmbeddingTensor.find(model, label.output().orElse(first));
            case Postprocessing.MultiTask tasks ->
                EmbeddingTensor.find(model, tasks.heads().getFirst().output());
            case Postprocessing.Embedding embedding ->
                Optional.of(new EmbeddingTensor(embedding.output().orElse(first), EmbeddingTensor.Channels.SECOND));
            case Postprocessing.Decoding ignored -> Optional.empty();
            case Postprocessing.Tensors ignored -> Optional.empty();
        };
        EmbeddingTensor found = tensor.orElseThrow(() -> new FoveaException(
                ErrorCode.MODEL_SIGNATURE_UNSUPPORTED,
                "%s (%s) gives no embedding: it has no single linear layer before a classifier's output. Choose a classifier."
                        .formatted(manifest.name(), manifest.task())));
        return new Network(found.extract(model), found, contract);
    }

    /** D. */
    public int dimensions() {
        return dimensions;
    }

    /** Embeddings of images that all have one, {@code [N][D]}; throws the first error otherwise. */
    public float[][] vectors(List<byte[]> images) {
        return embed(images).stream()
                .map(embedding -> switch (embedding) {
                    case ImageEmbedding.Vector vector -> vector.values();
                    case ImageEmbedding.NotEmbedded failed -> throw failed.error();
                })
                .toArray(float[][]::new);
    }

    /**
     * Embeddings of any number of images, in their order. The images' bytes stay in memory meanwhile, so that large
     * sets come in parts.
     *
     * @throws FoveaException {@code OVERLOADED} when the decode pool is full of other work, {@code STOPPING}
     */
    public List<ImageEmbedding> embed(List<byte[]> images) {
        List<ImageEmbedding> embeddings = new ArrayList<>();
        for (int start = 0; start < images.size(); start += window) {
            List<Future<ImageEmbedding>> runs = new ArrayList<>();
            for (byte[] image : images.subList(start, Math.min(images.size(), start + window))) {
                Future<Tensor> decoded = decoding.submit(pixelBytes(image), () -> decode(image));
                runs.add(threads.submit(embedding(decoded)));
            }
            for (Future<ImageEmbedding> run : runs) {
                embeddings.add(get(run));
            }
        }
        return embeddings;
    }

    /** What an image counts for in the pool; one whose header cannot be read fails when it is decoded. */
    private long pixelBytes(byte[] image) {
        try {
            ImageHeader header = decoder.header(image);
            return 3L * header.pixels();
        } catch (FoveaException e) {
            return image.length;
        }
    }

    private Tensor decode(byte[] file) {
        try (Image image = decoder.decode(file, preprocessor.contract())) {
            return ImageTensor.of(preprocessor, image, session.inputs().getFirst());
        }
    }

    private Callable<ImageEmbedding> embedding(Future<Tensor> decoded) {
        return () -> {
            try {
                return new ImageEmbedding.Vector(run(get(decoded)));
            } catch (FoveaException e) {
                return new ImageEmbedding.NotEmbedded(e);
            }
        };
    }

    private float[] run(Tensor image) {
        Tensor output = session.run(List.of(image)).getFirst();
        long[] shape = output.shape();
        if (shape.length < 2 || shape[0] < 1) {
            throw new FoveaException(
                    ErrorCode.MODEL_SIGNATURE_UNSUPPORTED,
                    "The model's embedding %s has no axis of features. Choose another model.".formatted(output));
        }
        float[] vector = tensor.pool(shape, output.floats())[0];
        for (float value : vector) {
            if (!Float.isFinite(value)) {
                throw new FoveaException(
                        ErrorCode.INFERENCE_FAILED,
                        "The network's embedding %s of this image holds %s. Use another image or model."
                                .formatted(tensor.name(), value));
            }
        }
        return vector;
    }

    private Tensor zeros() {
        return new Tensor(
                session.inputs().getFirst().name(),
                session.inputs().getFirst().type(),
                ImageTensor.shape(preprocessor),
                ByteBuffer.allocate(preprocessor.contract().outputBytes()));
    }

    private static <T> T get(Future<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof FoveaException known) {
                throw known;
            }
            throw new FoveaException(ErrorCode.INTERNAL, "An embedding could not be computed.", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FoveaException(ErrorCode.STOPPING, "The program is stopping.", e);
        }
    }

    /** Ends runs under way, then closes the session. */
    @Override
    public void close() {
        threads.close();
        session.close();
    }
}
