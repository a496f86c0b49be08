package dev.fovea.serving.pool;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.Decoder;
import dev.fovea.imaging.ImageHeader;
import dev.fovea.imaging.ImageLimits;
import dev.fovea.registry.VersionId;
import dev.fovea.runtime.LoadedModel;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * What is known about a request whose prediction failed by a fault of the program or the model: the version, the time
 * and the image's size and format. The image itself is not in it.
 */
final class FailureContext {

    private final VersionId version;
    private final LoadedModel model;
    private final byte[] image;
    private final long nanos;

    /**
     * @param image the file's bytes; empty for tensors
     * @param nanos from the request's arrival to the failure
     */
    FailureContext(VersionId version, LoadedModel model, byte[] image, long nanos) {
        this.version = version;
        this.model = model;
        this.image = image;
        this.nanos = nanos;
    }

    /** The failure as the caller gets it: a known one with this context, or one that nobody expected as a known one. */
    FoveaException of(RuntimeException failure) {
        return switch (failure) {
            case FoveaException known when known.getCause() == null || !isFault(known.code()) -> known;
            case FoveaException fault -> fault.with(known());
            default ->
                new FoveaException(
                                ErrorCode.INTERNAL,
                                "Something went wrong that should not; the log has it under this request id.",
                                failure)
                        .with(known());
        };
    }

    private static boolean isFault(ErrorCode code) {
        return switch (code.blame()) {
            case CALLER, INPUT, CAPACITY -> false;
            case MODEL, SERVER -> true;
        };
    }

    private Map<String, Object> known() {
        Map<String, Object> known = new TreeMap<>(Map.of(
                "model", version.model(),
                "version", version.version(),
                "elapsed_ms", TimeUnit.NANOSECONDS.toMicros(nanos) / 1000.0));
        model.bundle().manifest().contractHash().ifPresent(hash -> known.put("contract", hash));
        if (image.length > 0) {
            known.put("image_bytes", image.length);
            try {
                ImageHeader header = new Decoder(ImageLimits.DEFAULT).header(image);
                known.put("image_format", header.format().name());
                known.put("image_width", header.width());
                known.put("image_height", header.height());
            } catch (FoveaException e) {
                known.put("image_format", e.code().name());
            }
        }
        return known;
    }
}
