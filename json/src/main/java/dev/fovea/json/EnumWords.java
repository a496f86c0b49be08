package dev.fovea.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Locale;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;

/**
 * Constants of enums are words in lower case with hyphens ({@code ABOVE_ALL} is {@code above-all}); reading takes the
 * constant's own name too. Every component of a record is required, but {@code Optional} ones and collections that are
 * left out when they are empty.
 */
final class EnumWords extends JacksonAnnotationIntrospector {

    private static final long serialVersionUID = 1;

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public String[] findEnumValues(MapperConfig<?> config, AnnotatedClass type, Enum<?>[] constants, String[] names) {
        String[] annotated = super.findEnumValues(config, type, constants, names);
        for (int i = 0; i < constants.length; i++) {
            if (annotated[i] == null) {
                annotated[i] = word(constants[i]);
            }
        }
        return annotated;
    }

    @Override
    public void findEnumAliases(MapperConfig<?> config, AnnotatedClass type, Enum<?>[] constants, String[][] aliases) {
        super.findEnumAliases(config, type, constants, aliases);
        for (int i = 0; i < constants.length; i++) {
            if (aliases[i] == null || aliases[i].length == 0) {
                aliases[i] = new String[] {constants[i].name(), word(constants[i])};
            }
        }
    }

    @Override
    public Boolean hasRequiredMarker(MapperConfig<?> config, AnnotatedMember member) {
        JsonInclude included = member.getAnnotation(JsonInclude.class);
        return member instanceof AnnotatedParameter
                && !member.getRawType().getSimpleName().startsWith("Optional")
                && (included == null || included.value() != JsonInclude.Include.NON_EMPTY);
    }
}
