package dev.fovea.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.fovea.datasets.annotation.AnnotatedObject;
import dev.fovea.datasets.annotation.ImageTask;
import dev.fovea.datasets.annotation.ObjectLabels;
import dev.fovea.datasets.annotation.Shape.BoxShape;
import dev.fovea.datasets.catalog.ClassDefinition;
import dev.fovea.datasets.catalog.ItemFilter;
import dev.fovea.datasets.curation.AddOptions;
import dev.fovea.datasets.curation.Datasets;
import dev.fovea.datasets.tree.ContentHash;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.ImageLimits;
import dev.fovea.labels.Confirmations;
import dev.fovea.labels.Labelling;
import dev.fovea.labels.queue.LabelStores;
import dev.fovea.labels.queue.PrefillModel;
import dev.fovea.labels.wrong.Confirmation;
import dev.fovea.labels.wrong.ConfirmedPart;
import dev.fovea.labels.wrong.ConfirmedPart.NoObject;
import dev.fovea.labels.wrong.ConfirmedPart.RightBox;
import dev.fovea.labels.wrong.NamedBox;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Pair.class)
class ConfirmationsTest {

    private static final String FARM = "farm";
    private static final NamedBox CAT = new NamedBox("cat", 0.1, 0.2, 3, 4);
    private static final NamedBox ELSEWHERE = new NamedBox("cat", 5, 5, 2, 2);

    @Parameter
    private Pair pair;

    @TempDir
    private Path directory;

    private Home home;
    private Datasets datasets;
    private Confirmations confirmations;
    private final List<ContentHash> images = new ArrayList<>();

    @BeforeEach
    void open() {
        home = Home.open(pair.in(directory.resolve("home")), "0.1.0");
        datasets = new Datasets(
                new Datasets.DatasetStores(home.catalog(), home.items(), home.versions(), home.images()),
                _ -> List.of(),
                ImageLimits.DEFAULT,
                Clock.systemUTC());
        confirmations = new Labelling(
                        datasets,
                        new LabelStores(home.labels(), home.pilots(), home.confirmations()),
                        PrefillModel.NONE,
                        Clock.systemUTC(),
                        new Random(1))
                .confirmations();
        datasets.create(
                FARM, ImageTask.DETECTION, List.of(ClassDefinition.named("cat"), ClassDefinition.named("dog")), "ada");
        ObjectLabels label = new ObjectLabels(
                List.of(new AnnotatedObject("cat", new BoxShape(CAT.x(), CAT.y(), CAT.width(), CAT.height()))));
        var _ = datasets.add(
                FARM,
                IntStream.range(0, 2)
                        .mapToObj(seed -> NoiseImages.incoming(seed, Optional.of(label)))
                        .toList(),
                AddOptions.DEFAULT,
                (done, all) -> {});
        datasets.forEach(FARM, ItemFilter.ALL, item -> images.add(item.image().hash()));
    }

    @AfterEach
    void close() {
        home.close();
    }

    private void confirm(int image, String id, ConfirmedPart part) {
        confirmations.confirm(FARM, images.get(image), new Confirmation(id, "ada", part));
    }

    private Map<ContentHash, List<ConfirmedPart>> recorded() {
        return confirmations.of(FARM).byImage();
    }

    @Test
    void shouldKeepEachDecisionOnce() {
        confirm(0, "1", new RightBox(CAT));
        confirm(0, "1", new RightBox(CAT));
        confirm(0, "2", new NoObject(ELSEWHERE));
        assertThat(recorded()).containsOnlyKeys(images.getFirst());
        assertThat(recorded().get(images.getFirst()))
                .containsExactlyInAnyOrder(new RightBox(CAT), new NoObject(ELSEWHERE));
    }

    @Test
    void shouldFollowTheNameOfTheClassAndTheImage() {
        confirm(0, "1", new RightBox(CAT));
        confirm(1, "2", new RightBox(CAT));
        datasets.renameClass(FARM, "cat", "kitten", "ada");
        var _ = datasets.forget(images.subList(0, 1), "ada", "asked");
        assertThat(recorded())
                .isEqualTo(Map.of(
                        images.getLast(),
                        List.of(new RightBox(new NamedBox("kitten", CAT.x(), CAT.y(), CAT.width(), CAT.height())))));
    }

    @Test
    void shouldRefuseWhatTheLabelInForceDoesNotSay() {
        for (ConfirmedPart part :
                List.of(new RightBox(ELSEWHERE), new NoObject(CAT), new ConfirmedPart.ClassDecision("cat", true))) {
            assertThatExceptionOfType(FoveaException.class)
                    .isThrownBy(() -> confirm(0, "1", part))
                    .withMessageContaining("Look at the image again")
                    .extracting(FoveaException::code)
                    .isEqualTo(ErrorCode.STATE_CONFLICT);
        }
        assertThat(recorded()).isEmpty();
    }
}
