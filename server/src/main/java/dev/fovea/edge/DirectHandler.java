package dev.fovea.edge;

import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Handles requests in front of the framework. */
public interface DirectHandler {

    /** Handles a request that is its own, and says whether it was. */
    boolean handle(Request request, String id, Response response, Callback callback);
}
