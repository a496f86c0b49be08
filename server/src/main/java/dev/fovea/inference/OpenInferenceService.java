package dev.fovea.inference;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.tensor.ByteStrings;
import dev.fovea.model.tensor.DataType;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.protocol.InferRequest;
import dev.fovea.protocol.InferResponse;
import dev.fovea.protocol.RequestedOutput;
import dev.fovea.protocol.TopClasses;
import dev.fovea.registry.VersionId;
import dev.fovea.runtime.session.Deadline;
import dev.fovea.runtime.session.Priority;
import dev.fovea.serving.CacheUse;
import dev.fovea.serving.PredictionRequest;
import dev.fovea.serving.PredictionTarget;
import dev.fovea.serving.RequestDetails;
import dev.fovea.serving.TensorRequest;
import dev.fovea.serving.TensorResponse;
import dev.fovea.serving.pool.Predictor;
import dev.fovea.serving.pool.Served;
import dev.fovea.serving.routing.Router;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Responds to calls of the Open Inference Protocol, over any transport. */
public final class OpenInferenceService {

    /** A model's images may be sent as files under this name, in place of the tensors it takes. */
    static final String IMAGES = "image";
    /** Of JPEG, PNG, GIF, WebP and TIFF in either byte order. */
    private static final List<String> BASE_64_STARTS = List.of("/9j/", "iVBO", "R0lG", "UklG", "SUkq", "TU0A");

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

    /** Each image of a call waits in a thread of its own. */
    private static final int MOST_IMAGES = 1024;

    private final Predictor predictor;
    private final Router router;
    private final Duration longest;

    /**
     * Of a server.
     *
     * @param predictor of tensors
     * @param router of images
     * @param longest that a request may take
     */
    public OpenInferenceService(Predictor predictor, Router router, Duration longest) {
        this.predictor = predictor;
        this.router = router;
        this.longest = longest;
    }

    /** A stated version; an empty text leaves the choice to the rollout. */
    static Optional<Integer> version(String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (!NUMBER.matcher(text).matches()) {
            throw new FoveaException(
                    ErrorCode.VERSION_UNKNOWN,
                    "There is no version \"%s\"; versions are whole numbers.".formatted(text));
        }
        return Optional.of(Integer.valueOf(text));
    }

    /** @param details of the request; the id in its body, where there is one, stands for that in its headers */
    InferResponse infer(String model, Optional<Integer> version, InferRequest call, RequestDetails details) {
        Duration allowed = call.options()
                .timeout()
                .filter(timeout -> timeout.compareTo(longest) < 0)
                .orElse(longest);
        Deadline deadline = Deadline.in(allowed);
        RequestDetails named = details.named(call.id());
        PredictionTarget target = new PredictionTarget(model, version, named.key());
        TensorResponse response = takesImages(call, target)
                ? images(target, call, deadline, named)
                : tensors(target, call, deadline, named);
        return new InferResponse(
                model,
                Integer.toString(response.version().version()),
                chosen(call, response.inferred().outputs(), response.version()));
    }

    private TensorResponse tensors(
            PredictionTarget target, InferRequest call, Deadline deadline, RequestDetails details) {
        try {
            return predictor.infer(new TensorRequest(
                    target, call.inputs(), Priority.ofLevel(call.options().priority()), deadline, details));
        } catch (FoveaException e) {
            boolean images = e.code() == ErrorCode.TENSOR_INVALID
                    && predictor
                            .served(target.model(), target.version())
                            .manifest()
                            .contract()
                            .isPresent();
            throw images
                    ? new FoveaException(
                            e.code(),
                            e.getMessage() + " Or send images' files, as BYTES in an input \"" + IMAGES + "\".",
                            e)
                    : e;
        }
    }

    private boolean takesImages(InferRequest call, PredictionTarget target) {
        return call.inputs().size() == 1
                && call.inputs().getFirst().name().equals(IMAGES)
                && call.inputs().getFirst().type() == DataType.BYTES
                && predictor.served(target.model(), target.version()).signature().inputs().stream()
                        .noneMatch(input -> input.name().equals(IMAGES) && input.type() == DataType.BYTES);
    }

    private TensorResponse images(
            PredictionTarget target, InferRequest call, Deadline deadline, RequestDetails details) {
        if (call.inputs().getFirst().elements() > MOST_IMAGES) {
            throw new FoveaException(
                    ErrorCode.TENSOR_INVALID,
                    "The input \"image\" holds more than %d images. Send fewer at once.".formatted(MOST_IMAGES));
        }
        List<byte[]> files = ByteStrings.unpack(call.inputs().getFirst()).stream()
                .map(OpenInferenceService::decoded)
                .toList();
        if (files.isEmpty()) {
            throw new FoveaException(ErrorCode.TENSOR_INVALID, "The input \"image\" holds no image. Send one or more.");
        }
        if (files.size() == 1) {
            return router.outputs(image(target, files.getFirst(), call, deadline, details));
        }
        RequestDetails keyed = details.keyed(Optional.of(details.id()));
        PredictionTarget together = new PredictionTarget(target.model(), target.version(), keyed.key());
        return together(IntStream.range(0, files.size())
                .mapToObj(i -> image(together, files.get(i), call, deadline, keyed.image(i)))
                .toList());
    }

    private static PredictionRequest image(
            PredictionTarget target, byte[] file, InferRequest call, Deadline deadline, RequestDetails details) {
        return new PredictionRequest(
                target, file, Priority.ofLevel(call.options().priority()), deadline, CacheUse.DEFAULT, details);
    }

    /** JSON has no bytes, so that callers write images in base 64; no image begins as those texts do. */
    private static byte[] decoded(byte[] file) {
        String start = new String(file, 0, Math.min(file.length, 4), StandardCharsets.ISO_8859_1);
        if (BASE_64_STARTS.stream().noneMatch(start::startsWith)) {
            return file;
        }
        try {
            return Base64.getMimeDecoder().decode(file);
        } catch (IllegalArgumentException e) {
            return file;
        }
    }

    /**
     * Several images of one call wait side by side, on one version, so that they may share a batch. Without a key of
     * the caller's, the id of the call is their key, so that an experiment takes them as one unit.
     */
    private TensorResponse together(List<PredictionRequest> requests) {
        PredictionTarget target = requests.getFirst().target();
        VersionId version = predictor.choose(requests.getFirst());
        PredictionTarget fixed = new PredictionTarget(target.model(), Optional.of(version.version()), target.key());
        try (ExecutorService waiting = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletionService<TensorResponse> done = new ExecutorCompletionService<>(waiting);
            List<Future<TensorResponse>> responses = requests.stream()
                    .map(request -> done.submit(() -> router.outputs(request.to(fixed))))
                    .toList();
            try {
                for (int i = 0; i < responses.size(); i++) {
                    done.take().get();
                }
                return JoinedOutputs.of(
                        responses.stream().map(Future::resultNow).toList());
            } finally {
                // where one failed or the caller is gone, nobody waits for the others
                waiting.shutdownNow();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof FoveaException known) {
                throw known;
            }
            throw new FoveaException(ErrorCode.INTERNAL, "The images could not be predicted.", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FoveaException(ErrorCode.CANCELLED, "The caller no longer waits for the response.", e);
        }
    }

    private List<Tensor> chosen(InferRequest call, List<Tensor> outputs, VersionId version) {
        if (call.outputs().isEmpty()) {
            return outputs;
        }
        List<Tensor> chosen = new ArrayList<>();
        for (RequestedOutput wanted : call.outputs()) {
            Tensor output = outputs.stream()
                    .filter(one -> one.name().equals(wanted.name()))
                    .findFirst()
                    .orElseThrow(() -> new FoveaException(
                            ErrorCode.TENSOR_INVALID,
                            "The model has no output \"%s\"; it gives %s."
                                    .formatted(
                                            wanted.name(),
                                            outputs.stream().map(Tensor::name).toList())));
            chosen.add(wanted.classes() > 0 ? TopClasses.of(output, wanted.classes(), labels(version)) : output);
        }
        return chosen;
    }

    private List<String> labels(VersionId version) {
        Served served = predictor.served(version.model(), Optional.of(version.version()));
        return served.manifest().labels();
    }
}
