package dev.fovea.config.binding;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * One configuration key.
 *
 * @param name {@code batching.max-queue-delay}
 * @param type of its value
 * @param key its default, limits and description
 */
public record SettingKey(String name, ValueType type, Key key) {

    /** All keys of a record of records of groups, in the order of declaration. */
    public static List<SettingKey> in(Class<? extends Record> settings) {
        return groups(settings)
                .flatMap(group -> Arrays.stream(group.getType().getRecordComponents())
                        .map(component -> of(group.getName(), component)))
                .toList();
    }

    /** The key of a component of a group's record. */
    public static SettingKey of(String group, RecordComponent component) {
        return new SettingKey(
                group + "." + kebab(component.getName()),
                ValueType.of(component),
                Objects.requireNonNull(component.getAnnotation(Key.class)));
    }

    /** The group that it belongs to. */
    public String group() {
        return name.substring(0, name.indexOf('.'));
    }

    /** The environment variable that sets it. */
    public String variable() {
        return variable(name);
    }

    static String variable(String key) {
        return "FOVEA_" + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    /** The groups of {@code Settings(…, Network(server, auth, …), …)}: records of records. */
    private static Stream<RecordComponent> groups(Class<?> settings) {
        return Arrays.stream(settings.getRecordComponents())
                .filter(component -> component.getType().isRecord())
                .flatMap(component -> Arrays.stream(component.getType().getRecordComponents()));
    }

    private static String kebab(String camel) {
        return camel.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
