package dev.fovea.cli.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.cli.terminal.TemporaryHome;
import dev.fovea.datasets.annotation.ClassLabels;
import dev.fovea.datasets.catalog.DatasetItem;
import dev.fovea.datasets.catalog.ItemFilter;
import dev.fovea.datasets.catalog.LabelQuestion;
import dev.fovea.datasets.catalog.NewAnnotation;
import dev.fovea.server.Application;
import dev.fovea.server.Run;
import dev.fovea.server.TestModels;
import dev.fovea.synthetic.FabricClass;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(180)
class DataCommandTest {

    private static final int EACH = 10;

    @TempDir
    private Path images;

    private TemporaryHome home;

    @BeforeEach
    void prepare() throws IOException {
        home = new TemporaryHome();
        for (FabricClass kind : new FabricClass[] {FabricClass.HOLE, FabricClass.TEAR}) {
            Path folder = Files.createDirectories(images.resolve(kind.name().toLowerCase(Locale.ROOT)));
            for (int i = 0; i < EACH; i++) {
                Files.write(folder.resolve(i + ".jpg"), TestModels.image(kind, i));
            }
        }
        assertThat(data("create", "shirts", "--from", images.toString()).out())
                .contains("Created the data set shirts for classification.", "20 images were added");
    }

    @AfterEach
    void clear() throws IOException {
        home.close();
    }

    @Test
    void shouldShowAnImageByTheDigitsThatItsTablesList() {
        String row = lineWith(data("show", "shirts", "--tag", "class=hole").out(), "hole");
        String digits = row.substring(0, 12);
        assertThat(row).doesNotContain("{");
        Run shown = data("show", "shirts", digits);
        assertThat(shown.exit()).as(shown.err()).isZero();
        assertThat(shown.out()).startsWith(digits).contains(": hole (in force)", "No model learned from it.");
        assertThat(data("show", "shirts", "abcdef00").err()).contains("has no image whose hash begins with abcdef00");
        assertThat(data("show", "shirts", "no-hash").err()).contains("\"no-hash\" is not the hash of an image");
    }

    @Test
    void shouldSayInWordsWhatSplittingAndRenamingChanged() {
        assertThat(data("split", "shirts", "70/10/20").out())
                .containsPattern("Images assigned: train \\d+, validation \\d+, test \\d+\\. Version [0-9a-f]{12}");
        assertThat(data("split", "shirts").out()).startsWith("Every image has a split already");
        assertThat(data("rename-class", "shirts", "tear", "rip").out())
                .startsWith("tear is rip now, on 10 images. Version ");
        assertThat(data("tag", "shirts", "camera=3").exit()).isZero();
        assertThat(data("diff", "shirts", "3", "latest").out()).contains("retagged 20", ", camera=3");
        String diff = data("diff", "shirts", "1", "3").out();
        assertThat(diff).contains("moved 20, relabelled 10").doesNotContain("{");
        assertThat(diff.lines()).anyMatch(line -> line.matches("rip .*relabelled 10"));
    }

    @Test
    void shouldDeleteADatasetWhenItsNameIsTypedOrYesIsGiven() {
        Run unconfirmed = data("delete", "shirts");
        assertThat(unconfirmed.exit()).isNotZero();
        assertThat(unconfirmed.err()).contains("Nothing was deleted", "fovea data delete shirts --yes");
        assertThat(data("show", "shirts").exit()).isZero();
        JsonNode deleted = new JsonMapper()
                .readTree(data("delete", "shirts", "--yes", "--reason", "replaced", "--json")
                        .out());
        assertThat(deleted.get("images").asInt()).isEqualTo(20);
        assertThat(data("list").out()).doesNotContain("shirts");
        assertThat(data("list", "--deleted").out()).contains("shirts", "replaced");
        assertThat(data("show", "shirts").err()).contains("was deleted on");
    }

    @Test
    void shouldForgetAnImageByTheFirstDigitsOfItsHash() {
        JsonNode first = new JsonMapper()
                .readTree(data("show", "shirts", "--images", "1", "--json").out())
                .get(0);
        String hash = first.get("hash").asString();
        Run forgotten =
                data("forget", "shirts", "--image", hash.substring(0, 8), "--reason", "asked by a person", "--yes");
        assertThat(forgotten.out()).as(forgotten.err()).contains("Erased 1 image.");
        assertThat(data("show", "shirts", hash).err()).contains("was forgotten on request");
        assertThat(data("show", "shirts").out()).contains("shirts: classification, 19 images");
    }

    @Test
    void shouldNameTheVersionsThatKeepAForgottenImageAsAGoldenImage() throws IOException {
        try (Application application = Application.open(home.path())) {
            TestModels models = new TestModels(application); // the golden image is hole/1.jpg
            models.register("cloth", 1);
            models.register("cloth", 2);
        }
        Run other =
                data("forget", "shirts", "--image", images.resolve("hole/2.jpg").toString(), "--reason", "x", "--yes");
        assertThat(other.out()).contains("Erased 1 image.").doesNotContain("golden");
        String file = images.resolve("hole/1.jpg").toString();
        JsonNode forgotten = new JsonMapper()
                .readTree(data("forget", "shirts", "--image", file, "--reason", "x", "--yes", "--json")
                        .out());
        assertThat(forgotten.get(0).get("golden").toString()).isEqualTo("[\"cloth:1\",\"cloth:2\"]");
        assertThat(Run.of("delete", "cloth@1", "--home", home.path().toString()).exit())
                .isZero();
        assertThat(data("forget", "shirts", "--image", file, "--reason", "x", "--yes")
                        .out())
                .contains("keep them as golden images")
                .contains("cloth:2")
                .doesNotContain("cloth:1");
    }

    @Test
    void shouldFindAVersionByItsNumberOrSixDigitsOfItsId() {
        String saved = data("commit", "shirts", "-m", "again").out();
        assertThat(saved).startsWith("Nothing changed since the newest version");
        String id = saved.replaceAll("(?s).*: ([0-9a-f]{64}).*", "$1");
        assertThat(data("diff", "shirts", "1", id.substring(0, 6)).out()).startsWith("The versions are the same");
        assertThat(data("diff", "shirts", "1", id.substring(0, 5)).err()).contains("has no version");
    }

    @Test
    void shouldCreateNothingWhenTheSourceCannotBeRead() throws IOException {
        Path table = Files.createDirectories(images.resolveSibling(images.getFileName() + "-table"));
        Files.copy(images.resolve("hole/0.jpg"), table.resolve("0.jpg"));
        Files.writeString(table.resolve("labels.csv"), "image,person\n0.jpg,hole\n");
        Run refused = data("create", "torn", "--task", "classification", "--from", table.toString());
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err()).contains("DATASET_INVALID", "Nothing was imported");
        Run blurred = data("create", "torn", "--from", images.toString(), "--blur", "none-such");
        assertThat(blurred.exit()).isNotZero();
        Run plain = data(
                "create",
                "torn",
                "--from",
                Files.createDirectories(table.resolve("empty")).toString());
        assertThat(plain.err()).contains("has no images");
        assertThat(data("list").out()).doesNotContain("torn");
        Run inside = data(
                "create",
                "torn",
                "--from",
                table.resolve("0.jpg").resolveSibling("").toString());
        assertThat(inside.err()).contains("Nothing was imported");
    }

    @Test
    void shouldReadObjectsOnlyWhereTheHomeKnowsAnObjectStore() {
        Run unknown = data("add", "shirts", "s3://factory/line 3");
        assertThat(unknown.exit()).isNotZero();
        assertThat(unknown.err())
                .contains("ARGUMENT_INVALID", "s3://factory/line 3", "Set blobs.url (FOVEA_BLOBS_URL)");
        assertThat(data("create", "others", "--from", "s3://factory").err()).contains("blobs.url");
        assertThat(data("add", "shirts", "s3://factory/line 3", "--in-place").err())
                .contains("s3://factory/line 3 cannot stay in place", "leave out --in-place");
        assertThat(data("list").out()).doesNotContain("others");
    }

    private static String lineWith(String text, String word) {
        return text.lines().filter(line -> line.contains(word)).findFirst().orElseThrow();
    }

    private Run data(String... arguments) {
        List<String> line = new ArrayList<>(List.of("data"));
        line.addAll(Arrays.asList(arguments));
        line.addAll(List.of("--home", home.path().toString()));
        return Run.of(line.toArray(String[]::new));
    }

    @Test
    void shouldPrintAnnotationsAsJsonAndNotAsTextWithinIt() {
        JsonNode shown = new JsonMapper()
                .readTree(
                        data("show", "shirts", "--tag", "class=hole", "--json").out())
                .get(0);
        assertThat(shown.get("label").toString()).isEqualTo("{\"classes\":[\"hole\"]}");
        JsonNode one = new JsonMapper()
                .readTree(data("show", "shirts", shown.get("hash").asString(), "--json")
                        .out());
        assertThat(one.get("annotations").get(0).get("value").toString()).isEqualTo("{\"classes\":[\"hole\"]}");
    }

    @Test
    void shouldNameEachImageOfAFolderThatWasLeftOut() throws IOException {
        Files.writeString(images.resolve("hole/letter.jpg"), "dear reader");
        Files.write(images.resolve("tear/empty.png"), new byte[0]);
        Files.createSymbolicLink(images.resolve("tear/link.jpg"), images.resolve("nowhere.jpg"));
        Files.copy(images.resolve("hole/0.jpg"), images.resolve("stray.jpg"));
        Files.writeString(images.resolve("hole/._0.jpg"), "of a Mac");

        String out = data("add", "shirts", images.toString()).out();

        assertThat(out).contains("0 images were added, 20 were there already");
        for (String file : List.of("hole/letter.jpg", "tear/empty.png", "tear/link.jpg", "stray.jpg")) {
            assertThat(lineWith(out, images.resolve(file).toString())).containsAnyOf("was left out", "Not added");
        }
        assertThat(out).doesNotContain("._0.jpg");
    }

    @Test
    void shouldNameTheFilesOfAnArchiveByTheirPathInIt() throws IOException {
        Path zip = images.resolve("more.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (String name : List.of("hole/0.jpg", "tear/0.jpg", "tear/letter.jpg")) {
                out.putNextEntry(new ZipEntry(name));
                out.write(
                        name.contains("letter")
                                ? "dear reader".getBytes(StandardCharsets.UTF_8)
                                : Files.readAllBytes(images.resolve(name)));
            }
        }

        Run added = data("add", "shirts", zip.toString());

        assertThat(added.out())
                .contains("Not added: " + zip + "/tear/letter.jpg (IMAGE_FORMAT_UNSUPPORTED)")
                .doesNotContain(home.path().resolve("tmp").toString());
    }

    @Test
    void shouldSayWhatWasLeftOutOfAnArchiveThatHasNothingElse() throws IOException {
        Path zip = images.resolve("bomb.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry("hole/zeros.png"));
            out.write(new byte[300 << 20]);
        }

        Run refused = data("create", "others", "--from", zip.toString());

        assertThat(refused.err())
                .startsWith("DATASET_INVALID: " + zip)
                .contains("1 file was left out before; first hole/zeros.png: ")
                .doesNotContain(home.path().resolve("tmp").toString());
        assertThat(data("list").out()).doesNotContain("others");
    }

    @Test
    void shouldListQuestionAndExamplesAmongWhatAFormatCannotSay() {
        String hash = new JsonMapper()
                .readTree(
                        data("show", "shirts", "--tag", "class=hole", "--json").out())
                .get(0)
                .get("hash")
                .asString();
        try (Application application = Application.open(home.path())) {
            application
                    .datasets()
                    .question("shirts", new LabelQuestion("Which fault?", Optional.of(false), Optional.empty()));
            application
                    .datasets()
                    .classes(
                            "shirts",
                            classes -> classes.stream()
                                    .map(each -> each.name().equals("hole") ? each.showing(hash) : each)
                                    .toList());
        }

        Run losses = data("export", "shirts", "--format", "csv", "--to", "unused", "--losses");

        assertThat(losses.out())
                .contains("CSV cannot say the question that people answer", "first Which fault?")
                .contains("CSV cannot say example images in the definitions of classes (1, first hole)");
    }

    @Test
    void shouldNameADataSetInErrorsOfJobsAsItWasStated() throws IOException {
        Path few = Files.createDirectories(images.resolve("few"));
        for (String label : List.of("hole", "tear")) {
            Files.createDirectory(few.resolve(label));
            Files.copy(
                    images.resolve(label).resolve("1.jpg"), few.resolve(label).resolve("1.jpg"));
        }
        assertThat(data("create", "few", "--from", few.toString()).exit()).isZero();

        Run refused =
                Run.of("train", "few", "--name", "few", "--home", home.path().toString());

        assertThat(refused.err())
                .containsPattern("DATASET_INVALID: The class hole in few@[0-9a-f]{12} has 1 usable image")
                .doesNotContain(home.path().toString());
    }

    @Test
    void shouldAskForANetworkToTrainADetectorFrom() throws IOException {
        Files.writeString(images.resolve("boxes.csv"), "image,label,xmin,ymin,xmax,ymax\nhole/1.jpg,hole,1,1,9,9\n");
        assertThat(data("create", "parts", "--from", images.resolve("boxes.csv").toString())
                        .out())
                .contains("Created the data set parts for detection.");

        Run refused = Run.of(
                "train", "parts", "--name", "parts", "--home", home.path().toString());

        assertThat(refused.exit()).isNotZero();
        assertThat(refused.err())
                .contains("ARGUMENT_INVALID: The images of parts have boxes")
                .contains("Add --from MODEL")
                .doesNotContain(home.path().toString());
    }

    @Test
    void shouldAdviseAboutClassesByNameAndSayWhoseKappaItIs() {
        try (Application application = Application.open(home.path())) {
            for (DatasetItem item : application.datasets().page("shirts", ItemFilter.ALL, 0, 2 * EACH)) {
                for (String person : List.of("ada", "bob")) {
                    application
                            .labelling()
                            .annotate(
                                    "shirts",
                                    item.image().hash(),
                                    new NewAnnotation(
                                            person,
                                            ClassLabels.of(person.equals("ada") ? "hole" : "tear"),
                                            Optional.empty(),
                                            Optional.empty(),
                                            Optional.empty()),
                                    Optional.empty());
                }
            }
        }

        Run agreement = data("agreement", "shirts");

        assertThat(agreement.out().lines())
                .as(agreement.out())
                .filteredOn(line -> line.contains("Define both"))
                .singleElement()
                .asString()
                .startsWith("- People confuse \"hole\" and \"tear\" on 20 of the 20 images");
        assertThat(agreement.out()).contains("Cohen's kappa, the two people with most images in common");
    }
}
