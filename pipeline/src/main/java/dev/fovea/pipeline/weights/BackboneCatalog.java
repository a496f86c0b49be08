package dev.fovea.pipeline.weights;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.fault.Printable;
import dev.fovea.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The backbones that can be added by name.
 *
 * @param backbones in the order in which they are listed
 */
public record BackboneCatalog(List<CatalogBackbone> backbones) {

    private static final String RESOURCE = "backbones.json";

    public BackboneCatalog {
        backbones = List.copyOf(backbones);
    }

    /** The catalogue of this version of the program. */
    public static BackboneCatalog read() {
        try (InputStream in = Objects.requireNonNull(BackboneCatalog.class.getResourceAsStream(RESOURCE))) {
            return Json.of("the catalogue of backbones", ErrorCode.INTERNAL)
                    .read(in.readAllBytes(), BackboneCatalog.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The labels of a list beside the catalogue. */
    static List<String> labels(String list) {
        String resource = list + ".txt";
        try (InputStream in = Objects.requireNonNull(BackboneCatalog.class.getResourceAsStream(resource), resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The backbone of a name, where the catalogue has it. */
    public Optional<CatalogBackbone> find(String name) {
        return backbones.stream()
                .filter(backbone -> backbone.name().equals(name))
                .findFirst();
    }

    /** The same; {@code NOT_FOUND} lists what there is. */
    public CatalogBackbone get(String name) {
        return find(name)
                .orElseThrow(() -> new FoveaException(
                        ErrorCode.NOT_FOUND,
                        "The catalogue has no backbone \"%s\". It has %s. Others are imported from a file: fovea backbones import FILE."
                                .formatted(
                                        Printable.brief(name),
                                        backbones.stream()
                                                .map(CatalogBackbone::name)
                                                .collect(Collectors.joining(", ")))));
    }
}
