package dev.fovea.inference;

import com.github.f4b6a3.ulid.UlidCreator;
import dev.fovea.edge.telemetry.RequestSpan;
import dev.fovea.fault.FoveaException;
import dev.fovea.serving.RequestDetails;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the metadata of a gRPC call says for the prediction log: the same names as the headers of HTTP. A call keeps it
 * in its context. Metadata that is not understood fails each request of the call, as a header does.
 */
final class GrpcDetails {

    private static final Metadata.Key<String> ID = key("x-request-id");
    private static final Metadata.Key<String> TAG = key(RequestDetails.TAG_HEADER);
    private static final Metadata.Key<String> KEEP = key(RequestDetails.KEEP_HEADER);
    private static final Metadata.Key<String> KEY = key(RequestDetails.KEY_HEADER);
    private static final Context.Key<GrpcDetails> CURRENT = Context.key("details");

    private final Optional<String> client;
    private final @Nullable String id;
    private final List<String> tags = new ArrayList<>();
    private final @Nullable String keep;
    private final Optional<String> key;
    private final Optional<String> traceparent;

    private GrpcDetails(Optional<String> client, Optional<String> traceparent, Metadata headers) {
        this.client = client;
        this.traceparent = traceparent;
        this.id = headers.get(ID);
        this.keep = headers.get(KEEP);
        this.key = Optional.ofNullable(headers.get(KEY));
        Iterable<String> stated = headers.getAll(TAG);
        if (stated != null) {
            stated.forEach(tags::add);
        }
    }

    private static Metadata.Key<String> key(String header) {
        return Metadata.Key.of(header.toLowerCase(Locale.ROOT), Metadata.ASCII_STRING_MARSHALLER);
    }

    /**
     * Starts a call with its details in its context.
     *
     * @param client the name of the API key
     * @param span of the call, where it is traced
     */
    static <Q, A> ServerCall.Listener<Q> start(
            Optional<String> client,
            Optional<RequestSpan> span,
            ServerCall<Q, A> call,
            Metadata headers,
            ServerCallHandler<Q, A> next) {
        GrpcDetails details = new GrpcDetails(client, span.map(RequestSpan::traceparent), headers);
        return Contexts.interceptCall(Context.current().withValue(CURRENT, details), call, headers, next);
    }

    /**
     * The details of a request of the call on this thread; each request without an id gets one.
     *
     * @throws FoveaException {@code ARGUMENT_INVALID} for metadata that is not understood
     */
    static RequestDetails current() {
        GrpcDetails details = CURRENT.get();
        String fresh = UlidCreator.getMonotonicUlid().toString();
        if (details == null) {
            return RequestDetails.of(fresh);
        }
        RequestDetails named = RequestDetails.of(fresh, details.client, details.tags, details.keep)
                .keyed(details.key)
                .tracedAs(details.traceparent);
        return details.id == null ? named : named.named(details.id);
    }
}
