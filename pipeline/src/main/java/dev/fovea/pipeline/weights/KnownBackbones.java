package dev.fovea.pipeline.weights;

import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.model.formats.FoveaMetadata;
import dev.fovea.model.graph.OnnxModel;
import java.util.ArrayList;
import java.util.List;

/** The backbones of the catalogue, and those that were imported to a home. */
public final class KnownBackbones {

    private static final String UNKNOWN = "–";

    private KnownBackbones() {}

    /** The catalogue in its order, then what else the home has. */
    public static List<ListedBackbone> of(BackboneFolder folder) {
        List<ListedBackbone> listed = new ArrayList<>();
        BackboneCatalog catalog = BackboneCatalog.read();
        for (CatalogBackbone backbone : catalog.backbones()) {
            listed.add(new ListedBackbone(
                    backbone.name(),
                    folder.has(backbone.name()),
                    backbone.task(),
                    edges(backbone.contract()),
                    backbone.weights().bytes(),
                    backbone.licence(),
                    backbone.source()));
        }
        for (String name : folder.names()) {
            if (catalog.find(name).isEmpty()) {
                listed.add(imported(folder, name));
            }
        }
        return listed;
    }

    private static ListedBackbone imported(BackboneFolder folder, String name) {
        OnnxModel model = OnnxModel.read(folder.file(name));
        return new ListedBackbone(
                name,
                true,
                "imported",
                FoveaMetadata.contract(model).map(KnownBackbones::edges).orElse(UNKNOWN),
                model.size(),
                FoveaMetadata.licence(model).orElse("not stated"),
                FoveaMetadata.value(model, FoveaMetadata.SOURCE).orElse(UNKNOWN));
    }

    private static String edges(PreprocessingContract contract) {
        return "%dx%d"
                .formatted(contract.outputSize().width(), contract.outputSize().height());
    }
}
