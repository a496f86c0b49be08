package dev.fovea.cli.cascade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.cli.terminal.TemporaryHome;
import dev.fovea.datasets.DatasetVersion;
import dev.fovea.datasets.Split;
import dev.fovea.imaging.ImageFormat;
import dev.fovea.server.Application;
import dev.fovea.server.GoogleService;
import dev.fovea.server.Run;
import dev.fovea.server.TestModels;
import dev.fovea.synthetic.FabricClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(180)
class CascadePlanTest {

    private static final int EACH = 10;

    @TempDir
    private Path data;

    private GoogleService google;
    private TemporaryHome home;

    @BeforeEach
    void prepare() throws IOException {
        google = new GoogleService();
        home = new TemporaryHome();
        try (Application application = Application.open(home.path())) {
            TestModels models = new TestModels(application);
            models.promote(models.register("small", 1));
            models.promote(models.register("large", 2));
            models.file("remotes.json", google.remotes(100));
        }
        for (FabricClass kind : new FabricClass[] {FabricClass.HOLE, FabricClass.NONE, FabricClass.TEAR}) {
            Path folder = Files.createDirectories(data.resolve(kind.name().toLowerCase(Locale.ROOT)));
            for (int i = 0; i < EACH; i++) {
                Files.write(folder.resolve(i + ".jpg"), TestModels.image(kind, i));
            }
        }
    }

    @AfterEach
    void clear() throws IOException {
        home.close();
        google.close();
    }

    @Test
    void shouldJudgeBothModelsAndDeclareWhatItFound() {
        Run run = plan("--larger", "large", "--accuracy", "0.01", "--apply", "--json");
        assertThat(run.exit()).as(run.err()).isZero();
        JsonNode plan = new JsonMapper().readTree(run.out());
        assertThat(plan.get("images").asInt()).isEqualTo(3 * EACH);
        assertThat(plan.get("applied").asBoolean()).isTrue();
        assertThat(plan.get("unit").asString()).isEqualTo("ms");
        assertThat(plan.get("chosen").get("threshold").asDouble()).isZero();
        JsonNode cost = plan.get("expected").get("cost_per_thousand");
        assertThat(cost.get("value").asDouble()).isPositive();
        assertThat(cost.get("low").asDouble()).isBetween(0.0, cost.get("value").asDouble());
        assertThat(cost.get("high").asDouble()).isGreaterThan(cost.get("value").asDouble());
        assertThat(plan.get("learned_from").asInt()).isZero();
        assertThat(plan.get("learning_unknown")).extracting(JsonNode::asString).containsExactly("small:1", "large:1");
        assertThat(plan.get("curve").size()).isBetween(2, 13);
        assertThat(plan.get("curve").get(0).get("share").get("value").asDouble())
                .isZero();
        assertThat(plan.get("curve")
                        .get(plan.get("curve").size() - 1)
                        .get("share")
                        .get("value")
                        .asDouble())
                .isEqualTo(1);
        JsonNode shown = new JsonMapper()
                .readTree(Run.of("cascade", "show", "small", "--json", "--home", home())
                        .out());
        assertThat(shown.get("cascade").get("larger").asString()).isEqualTo("large");
        assertThat(shown.get("cascade").get("expected").get("images").asInt()).isEqualTo(3 * EACH);
        assertThat(shown.get("cascade").get("expected").get("accuracy"))
                .isEqualTo(plan.get("expected").get("accuracy"));
        assertThat(shown.get("cascade").get("expected").get("cost_per_thousand"))
                .isEqualTo(plan.get("expected").get("cost_per_thousand"));
        assertThat(Run.of("cascade", "show", "small", "--home", home()).out())
                .containsPattern("a cost of [0-9.]+ \\([0-9.]+–[0-9.]+\\) ms for 1,000 images \\(95 % intervals\\)")
                .contains("are escalated to large", "escalated,");
    }

    @Test
    void shouldSayThatTheAccuracyIsOutOfReachAndDeclareNothing() {
        Run run = plan("--larger", "large", "--accuracy", "1", "--apply", "--cost-small", "1", "--cost-large", "9");
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out())
                .contains("No threshold reaches 100 %")
                .contains("THRESHOLD")
                .contains("→")
                .contains("Nothing is declared");
        assertThat(Run.of("cascade", "show", "small", "--home", home()).out()).contains("It has no cascade");
    }

    @Test
    void shouldSayWhatAServiceWillCostAndAskNothingWithoutLeave() {
        Run refused = plan("--larger", "remote:vision", "--accuracy", "0.3");
        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.err())
                .contains("30 images at 0.5 USD each cost 15.00 USD")
                .contains("--spend");
        assertThat(google.calls).hasValue(0);
        Run spent = plan("--larger", "remote:vision", "--accuracy", "0.3", "--spend", "--json");
        assertThat(spent.err()).contains("30 images at 0.5 USD each cost 15.00 USD");
        JsonNode plan = new JsonMapper().readTree(spent.out());
        assertThat(google.calls).hasValue(30);
        assertThat(plan.get("unit").asString()).isEqualTo("USD");
        JsonNode last = plan.get("curve").get(plan.get("curve").size() - 1);
        assertThat(last.get("cost_per_thousand").get("value").asDouble()).isEqualTo(500);
        assertThat(last.get("cost_per_thousand").get("high").asDouble()).isEqualTo(500);
        double share = last.get("share").get("low").asDouble();
        assertThat(last.get("cost_per_thousand").get("low").asDouble()).isCloseTo(500 * share, within(1e-9));
        assertThat(last.get("accuracy").get("value").asDouble()).isEqualTo(1.0 / 3);
    }

    @Test
    void shouldLeaveOutImagesThatOneOfTheModelsWasTrainedOn() throws IOException {
        trained("small", 3, List.of("hole/0.jpg", "hole/1.jpg", "none/0.jpg"), List.of("none/1.jpg"));
        trained("large", 4, List.of("none/0.jpg", "tear/0.jpg"), List.of());
        Files.copy(data.resolve("tear/9.jpg"), data.resolve("tear/again.jpg"));
        String[] costs = {"--larger", "large", "--accuracy", "0.01", "--cost-small", "1", "--cost-large", "9"};
        Run run = plan(costs);
        assertThat(run.out())
                .contains(
                        "Evaluated on 25 images; left out: 5 that one of the models was trained on, 1 with the content of another one.")
                .contains("a cost of 1000 (1000–")
                .contains("ESCALATED")
                .doesNotContain("are unknown");
        List<String> more = new ArrayList<>();
        for (int i = 2; i < 8; i++) {
            more.add("hole/" + i + ".jpg");
        }
        trained("small", 5, more, List.of());
        trained("large", 6, List.of("none/0.jpg", "none/1.jpg", "tear/0.jpg", "tear/1.jpg", "tear/2.jpg"), List.of());
        assertThat(plan(costs).err())
                .startsWith("DATASET_INVALID")
                .contains("contains 19 images that neither model learned from (left out: 11)")
                .contains("a plan needs 20 or more")
                .contains("that neither model was trained on");
    }

    /** Promotes a version that was trained on some of the images and validated on others. */
    private void trained(String name, long seed, List<String> train, List<String> validation) throws IOException {
        List<DatasetVersion.Item> items = new ArrayList<>();
        for (String path : train) {
            items.add(item(path, Split.TRAIN));
        }
        for (String path : validation) {
            items.add(item(path, Split.VALIDATION));
        }
        items.add(item("hole/9.jpg", Split.TEST));
        try (Application application = Application.open(home.path())) {
            TestModels models = new TestModels(application);
            models.promote(models.trained(name, seed, DatasetVersion.of(items)));
        }
    }

    /** The file may lie in another folder by now; its content tells. */
    private DatasetVersion.Item item(String path, Split split) throws IOException {
        return new DatasetVersion.Item(
                DatasetVersion.contentHash(Files.readAllBytes(data.resolve(path))),
                path.substring(0, path.indexOf('/')),
                split,
                "elsewhere/" + path,
                1,
                1,
                ImageFormat.JPEG,
                Optional.empty());
    }

    @Test
    void shouldRefuseWhatItCannotJudgeBy() throws IOException {
        Files.createDirectories(data.resolve("stain"));
        Files.write(data.resolve("stain/1.jpg"), TestModels.image(FabricClass.NONE, 1));
        assertThat(plan("--larger", "large", "--accuracy", "0.9").err())
                .startsWith("LABELS_MISMATCH")
                .contains("stain");
        assertThat(plan("--larger", "large", "--accuracy", "95").err()).startsWith("ARGUMENT_INVALID");
        assertThat(plan("--larger", "large", "--accuracy", "0.9", "--cost-small", "1")
                        .err())
                .contains("Give both");
    }

    private Run plan(String... more) {
        String[] all = new String[more.length + 7];
        String[] common = {"cascade", "plan", "small", "--data", data.toString(), "--home", home()};
        System.arraycopy(common, 0, all, 0, common.length);
        System.arraycopy(more, 0, all, common.length, more.length);
        return Run.of(all);
    }

    private String home() {
        return home.path().toString();
    }
}
