package dev.fovea.datasets.formats;

import java.util.ArrayList;
import java.util.List;

/** The fields of a row of a CSV or TSV file (RFC 4180). Pure. */
public final class CsvFields {

    private CsvFields() {}

    /** The fields, without their quotes; a row whose last quote is open ends the field at its end. */
    public static List<String> of(CharSequence line, char separator) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quoted && c == '"' && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                field.append('"');
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == separator && !quoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return fields;
    }
}
