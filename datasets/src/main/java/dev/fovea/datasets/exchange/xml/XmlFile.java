package dev.fovea.datasets.exchange.xml;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** XML files, read as a stream without document type and entities. */
final class XmlFile {

    private XmlFile() {}

    /** Reads one file. */
    interface Reading<T> {
        T read(XMLStreamReader xml) throws XMLStreamException;
    }

    /** Reads a file; {@code DATASET_INVALID} with file and line when it is damaged. */
    static <T> T read(Path file, Reading<T> reading) {
        try (InputStream in = Files.newInputStream(file)) {
            return reading.read(open(in));
        } catch (XMLStreamException e) {
            throw damaged(file, e);
        } catch (IOException e) {
            throw new FoveaException(
                    ErrorCode.DATASET_INVALID, "%s cannot be read. Check its permissions.".formatted(file), e);
        }
    }

    static XMLStreamReader open(InputStream in) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory.createXMLStreamReader(in);
    }

    static FoveaException damaged(Path file, XMLStreamException e) {
        return new FoveaException(
                ErrorCode.DATASET_INVALID,
                "Line %d of %s is not XML: %s. Correct or remove the file."
                        .formatted(
                                e.getLocation() == null
                                        ? 1
                                        : Math.max(1, e.getLocation().getLineNumber()),
                                file,
                                String.valueOf(e.getMessage())
                                        .replaceAll("(?s).*Message: ", "")
                                        .strip()),
                e);
    }

    /** Whether the root element has a name. */
    static boolean hasRoot(Path file, String name) {
        try (InputStream in = Files.newInputStream(file)) {
            XMLStreamReader xml = open(in);
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamConstants.START_ELEMENT) {
                    return xml.getLocalName().equals(name);
                }
            }
            return false;
        } catch (IOException | XMLStreamException e) {
            return false;
        }
    }
}
