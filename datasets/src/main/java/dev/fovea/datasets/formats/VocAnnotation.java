package dev.fovea.datasets.formats;

import dev.fovea.datasets.ClassName;
import dev.fovea.datasets.formats.Annotated.ObjectMark;
import dev.fovea.datasets.formats.Annotated.Stated;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.ImageSize;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * One XML file of Pascal VOC. The document type and entities are not read. VOC's own archives count pixels from 1 with
 * both ends inside ({@code xmin − 1} to {@code xmax} here); LabelImg, CVAT and Roboflow write edges from 0. Source:
 * VOC2012 Development Kit, section 3.
 *
 * @param file it was read from
 * @param imageName the element {@code filename}, empty where there is none
 * @param size as declared; empty when absent or 0
 * @param boxes those marked difficult among them
 */
record VocAnnotation(Path file, String imageName, Optional<ImageSize> size, List<Stated> boxes) {

    private static final String OBJECT = "annotation/object";
    private static final String BOX = OBJECT + "/bndbox/";

    /** Whether the root element is {@code annotation}. */
    static boolean isVoc(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            XMLStreamReader reader = factory().createXMLStreamReader(in);
            while (reader.hasNext()) {
                if (reader.next() == XMLStreamConstants.START_ELEMENT) {
                    return reader.getLocalName().equals("annotation");
                }
            }
            return false;
        } catch (IOException | XMLStreamException e) {
            return file.resolveSibling("").endsWith("Annotations")
                    || file.resolveSibling("").endsWith("annotations");
        }
    }

    /** Reads a file; {@code DATASET_INVALID} with file and line when it is damaged. */
    static VocAnnotation read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return new Parser(file, factory().createXMLStreamReader(in)).parse();
        } catch (XMLStreamException e) {
            throw new FoveaException(
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
        } catch (IOException e) {
            throw new FoveaException(
                    ErrorCode.DATASET_INVALID, "%s cannot be read. Check its permissions.".formatted(file), e);
        }
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }

    /** Walks the elements once; what is of no use is passed over. */
    private static final class Parser {

        private final Path file;
        private final XMLStreamReader reader;
        private final Map<String, String> head = new HashMap<>();
        private final Map<String, String> object = new HashMap<>();
        private final List<Stated> boxes = new ArrayList<>();
        private final StringBuilder text = new StringBuilder();
        private String path = "";
        private int objectLine;

        Parser(Path file, XMLStreamReader reader) {
            this.file = file;
            this.reader = reader;
        }

        VocAnnotation parse() throws XMLStreamException {
            while (reader.hasNext()) {
                switch (reader.next()) {
                    case XMLStreamConstants.START_ELEMENT -> open();
                    case XMLStreamConstants.END_ELEMENT -> close();
                    case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> text.append(reader.getText());
                    default -> {
                        // comments and such
                    }
                }
            }
            return new VocAnnotation(file, head.getOrDefault("annotation/filename", ""), size(), counted());
        }

        private void open() {
            path += (path.isEmpty() ? "" : "/") + reader.getLocalName();
            text.setLength(0);
            if (path.equals(OBJECT)) {
                object.clear();
                objectLine = reader.getLocation().getLineNumber();
            }
        }

        private void close() {
            if (path.equals(OBJECT)) {
                finish();
            } else if (path.startsWith(OBJECT + "/")) {
                object.put(path, text.toString().strip());
            } else {
                head.put(path, text.toString().strip());
            }
            text.setLength(0);
            path = path.substring(0, Math.max(0, path.lastIndexOf('/')));
        }

        private void finish() {
            String name = object.getOrDefault(OBJECT + "/name", "");
            if (name.isEmpty()) {
                throw BoxFitting.invalid("%s has no name. Correct the file.".formatted(where()));
            }
            boxes.add(new Stated(
                    ClassName.of(name, where()),
                    edge("xmin"),
                    edge("ymin"),
                    edge("xmax"),
                    edge("ymax"),
                    where(),
                    object.getOrDefault(OBJECT + "/difficult", "0").equals("1")
                            ? ObjectMark.DIFFICULT
                            : ObjectMark.NONE));
        }

        private double edge(String name) {
            String value = object.getOrDefault(BOX + name, "");
            if (value.matches("-?\\d+(\\.\\d*)?([eE][-+]?\\d+)?")) {
                return Double.parseDouble(value);
            }
            throw BoxFitting.invalid("%s: %s must be a number of pixels and is \"%s\". Correct the file."
                    .formatted(where(), name, value));
        }

        private String where() {
            return "The object in line %d of %s".formatted(objectLine, file);
        }

        private Optional<ImageSize> size() {
            String width = head.getOrDefault("annotation/size/width", "");
            String height = head.getOrDefault("annotation/size/height", "");
            return width.matches("0*[1-9]\\d{0,7}") && height.matches("0*[1-9]\\d{0,7}")
                    ? Optional.of(new ImageSize(Integer.parseInt(width), Integer.parseInt(height)))
                    : Optional.empty();
        }

        private List<Stated> counted() {
            boolean fromOne =
                    head.getOrDefault("annotation/source/database", "").startsWith("The VOC");
            return fromOne
                    ? boxes.stream()
                            .map(box -> new Stated(
                                    box.category(),
                                    box.x1() - 1,
                                    box.y1() - 1,
                                    box.x2(),
                                    box.y2(),
                                    box.where(),
                                    box.mark()))
                            .toList()
                    : boxes;
        }
    }
}
