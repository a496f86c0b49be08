package dev.fovea.datasets.exchange.xml;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * An element with all that is in it.
 *
 * @param text directly in it, without white space at its ends
 * @param line where its start tag ends, from 1
 */
record XmlElement(String name, Map<String, String> attributes, List<XmlElement> children, String text, int line) {

    /** Reads the element whose start tag the stream is at; afterwards the stream is at its end tag. */
    static XmlElement read(XMLStreamReader xml) throws XMLStreamException {
        String name = xml.getLocalName();
        int line = xml.getLocation().getLineNumber();
        Map<String, String> attributes = new HashMap<>();
        for (int i = 0; i < xml.getAttributeCount(); i++) {
            attributes.put(xml.getAttributeLocalName(i), xml.getAttributeValue(i));
        }
        List<XmlElement> children = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (int event = xml.next(); event != XMLStreamConstants.END_ELEMENT; event = xml.next()) {
            switch (event) {
                case XMLStreamConstants.START_ELEMENT -> children.add(read(xml));
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> text.append(xml.getText());
                default -> {
                    // comments and such
                }
            }
        }
        return new XmlElement(name, attributes, children, text.toString().strip(), line);
    }

    /** The text at a path of names below it; empty where it is not there. */
    String text(String... path) {
        XmlElement at = this;
        for (String step : path) {
            List<XmlElement> found = at.all(step);
            if (found.isEmpty()) {
                return "";
            }
            at = found.getFirst();
        }
        return at.text();
    }

    /** The children of a name. */
    List<XmlElement> all(String child) {
        return children.stream().filter(each -> each.name().equals(child)).toList();
    }

    String attribute(String key) {
        return attributes.getOrDefault(key, "");
    }

    /** Text as it may stand in an element or attribute. */
    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("\n", "&#10;")
                .replace("\t", "&#9;")
                .replace("\r", "&#13;")
                .replaceAll("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\ufffe\\uffff]", "\ufffd");
    }
}
