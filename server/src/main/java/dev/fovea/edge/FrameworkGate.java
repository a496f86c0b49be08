package dev.fovea.edge;

import dev.fovea.fault.ErrorCode;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.util.Callback;

/** Requests that only the framework serves wait here until it has started. Any thread may open it, once. */
public final class FrameworkGate extends Handler.Wrapper {

    private static final long MAX_WAIT_SECONDS = 60;

    private final CompletableFuture<ContextHandler> framework = new CompletableFuture<>();

    /** A closed gate. */
    public FrameworkGate() {
        super(true);
    }

    /** Starts the framework's handler below this one, then lets the requests through. */
    public void open(ContextHandler handler) throws Exception {
        handler.setServer(getServer());
        handler.setErrorHandler(new ServerErrors());
        handler.start();
        setHandler(handler);
        framework.complete(handler);
    }

    /** Refuses the requests that wait, and all later ones: the framework cannot start. */
    public void fail(Throwable cause) {
        framework.completeExceptionally(cause);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        try {
            return framework.get(MAX_WAIT_SECONDS, TimeUnit.SECONDS).handle(request, response, callback);
        } catch (TimeoutException | ExecutionException e) {
            EdgeHandler.refuse(
                    new RequestRefusal(
                            ErrorCode.STOPPING,
                            HttpStatus.SERVICE_UNAVAILABLE_503,
                            "The server serves predictions, but its management API did not start. Try again shortly.",
                            new HttpField(HttpHeader.RETRY_AFTER, "1")),
                    request,
                    response.getHeaders().get(RequestIds.HEADER),
                    response,
                    callback);
            return true;
        }
    }
}
