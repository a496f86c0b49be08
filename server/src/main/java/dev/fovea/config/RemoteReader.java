package dev.fovea.config;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.json.JsonFields;
import dev.fovea.registry.Fallback;
import dev.fovea.registry.ModelRef;
import dev.fovea.remote.LabelMapping;
import dev.fovea.remote.guard.BreakerRule;
import dev.fovea.remote.guard.Budget;
import dev.fovea.remote.guard.RemoteLimits;
import dev.fovea.remote.guard.RetryRule;
import dev.fovea.remote.provider.AwsRekognition;
import dev.fovea.remote.provider.AzureVision;
import dev.fovea.remote.provider.Credentials;
import dev.fovea.remote.provider.DetectionFeature;
import dev.fovea.remote.provider.GoogleVision;
import dev.fovea.remote.provider.OpenInferenceProvider;
import dev.fovea.remote.provider.Provider;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** Reads one service of {@code remotes.json}; every error is {@code CONFIGURATION_INVALID} and names the field. */
final class RemoteReader {

    private final String name;
    private final JsonFields fields;

    /** Which service is spoken to, and so which fields there are. */
    private enum Kind {
        GOOGLE,
        AWS,
        AZURE,
        OIP
    }

    RemoteReader(String name, JsonNode object) {
        this.name = name;
        this.fields = new JsonFields(object, name, ErrorCode.CONFIGURATION_INVALID);
    }

    RemoteEntry read() {
        Kind kind = fields.choice("provider", Kind.class);
        Function<KeyRing, Provider> provider = switch (kind) {
            case GOOGLE -> google();
            case AWS -> aws();
            case AZURE -> azure();
            case OIP -> openInference();
        };
        RemoteEntry entry = new RemoteEntry(name, provider, mapping(kind), limits(), budget(kind), fallback());
        fields.refuseOthers();
        return entry;
    }

    private Function<KeyRing, Provider> google() {
        URI endpoint = fields.has("endpoint") ? endpoint() : GoogleVision.ENDPOINT;
        Function<KeyRing, Credentials.Token> token = token();
        Set<DetectionFeature> wanted = wanted();
        return keys -> checked("endpoint", () -> new GoogleVision(endpoint, token.apply(keys), wanted));
    }

    private Function<KeyRing, Provider> azure() {
        URI endpoint = endpoint();
        Function<KeyRing, Credentials.Token> token = token();
        Set<DetectionFeature> wanted = wanted();
        return keys -> checked("endpoint", () -> new AzureVision(endpoint, token.apply(keys), wanted));
    }

    private Function<KeyRing, Provider> aws() {
        String region = fields.text("region");
        Optional<URI> endpoint = fields.has("endpoint") ? Optional.of(endpoint()) : Optional.empty();
        Function<KeyRing, String> id = key("access_key_env");
        Function<KeyRing, String> secret = key("secret_key_env");
        Optional<Function<KeyRing, String>> session =
                fields.has("session_token_env") ? Optional.of(key("session_token_env")) : Optional.empty();
        return keys -> {
            Credentials.AwsKeys credentials = checked(
                    "secret_key_env",
                    () -> new Credentials.AwsKeys(
                            id.apply(keys), secret.apply(keys), session.map(token -> token.apply(keys))));
            return endpoint.isPresent()
                    ? checked("endpoint", () -> new AwsRekognition(endpoint.get(), region, credentials))
                    : checked("region", () -> AwsRekognition.in(region, credentials));
        };
    }

    private Function<KeyRing, Provider> openInference() {
        URI endpoint = endpoint();
        String model = fields.text("model");
        Optional<String> version = fields.has("version") ? Optional.of(fields.text("version")) : Optional.empty();
        Optional<Function<KeyRing, String>> token =
                fields.has("token_env") ? Optional.of(key("token_env")) : Optional.empty();
        JsonFields taken = fields.object("input");
        OpenInferenceProvider.Input input = checked(
                "input",
                () -> new OpenInferenceProvider.Input(
                        taken.text("name"), taken.has("shape") ? taken.integers("shape") : List.of(1)));
        taken.refuseOthers();
        OpenInferenceProvider.Output output = checked("output", this::output);
        return keys -> {
            Optional<Credentials.Bearer> bearer = token.map(key -> bearer(key.apply(keys)));
            return checked(
                    "endpoint", () -> new OpenInferenceProvider(endpoint, bearer, model, version, input, output));
        };
    }

    /** How the answer of an Open Inference server is read. */
    private enum OutputKind {
        CLASSIFICATION,
        PROBABILITIES,
        LOGITS
    }

    private OpenInferenceProvider.Output output() {
        JsonFields given = fields.object("output");
        String tensor = given.text("name");
        OpenInferenceProvider.Output output = switch (given.choice("kind", OutputKind.class)) {
            case CLASSIFICATION ->
                new OpenInferenceProvider.Output.ClassificationOutput(
                        tensor, given.has("count") ? given.integer("count") : 5);
            case PROBABILITIES -> new OpenInferenceProvider.Output.Probabilities(tensor, given.texts("labels"));
            case LOGITS -> new OpenInferenceProvider.Output.Logits(tensor, given.texts("labels"));
        };
        given.refuseOthers();
        return output;
    }

    private Function<KeyRing, Credentials.Token> token() {
        if (fields.has("token_env")) {
            Function<KeyRing, String> token = key("token_env");
            return keys -> bearer(token.apply(keys));
        }
        Function<KeyRing, String> key = key("key_env");
        return keys -> checked("key_env", () -> new Credentials.KeyCredential(key.apply(keys)));
    }

    private Credentials.Bearer bearer(String token) {
        return checked("token_env", () -> new Credentials.Bearer(token));
    }

    private Function<KeyRing, String> key(String field) {
        String variable = fields.text(field);
        return keys -> keys.key(name + "." + field, variable);
    }

    private URI endpoint() {
        String text = fields.text("endpoint");
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            // the address itself might hold a key
            throw fields.error("%s.endpoint is no address of a web service; write it as https://host".formatted(name));
        }
    }

    private Set<DetectionFeature> wanted() {
        if (!fields.has("wanted")) {
            return EnumSet.of(DetectionFeature.LABELS);
        }
        Set<DetectionFeature> wanted = EnumSet.noneOf(DetectionFeature.class);
        for (String text : fields.texts("wanted")) {
            wanted.add(
                    switch (text) {
                        case "labels" -> DetectionFeature.LABELS;
                        case "objects" -> DetectionFeature.OBJECTS;
                        default ->
                            throw fields.error(
                                    "%s.wanted holds \"%s\"; it may hold labels and objects".formatted(name, text));
                    });
        }
        if (wanted.isEmpty()) {
            throw fields.error("%s.wanted is empty; it may hold labels and objects".formatted(name));
        }
        return wanted;
    }

    private LabelMapping mapping(Kind kind) {
        double least = fields.has("minimum_confidence") ? fields.number("minimum_confidence") : 0;
        if (!fields.has("labels") && kind == Kind.OIP && fields.object("output").has("labels")) {
            List<String> own = fields.object("output").texts("labels");
            return checked("labels", () -> LabelMapping.same(own, least));
        }
        JsonFields labels = fields.object("labels");
        Map<String, String> ours = new LinkedHashMap<>();
        fields.node("labels").propertyNames().forEach(theirs -> ours.put(theirs, labels.text(theirs)));
        return checked("labels", () -> new LabelMapping(ours, least));
    }

    private Budget budget(Kind kind) {
        if (kind == Kind.OIP && !fields.has("price_per_call")) {
            return Budget.free();
        }
        double price = fields.number("price_per_call");
        double ceiling = fields.number("monthly_ceiling");
        String currency = fields.text("currency");
        return checked("price_per_call", () -> new Budget(price, ceiling, currency));
    }

    private RemoteLimits limits() {
        if (!fields.has("limits")) {
            return RemoteLimits.USUAL;
        }
        JsonFields given = fields.object("limits");
        RemoteLimits usual = RemoteLimits.USUAL;
        RemoteLimits limits = checked(
                "limits",
                () -> new RemoteLimits(
                        millis(given, "connect_ms", usual.connect()),
                        millis(given, "request_ms", usual.request()),
                        integer(given, "concurrency", usual.concurrency()),
                        new RetryRule(
                                integer(given, "tries", usual.retry().tries()),
                                millis(given, "first_pause_ms", usual.retry().first()),
                                millis(given, "longest_pause_ms", usual.retry().longest())),
                        breaker(given)));
        given.refuseOthers();
        return limits;
    }

    private static BreakerRule breaker(JsonFields limits) {
        BreakerRule usual = BreakerRule.USUAL;
        if (!limits.has("breaker")) {
            return usual;
        }
        JsonFields given = limits.object("breaker");
        BreakerRule rule = new BreakerRule(
                integer(given, "window", usual.window()),
                integer(given, "least", usual.minTries()),
                given.has("failures") ? given.number("failures") : usual.failureRate(),
                millis(given, "rest_ms", usual.rest()),
                integer(given, "probes", usual.probes()));
        given.refuseOthers();
        return rule;
    }

    private static int integer(JsonFields fields, String field, int usual) {
        return fields.has(field) ? fields.integer(field) : usual;
    }

    private static Duration millis(JsonFields fields, String field, Duration usual) {
        return fields.has(field) ? Duration.ofMillis(fields.integer(field)) : usual;
    }

    private Optional<Fallback> fallback() {
        if (!fields.has("fallback")) {
            return Optional.empty();
        }
        JsonFields given = fields.object("fallback");
        Fallback fallback = given.has("model")
                ? new Fallback.Model(checked("fallback", () -> ModelRef.parse(given.text("model"))))
                : new Fallback.Label(given.text("answer"));
        given.refuseOthers();
        return Optional.of(fallback);
    }

    /** The remote room's own checks do not know which field they are about. */
    private <T> T checked(String field, Supplier<T> work) {
        try {
            return work.get();
        } catch (FoveaException e) {
            throw e.getMessage().startsWith(name + ".")
                    ? e
                    : new FoveaException(
                            ErrorCode.CONFIGURATION_INVALID, "%s.%s: %s".formatted(name, field, e.getMessage()));
        }
    }
}
