package dev.fovea.runtime.session;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.graph.OnnxModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * ONNX Runtime, loaded once for the program, with its telemetry off. The only class that makes its environment.
 * Sessions that it opens are closed by their owners; the environment itself lives as long as the process.
 */
public final class Engine {

    /**
     * The Linux library reads it once, while it loads. Without it the library writes a device id and events under
     * {@code ~/.cache/Microsoft} for upload, and crashes on long command lines (docs/decisions/0022).
     */
    static final EnvironmentVariable NO_TELEMETRY = new EnvironmentVariable("ORT_DISABLE_TELEMETRY");

    private static final String THE_MODEL = "The model";

    private final OrtEnvironment environment;

    private Engine(OrtEnvironment environment) {
        this.environment = environment;
    }

    /**
     * Loads the native library.
     *
     * @throws FoveaException {@code INTERNAL} when it cannot be loaded here
     */
    public static Engine open() {
        NO_TELEMETRY.set("1");
        try {
            OrtEnvironment environment =
                    OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, "fovea");
            environment.setTelemetry(false); // the Windows library has this switch alone
            return new Engine(environment);
        } catch (LinkageError | OrtException e) {
            throw new FoveaException(
                    ErrorCode.INTERNAL,
                    "ONNX Runtime could not be loaded (%s). Is this a supported platform (Linux x86-64)?".formatted(e),
                    e);
        }
    }

    /**
     * Opens a session on a model file; the caller closes it. {@code MODEL_OPERATOR_UNSUPPORTED} or
     * {@code MODEL_CORRUPT}.
     */
    public Session load(Path model, SessionSettings settings) {
        return session(model.toString(), settings, options -> environment.createSession(model.toString(), options));
    }

    /** Opens a session on a model in memory; the caller closes it. */
    public Session load(byte[] model, SessionSettings settings) {
        return session(THE_MODEL, settings, options -> environment.createSession(model, options));
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
            try {
                session(THE_MODEL, SessionSettings.forThisMachine(), options -> {
                            options.setOptimizationLevel(optimisation.level);
                            options.setOptimizedModelFilePath(file.toString());
                            return environment.createSession(model.bytes(), options);
                        })
                        .close();
                return OnnxModel.read(file);
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw noRoom(e);
        }
    }

    /**
     * Opens a session that records the run time of each operator; the caller closes it. Errors of {@link #optimised}.
     */
    public ProfiledSession profiled(OnnxModel model, SessionSettings settings) {
        Path folder;
        try {
            folder = Files.createTempDirectory("fovea-profile-");
        } catch (IOException e) {
            throw noRoom(e);
        }
        boolean opened = false;
        try {
            Session session = session(THE_MODEL, settings, options -> {
                options.setOptimizedModelFilePath(ProfiledSession.graph(folder).toString());
                options.enableProfiling(folder.resolve("times").toString());
                return environment.createSession(model.bytes(), options);
            });
            opened = true;
            return new ProfiledSession(session.library(), session, folder);
        } finally {
            if (!opened) {
                ProfiledSession.remove(folder);
            }
        }
    }

    /** Makes the library's session with options that it may change. */
    private interface Opening {
        OrtSession with(OrtSession.SessionOptions options) throws OrtException;
    }

    private Session session(String what, SessionSettings settings, Opening opening) {
        try {
            return LoadLimit.open(what, settings.loadLimit(), () -> {
                try (OrtSession.SessionOptions options = options(settings)) {
                    return new Session(environment, opening.with(options));
                }
            });
        } catch (OrtException e) {
            throw refused(what, e);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e); // nothing else is declared
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
        // weights outside the arena, which doubles with each extension and then holds more than it needs
        options.addConfigEntry("session.use_device_allocator_for_initializers", "1");
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
        String message = cause.getMessage() == null ? "no reason reported" : cause.getMessage();
        return message.lines().findFirst().orElse(message).replaceAll("\\.+$", "");
    }
}
