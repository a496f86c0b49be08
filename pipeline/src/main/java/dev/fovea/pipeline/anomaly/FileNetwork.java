package dev.fovea.pipeline.anomaly;

import dev.fovea.evaluation.classification.EvaluationProgress;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.Decoder;
import dev.fovea.imaging.Image;
import dev.fovea.imaging.ImageLimits;
import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.imaging.preprocess.Preprocessor;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.pipeline.jobs.CandidateModel;
import dev.fovea.pipeline.jobs.JobTools;
import dev.fovea.runtime.session.ImageTensor;
import dev.fovea.runtime.session.Session;
import dev.fovea.runtime.session.SessionSettings;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Runs a network on image files outside of serving: each image by itself on one thread, as many at once as there are
 * cores, decoded as in serving. The owner closes it.
 */
final class FileNetwork implements AutoCloseable {

    private final JobTools tools;
    private final Decoder decoder = new Decoder(ImageLimits.DEFAULT);
    private final Preprocessor preprocessor;
    private final Session session;

    FileNetwork(JobTools tools, OnnxModel network, PreprocessingContract contract) {
        this.tools = tools;
        this.preprocessor = new Preprocessor(contract);
        this.session = tools.engine()
                .load(
                        network.bytes(),
                        new SessionSettings(
                                1, false, SessionSettings.forThisMachine().loadLimit()));
    }

    /** Takes the outputs of an image. */
    interface Sink {
        /** Called on several threads, once for each image. */
        void take(int image, List<Tensor> outputs);
    }

    /** The outputs for an image of zeros, which tell their shapes. */
    List<Tensor> ofZeros() {
        return session.run(List.of(new Tensor(
                session.inputs().getFirst().name(),
                session.inputs().getFirst().type(),
                ImageTensor.shape(preprocessor),
                ByteBuffer.allocate(preprocessor.contract().outputBytes()).order(ByteOrder.nativeOrder()))));
    }

    /** The input tensor of an image file. */
    Tensor tensor(Path file) {
        byte[] bytes = CandidateModel.read(file);
        try (Image image = decoder.decode(bytes, preprocessor.contract())) {
            return ImageTensor.of(preprocessor, image, session.inputs().getFirst());
        }
    }

    List<Tensor> run(Tensor input) {
        return session.run(List.of(input));
    }

    /** Runs all images; the first failure is thrown. */
    void each(List<Path> files, Sink sink, EvaluationProgress progress) {
        int cores = Runtime.getRuntime().availableProcessors();
        try (ExecutorService threads = Executors.newFixedThreadPool(
                cores, Thread.ofPlatform().name("features-", 0).daemon().factory())) {
            List<Future<?>> running = new ArrayList<>();
            try {
                for (int i = 0; i < files.size(); i++) {
                    int image = i;
                    running.add(threads.submit(() -> sink.take(image, run(decoded(files.get(image))))));
                }
                for (int i = 0; i < running.size(); i++) {
                    await(running.get(i));
                    progress.at(i + 1, running.size());
                }
            } finally {
                threads.shutdownNow();
            }
        }
    }

    /** Native work on images is the decode pool's. */
    private Tensor decoded(Path file) {
        long bytes = 3L * preprocessor.contract().outputBytes();
        return await(tools.workers().submit(bytes, () -> tensor(file)));
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof FoveaException known) {
                throw known;
            }
            throw new FoveaException(ErrorCode.INTERNAL, "An image could not be run.", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FoveaException(ErrorCode.CANCELLED, "The training was cancelled.", e);
        }
    }

    @Override
    public void close() {
        session.close();
    }
}
