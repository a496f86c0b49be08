package dev.fovea.labels.studio;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.io.StringReader;
import java.util.Locale;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The control of a Label Studio project that takes predictions: the first one of {@code Choices},
 * {@code RectangleLabels} and {@code PolygonLabels}.
 *
 * @param type as results state it, such as {@code rectanglelabels}
 * @param fromName name of the control
 * @param toName name of the image that it labels
 */
public record StudioConfig(String type, String fromName, String toName) {

    /** Reads a labelling configuration; empty when it has no such control; {@code ARGUMENT_INVALID} for broken XML. */
    public static Optional<StudioConfig> read(String xml) {
        XMLInputFactory factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(xml));
            while (reader.hasNext()) {
                if (reader.next() == XMLStreamConstants.START_ELEMENT) {
                    String type = reader.getLocalName().toLowerCase(Locale.ROOT);
                    String from = reader.getAttributeValue("", "name");
                    String to = reader.getAttributeValue("", "toName");
                    boolean known =
                            type.equals("choices") || type.equals("rectanglelabels") || type.equals("polygonlabels");
                    if (known && from != null && to != null) {
                        return Optional.of(new StudioConfig(type, from, to));
                    }
                }
            }
            return Optional.empty();
        } catch (XMLStreamException e) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID, "\"label_config\" is not XML: %s".formatted(e.getMessage()), e);
        }
    }
}
