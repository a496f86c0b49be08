package dev.fovea.api;

import dev.fovea.edge.QueryParameters;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Refuses query parameters that a method of the API does not declare, since an unknown one is a typing error, and the
 * answer would be to another question. Declared are {@code @RequestParam}s and {@code @Parameter}s in the query.
 */
public final class QueryCheck implements HandlerInterceptor {

    /** {@code ARGUMENT_INVALID} for a parameter that is unknown or given twice. */
    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (request.getQueryString() != null
                && handler instanceof HandlerMethod method
                && method.getBeanType().isAnnotationPresent(RestController.class)) {
            QueryParameters.of(request.getQueryString()).only(repeatable(method), declared(method));
        }
        return true;
    }

    private static String[] declared(HandlerMethod handler) {
        Method method = handler.getMethod();
        Stream<String> described = Arrays.stream(method.getAnnotationsByType(Parameter.class))
                .filter(parameter -> parameter.in() == ParameterIn.QUERY)
                .map(Parameter::name);
        Stream<String> bound = Arrays.stream(handler.getMethodParameters())
                .map(QueryCheck::bound)
                .flatMap(Optional::stream);
        return Stream.concat(described, bound).distinct().toArray(String[]::new);
    }

    /** Parameters that are lists. */
    private static Set<String> repeatable(HandlerMethod handler) {
        return Arrays.stream(handler.getMethodParameters())
                .filter(parameter -> List.class.isAssignableFrom(parameter.getParameterType()))
                .map(QueryCheck::bound)
                .flatMap(Optional::stream)
                .collect(Collectors.toSet());
    }

    private static Optional<String> bound(MethodParameter parameter) {
        RequestParam annotation = parameter.getParameterAnnotation(RequestParam.class);
        if (annotation == null) {
            return Optional.empty();
        }
        parameter.initParameterNameDiscovery(new DefaultParameterNameDiscoverer());
        return annotation.name().isEmpty()
                ? Optional.ofNullable(parameter.getParameterName())
                : Optional.of(annotation.name());
    }
}
