package dev.fovea.json;

import java.time.Duration;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/** Durations as {@link DurationText}. */
final class DurationModule extends SimpleModule {

    private static final long serialVersionUID = 1;

    DurationModule() {
        addSerializer(new StdSerializer<Duration>(Duration.class) {
            @Override
            public void serialize(Duration value, JsonGenerator json, SerializationContext context) {
                json.writeString(DurationText.of(value));
            }
        });
        addDeserializer(Duration.class, new StdDeserializer<>(Duration.class) {
            @Override
            public Duration deserialize(JsonParser json, DeserializationContext context) {
                String text = json.hasToken(JsonToken.VALUE_STRING) ? json.getString() : "";
                return DurationText.parse(text)
                        .orElseThrow(() -> MismatchedInputException.from(json, Duration.class, "no duration"));
            }
        });
    }
}
