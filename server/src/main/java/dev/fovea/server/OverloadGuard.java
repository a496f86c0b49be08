package dev.fovea.server;

import dev.fovea.fault.FoveaException;
import dev.fovea.serving.Predictor;
import dev.fovea.serving.Target;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Turns pictures away that would only be turned away later, before they are in memory and before the framework has
 * looked at them: under overload this is what most requests cost.
 */
@Order(Ordered.HIGHEST_PRECEDENCE + 4)
final class OverloadGuard extends OncePerRequestFilter {

    private static final String MODELS = "/v1/models/";
    private static final String PREDICT = "/predict";

    private final Supplier<Predictor> predictor;
    private final long mostBytes;

    OverloadGuard(Supplier<Predictor> predictor, long mostBytes) {
        this.predictor = predictor;
        this.mostBytes = mostBytes;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String path = request.getServletPath();
        return !path.startsWith(MODELS)
                || !path.endsWith(PREDICT)
                || path.length() <= MODELS.length() + PREDICT.length()
                || !request.getMethod().equals("POST");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String path = request.getServletPath();
        String name = path.substring(MODELS.length(), path.length() - PREDICT.length());
        try {
            predictor.get().requireRoom(new Target(name, Optional.empty(), Optional.empty()));
        } catch (FoveaException e) {
            BodyDrain.drain(request.getInputStream(), mostBytes);
            long seconds = e.retryAfter().map(Duration::toSeconds).orElse(1L);
            response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, seconds)));
            ProblemWriter.write(request, response, e.code(), e.getMessage());
            return;
        }
        chain.doFilter(request, response);
    }
}
