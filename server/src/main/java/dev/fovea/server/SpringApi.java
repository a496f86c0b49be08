package dev.fovea.server;

import dev.fovea.config.Settings;
import dev.fovea.edge.FrameworkGate;
import jakarta.servlet.MultipartConfigElement;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;

/**
 * What Spring serves: the management API, the console, the documentation, and images in forms. It starts on a thread of
 * its own when predictions are served already; requests for it wait at the gate.
 */
final class SpringApi implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("fovea.http");

    private final FutureTask<ServletContextHandler> start;

    private SpringApi(FutureTask<ServletContextHandler> start) {
        this.start = start;
    }

    /**
     * Begins.
     *
     * @param parts that the beans of {@link HttpWiring} are made of
     * @param before runs on the thread that starts Spring
     */
    static SpringApi start(Settings settings, FrameworkGate gate, List<Object> parts, Runnable before) {
        FutureTask<ServletContextHandler> start = new FutureTask<>(() -> {
            try {
                before.run();
                ServletContextHandler servlets = servlets(settings, parts);
                gate.open(servlets);
                return servlets;
            } catch (Exception | Error e) {
                gate.fail(e);
                throw e;
            }
        });
        Thread.ofPlatform().daemon().name("framework").start(start);
        return new SpringApi(start);
    }

    private static ServletContextHandler servlets(Settings settings, List<Object> parts) {
        AnnotationConfigWebApplicationContext context = new AnnotationConfigWebApplicationContext();
        context.register(HttpWiring.class);
        context.addBeanFactoryPostProcessor(beans ->
                parts.forEach(part -> beans.registerSingleton(part.getClass().getName(), part)));
        ServletHolder holder = new ServletHolder("api", new DispatcherServlet(context));
        holder.setInitOrder(1);
        holder.setAsyncSupported(true);
        long maxBytes = settings.runtime().limits().maxBytes();
        holder.getRegistration()
                .setMultipartConfig(new MultipartConfigElement(
                        System.getProperty("java.io.tmpdir"), maxBytes, maxBytes + FoveaServer.FORM_BYTES, (int)
                                Math.min(maxBytes, Integer.MAX_VALUE)));
        ServletContextHandler servlets = new ServletContextHandler("/");
        servlets.addServlet(holder, "/");
        return servlets;
    }

    /**
     * Waits until Spring has started.
     *
     * @throws RuntimeException what kept it from starting
     */
    void await() throws InterruptedException {
        try {
            start.get();
        } catch (ExecutionException e) {
            Throwable cause = Objects.requireNonNull(e.getCause());
            throw new IllegalStateException("The management API cannot start: " + cause.getMessage(), cause);
        }
    }

    /** Waits until Spring has started, and stops it. */
    @Override
    public void close() {
        try {
            start.get().stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            LOG.debug("Spring never started", e.getCause());
        } catch (Exception e) {
            LOG.warn("The management API did not stop as it should: {}", e.toString());
        }
    }
}
