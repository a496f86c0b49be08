package dev.fovea.server;

import dev.fovea.api.ApiDocument;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The program's controllers beside springdoc, which makes the OpenAPI document of them. */
public final class DocumentedApi {

    private static final Map<String, Object> PROPERTIES = Map.of(
            "server.port", 0,
            "spring.main.banner-mode", "off",
            "spring.jackson.property-naming-strategy", "SNAKE_CASE",
            "springdoc.api-docs.path", "/generated.json",
            "springdoc.api-docs.version", "openapi_3_1",
            "springdoc.paths-to-match", "/v1/**",
            "springdoc.default-produces-media-type", "application/json");

    private DocumentedApi() {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({HttpWiring.class, ApiDocument.class})
    static class Documenting {}

    /** The document of the controllers as they are; they are made of the parts of a server, and not called. */
    public static JsonNode document(FoveaServer server) throws IOException, InterruptedException {
        SpringApplication application = new SpringApplication(Documenting.class);
        application.setLazyInitialization(true);
        application.setRegisterShutdownHook(false);
        application.setDefaultProperties(PROPERTIES);
        application.addInitializers(context -> server.parts()
                .forEach(part -> context.getBeanFactory()
                        .registerSingleton(part.getClass().getName(), part)));
        try (ConfigurableApplicationContext context = application.run();
                HttpClient client = HttpClient.newHttpClient()) {
            String port = context.getEnvironment().getRequiredProperty("local.server.port");
            URI address = URI.create("http://127.0.0.1:" + port + "/generated.json");
            return new JsonMapper()
                    .readTree(client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
                            .body());
        }
    }
}
