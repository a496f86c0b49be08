package dev.fovea.server;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Schema;
import java.util.ArrayList;
import java.util.Map;
import org.springdoc.core.customizers.OpenApiCustomizer;

/** The OpenAPI document's title, and which fields are always there: all but those that say they may be null. */
final class ApiDocument implements OpenApiCustomizer {

    @Override
    public void customise(OpenAPI document) {
        document.info(new Info()
                .title("Fovea")
                .version("v1")
                .description("Computer-vision models in production: predictions, versions, rollouts, metrics."));
        document.setServers(null);
        document.getComponents().getSchemas().values().forEach(ApiDocument::requireAll);
    }

    private static void requireAll(Schema<?> schema) {
        Map<String, ?> properties = schema.getProperties();
        if (properties != null) {
            schema.setRequired(new ArrayList<>(properties.keySet()));
        }
    }
}
