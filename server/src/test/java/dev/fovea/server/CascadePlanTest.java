package dev.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.imaging.FabricClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
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
        try (Local local = Local.open(home.path())) {
            TestModels models = new TestModels(local);
            models.promote(models.register("small", 1));
            models.promote(models.register("large", 2));
            models.file("remotes.json", google.remotes(100));
        }
        for (FabricClass kind : new FabricClass[] {FabricClass.HOLE, FabricClass.NONE, FabricClass.TEAR}) {
            Path folder = Files.createDirectories(data.resolve(kind.name().toLowerCase(Locale.ROOT)));
            for (int i = 0; i < EACH; i++) {
                Files.write(folder.resolve(i + ".jpg"), TestModels.picture(kind, i));
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
        assertThat(plan.get("pictures").asInt()).isEqualTo(3 * EACH);
        assertThat(plan.get("applied").asBoolean()).isTrue();
        assertThat(plan.get("unit").asString()).isEqualTo("ms");
        assertThat(plan.get("chosen").get("threshold").asDouble()).isZero();
        assertThat(plan.get("chosen").get("cost_per_thousand").asDouble()).isPositive();
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
        assertThat(shown.get("cascade").get("expected").get("pictures").asInt()).isEqualTo(3 * EACH);
        assertThat(shown.get("cascade").get("expected").get("accuracy"))
                .isEqualTo(plan.get("expected").get("accuracy"));
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
                .contains("30 pictures at 0.5 USD each cost 15.00 USD")
                .contains("--spend");
        assertThat(google.calls).hasValue(0);
        Run spent = plan("--larger", "remote:vision", "--accuracy", "0.3", "--spend", "--json");
        assertThat(spent.err()).contains("30 pictures at 0.5 USD each cost 15.00 USD");
        JsonNode plan = new JsonMapper().readTree(spent.out());
        assertThat(google.calls).hasValue(30);
        assertThat(plan.get("unit").asString()).isEqualTo("USD");
        JsonNode last = plan.get("curve").get(plan.get("curve").size() - 1);
        assertThat(last.get("cost_per_thousand").asDouble()).isEqualTo(500);
        assertThat(last.get("accuracy").get("value").asDouble()).isEqualTo(1.0 / 3);
    }

    @Test
    void shouldRefuseWhatItCannotJudgeBy() throws IOException {
        Files.createDirectories(data.resolve("stain"));
        Files.write(data.resolve("stain/1.jpg"), TestModels.picture(FabricClass.NONE, 1));
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
