package dev.fovea.config.alerting;

import dev.fovea.alerts.AlertRules;
import dev.fovea.alerts.RouteRule;
import dev.fovea.alerts.delivery.AlertRoute;
import dev.fovea.config.KeyRing;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.fault.Printable;
import dev.fovea.json.Json;
import dev.fovea.remote.provider.ConfigurationCheck;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/**
 * {@code alerts.json} in the home: who is told of alerts. Without the file nobody is. The caller closes the channels.
 *
 * @param serverUrl address of the console, for links in messages
 * @param told what is told on which route, also where a secret is missing in this process
 * @param routes those without an error
 * @param errors of the file and of the other routes, one sentence or more each
 */
public record AlertsFile(
        Optional<URI> serverUrl, AlertRules rules, List<RouteRule> told, List<AlertRoute> routes, List<String> errors) {

    /** The file's name. */
    public static final String NAME = "alerts.json";

    private static final AlertsFile NONE =
            new AlertsFile(Optional.empty(), AlertRules.DEFAULT, List.of(), List.of(), List.of());

    /** The whole file; routes are read one by one, so that one wrong route leaves the others. */
    record Head(Optional<String> serverUrl, Optional<Duration> resolveAfter, Map<String, JsonNode> routes) {}

    /** Reads what a home has. Errors are told by {@link #errors}, so that a wrong route silences no other. */
    public static AlertsFile read(Path home, Map<String, String> environment) {
        Path path = home.resolve(NAME);
        if (!Files.exists(path)) {
            return NONE;
        }
        List<String> errors = new ArrayList<>();
        Optional<Head> head = gather(() -> head(path), errors);
        List<RouteRule> told = new ArrayList<>();
        List<AlertRoute> routes = new ArrayList<>();
        KeyRing keys = new KeyRing(environment);
        head.map(Head::routes)
                .orElse(Map.of())
                .forEach((name, node) -> gather(() -> document(name, node), errors)
                        .ifPresent(route -> {
                            gather(() -> named(name, () -> route.rule(name)), errors)
                                    .ifPresent(rule -> {
                                        told.add(rule);
                                        gather(() -> named(name, () -> route.route(rule, keys)), errors)
                                                .ifPresent(routes::add);
                                    });
                        }));
        return new AlertsFile(
                head.flatMap(Head::serverUrl).flatMap(url -> gather(() -> serverUrl(url), errors)),
                head.flatMap(Head::resolveAfter)
                        .flatMap(after -> gather(() -> rules(after), errors))
                        .orElse(AlertRules.DEFAULT),
                List.copyOf(told),
                List.copyOf(routes),
                List.copyOf(errors));
    }

    private static Head head(Path path) {
        Json json = Json.of(path.getFileName().toString(), ErrorCode.CONFIGURATION_INVALID);
        try {
            return json.bind(json.parse(Files.readString(path)), Head.class);
        } catch (IOException e) {
            throw new FoveaException(
                    ErrorCode.CONFIGURATION_INVALID,
                    "%s cannot be read. Check its permissions, and that it is UTF-8.".formatted(path),
                    e);
        }
    }

    private static RouteDocument document(String name, JsonNode node) {
        ConfigurationCheck.configured(
                name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,62}"),
                "The route \"%s\" needs a name of letters, digits, \".\", \"_\" and \"-\".",
                Printable.brief(name));
        return named(name, () -> Json.of(name, ErrorCode.CONFIGURATION_INVALID).bind(node, RouteDocument.class));
    }

    /** Puts the route's name before errors without it. */
    private static <T> T named(String name, Supplier<T> work) {
        try {
            return work.get();
        } catch (FoveaException e) {
            throw e.getMessage().startsWith(name + ".") || e.getMessage().startsWith(name + " ")
                    ? e
                    : ConfigurationCheck.invalid(name + "." + e.getMessage());
        }
    }

    private static URI serverUrl(String text) {
        try {
            URI address = new URI(text);
            if (("http".equals(address.getScheme()) || "https".equals(address.getScheme()))
                    && address.getHost() != null) {
                return address;
            }
        } catch (URISyntaxException e) {
            // said below
        }
        throw ConfigurationCheck.invalid(
                "server_url \"%s\" is no HTTP address. Write it as https://host.".formatted(Printable.brief(text)));
    }

    private static AlertRules rules(Duration resolveAfter) {
        ConfigurationCheck.positive(resolveAfter, "resolve_after");
        return new AlertRules(resolveAfter, AlertRules.DEFAULT.reopenWithin(), AlertRules.DEFAULT.forgetAfter());
    }

    private static <T> Optional<T> gather(Supplier<T> work, List<String> errors) {
        try {
            return Optional.of(work.get());
        } catch (FoveaException e) {
            errors.add(e.getMessage());
            return Optional.empty();
        }
    }

    /** All errors in one message; empty without any. */
    public Optional<String> message() {
        if (errors.isEmpty()) {
            return Optional.empty();
        }
        StringBuilder message =
                new StringBuilder("%s has %d error%s:".formatted(NAME, errors.size(), errors.size() == 1 ? "" : "s"));
        for (int i = 0; i < errors.size(); i++) {
            message.append("%n  %d. %s".formatted(i + 1, errors.get(i)));
        }
        return Optional.of(message.toString());
    }
}
