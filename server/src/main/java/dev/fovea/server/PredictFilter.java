package dev.fovea.server;

import dev.fovea.fault.FoveaException;
import dev.fovea.serving.Predictor;
import dev.fovea.serving.Target;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.filter.OncePerRequestFilter;
import tools.jackson.databind.json.JsonMapper;

/**
 * The way of pictures past the framework. Those that would only be turned away later are turned away here, before they
 * are in memory: under overload this is what most requests cost. Those that are the whole body are answered here, by
 * {@link PredictController} as it is: finding the method, binding arguments and negotiating types would cost more than
 * all else that the server adds to a prediction. Forms go on to the framework.
 */
@Order(Ordered.HIGHEST_PRECEDENCE + 4)
final class PredictFilter extends OncePerRequestFilter {

    private static final String MODELS = "/v1/models/";
    private static final String PREDICT = "/predict";

    private final Supplier<Parts> parts;
    private final long mostBytes;

    PredictFilter(Supplier<Parts> parts, long mostBytes) {
        this.parts = parts;
        this.mostBytes = mostBytes;
    }

    /** What answers; made after the web server, and so asked for with each request. */
    record Parts(Predictor predictor, PredictController controller, ProblemMapper problems, JsonMapper json) {}

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String path = request.getServletPath();
        return !path.startsWith(MODELS)
                || !path.endsWith(PREDICT)
                || path.length() <= MODELS.length() + PREDICT.length()
                || name(path).indexOf('/') >= 0
                || !request.getMethod().equals("POST");
    }

    private static String name(String path) {
        return path.substring(MODELS.length(), path.length() - PREDICT.length());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Parts with = parts.get();
        String name = name(request.getServletPath());
        try {
            with.predictor().requireRoom(new Target(name, Optional.empty(), Optional.empty()));
        } catch (FoveaException e) {
            BodyDrain.drain(request.getInputStream(), mostBytes);
            write(response, with.problems().of(e, request));
            return;
        }
        if (PredictController.isForm(request)) {
            chain.doFilter(request, response);
        } else {
            write(response, answer(with, name, request));
        }
    }

    private static ResponseEntity<byte[]> answer(Parts with, String name, HttpServletRequest request) {
        try {
            PredictionView answer = with.controller().predict(name, request);
            return ResponseEntity.ok()
                    .contentType(MediaType.APPLICATION_JSON)
                    .body(with.json().writeValueAsBytes(answer));
        } catch (Exception e) { // whatever it is, the caller gets a problem and no stack trace
            return with.problems().of(e, request);
        }
    }

    private static void write(HttpServletResponse response, ResponseEntity<byte[]> answer) throws IOException {
        byte[] body = Optional.ofNullable(answer.getBody()).orElseThrow();
        response.setStatus(answer.getStatusCode().value());
        answer.getHeaders()
                .forEach((String header, List<String> values) ->
                        values.forEach(value -> response.addHeader(header, value)));
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
