package dev.fovea.datasets.exchange.xml;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** The {@code image} elements of a CVAT file, one at a time in memory. */
final class CvatImages implements Iterator<XmlElement> {

    private final Path file;
    private final XMLStreamReader xml;
    private Optional<XmlElement> next;

    private CvatImages(Path file, XMLStreamReader xml) {
        this.file = file;
        this.xml = xml;
        this.next = advance();
    }

    /** The elements; the caller closes the stream. */
    static Stream<XmlElement> of(Path file) {
        try {
            InputStream in = new BufferedInputStream(Files.newInputStream(file));
            CvatImages images = new CvatImages(file, XmlFile.open(in));
            return StreamSupport.stream(Spliterators.spliteratorUnknownSize(images, Spliterator.ORDERED), false)
                    .onClose(() -> {
                        try {
                            in.close();
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    });
        } catch (XMLStreamException e) {
            throw XmlFile.damaged(file, e);
        } catch (IOException e) {
            throw new FoveaException(
                    ErrorCode.DATASET_INVALID, "%s cannot be read. Check its permissions.".formatted(file), e);
        }
    }

    /** The names of the labels that the task or project lists, in order. */
    static List<String> labels(Path file) {
        return XmlFile.read(file, xml -> {
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamConstants.START_ELEMENT) {
                    if (xml.getLocalName().equals("image")) {
                        return List.of();
                    }
                    if (xml.getLocalName().equals("labels")) {
                        return XmlElement.read(xml).all("label").stream()
                                .map(label -> label.text("name"))
                                .filter(name -> !name.isEmpty())
                                .toList();
                    }
                }
            }
            return List.of();
        });
    }

    private Optional<XmlElement> advance() {
        try {
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamConstants.START_ELEMENT
                        && xml.getLocalName().equals("image")) {
                    return Optional.of(XmlElement.read(xml));
                }
            }
            return Optional.empty();
        } catch (XMLStreamException e) {
            throw XmlFile.damaged(file, e);
        }
    }

    @Override
    public boolean hasNext() {
        return next.isPresent();
    }

    @Override
    public XmlElement next() {
        XmlElement image = next.orElseThrow(NoSuchElementException::new);
        next = advance();
        return image;
    }
}
