package dev.fovea.json;

import java.util.function.DoubleFunction;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.module.SimpleModule;

/**
 * Numbers that are finite. Jackson reads {@code "NaN"} as a number, and numbers beyond the type's range as infinite.
 */
final class FiniteNumber<T extends Number> extends StdScalarDeserializer<T> {

    private final DoubleFunction<T> narrow;

    private FiniteNumber(Class<T> type, DoubleFunction<T> narrow) {
        super(type);
        this.narrow = narrow;
    }

    static SimpleModule module() {
        return new SimpleModule()
                .addDeserializer(double.class, new FiniteNumber<>(double.class, value -> value))
                .addDeserializer(Double.class, new FiniteNumber<>(Double.class, value -> value))
                .addDeserializer(float.class, new FiniteNumber<>(float.class, value -> (float) value))
                .addDeserializer(Float.class, new FiniteNumber<>(Float.class, value -> (float) value));
    }

    @Override
    @SuppressWarnings("unchecked")
    public T deserialize(JsonParser parser, DeserializationContext context) {
        if (parser.currentToken().isNumeric()) {
            T value = narrow.apply(parser.getDoubleValue());
            if (Double.isFinite(value.doubleValue())) {
                return value;
            }
        }
        return (T) context.handleUnexpectedToken(handledType(), parser);
    }
}
