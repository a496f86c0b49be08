package dev.fovea.runtime;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.OnnxModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * ONNX Runtime, loaded once for the program. Sessions that it opens are closed by their owners; the environment itself
 * lives as long as the process.
 */
public final class Engine {

    /** ONNX Runtime 1.29 overruns a default stack while it starts when the process's command line is long. */
    private static final long START_STACK_BYTES = 64L << 20;

    private final OrtEnvironment environment;

    private Engine(OrtEnvironment environment) {
        this.environment = environment;
    }

    /** Loads the native library. */
    public static Engine open() {
        OrtEnvironment[] made = new OrtEnvironment[1];
        Thread starter = new Thread(
                null,
                () -> made[0] = OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, "fovea"),
                "onnxruntime-start",
                START_STACK_BYTES);
        starter.start();
        try {
            starter.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FoveaException(ErrorCode.CANCELLED, "Loading ONNX Runtime was interrupted.", e);
        }
        if (made[0] == null) {
            throw new FoveaException(
                    ErrorCode.INTERNAL,
                    "ONNX Runtime could not be loaded. Is this a supported platform (Linux x86-64)?");
        }
        return new Engine(made[0]);
    }

    /**
     * Opens a session on a model file; the caller closes it. {@code MODEL_OPERATOR_UNSUPPORTED} or
     * {@code MODEL_CORRUPT}.
     */
    public Session load(Path model, SessionSettings settings) {
        try (OrtSession.SessionOptions options = options(settings)) {
            return new Session(environment, environment.createSession(model.toString(), options));
        } catch (OrtException e) {
            throw refused(model.toString(), e);
        }
    }

    /** Opens a session on a model in memory; the caller closes it. */
    public Session load(byte[] model, SessionSettings settings) {
        try (OrtSession.SessionOptions options = options(settings)) {
            return new Session(environment, environment.createSession(model, options));
        } catch (OrtException e) {
            throw refused("The model", e);
        }
    }

    /** How far a graph is optimised. */
    public enum Optimisation {
        /** To a graph of standard operators: what can be computed ahead is, what does nothing is gone. */
        PORTABLE(OrtSession.SessionOptions.OptLevel.BASIC_OPT),
        /** As it is run here: with this processor's fused operators and layouts. */
        RUN(OrtSession.SessionOptions.OptLevel.ALL_OPT);

        private final OrtSession.SessionOptions.OptLevel level;

        Optimisation(OrtSession.SessionOptions.OptLevel level) {
            this.level = level;
        }
    }

    /**
     * The graph that the library makes of a model; errors of {@link #load}.
     *
     * @throws FoveaException {@code STORAGE_FAILED} when there is no room for a temporary file
     */
    public OnnxModel optimised(OnnxModel model, Optimisation optimisation) {
        try {
            Path file = Files.createTempFile("fovea-optimised-", ".onnx");
            try (OrtSession.SessionOptions options = options(SessionSettings.forThisMachine())) {
                options.setOptimizationLevel(optimisation.level);
                options.setOptimizedModelFilePath(file.toString());
                environment.createSession(model.bytes(), options).close();
                return OnnxModel.read(file);
            } catch (OrtException e) {
                throw refused("The model", e);
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw noRoom(e);
        }
    }

    /**
     * Opens a session that writes down how long each operator takes; the caller closes it. Errors of
     * {@link #optimised}.
     */
    public ProfiledSession profiled(OnnxModel model, SessionSettings settings) {
        Path folder;
        try {
            folder = Files.createTempDirectory("fovea-profile-");
        } catch (IOException e) {
            throw noRoom(e);
        }
        try (OrtSession.SessionOptions options = options(settings)) {
            options.setOptimizedModelFilePath(ProfiledSession.graph(folder).toString());
            options.enableProfiling(folder.resolve("times").toString());
            OrtSession session = environment.createSession(model.bytes(), options);
            return new ProfiledSession(session, new Session(environment, session), folder);
        } catch (OrtException e) {
            ProfiledSession.remove(folder);
            throw refused("The model", e);
        }
    }

    static FoveaException noRoom(IOException cause) {
        return new FoveaException(
                ErrorCode.STORAGE_FAILED,
                "No temporary file can be written (%s). Make room, or point java.io.tmpdir elsewhere."
                        .formatted(cause.getClass().getSimpleName()),
                cause);
    }

    /** The library's version. */
    public String version() {
        return environment.getVersion();
    }

    private static OrtSession.SessionOptions options(SessionSettings settings) throws OrtException {
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
        options.setIntraOpNumThreads(settings.threads());
        options.setInterOpNumThreads(1);
        // waiting threads that spin take the cores from decoding
        options.addConfigEntry("session.intra_op.allow_spinning", settings.spin() ? "1" : "0");
        return options;
    }

    private static FoveaException refused(String source, OrtException cause) {
        String reason = firstLine(cause);
        boolean operator = reason.contains("is not a registered function/op") || reason.contains("NOT_IMPLEMENTED");
        return new FoveaException(
                operator ? ErrorCode.MODEL_OPERATOR_UNSUPPORTED : ErrorCode.MODEL_CORRUPT,
                "%s is refused by ONNX Runtime: %s. %s"
                        .formatted(
                                source,
                                reason,
                                operator ? "Export it with standard operators." : "Export it again or check the file."),
                cause);
    }

    private static String firstLine(OrtException cause) {
        String message = cause.getMessage() == null ? "no reason given" : cause.getMessage();
        return message.lines().findFirst().orElse(message).replaceAll("\\.+$", "");
    }
}
