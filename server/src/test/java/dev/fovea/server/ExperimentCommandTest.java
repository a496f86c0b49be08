package dev.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.cli.terminal.TemporaryHome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The commands for experiments, on a home without a server. */
class ExperimentCommandTest {

    private TemporaryHome home;

    @BeforeEach
    void open() throws IOException {
        home = new TemporaryHome();
        try (Application application = Application.open(home.path())) {
            TestModels models = new TestModels(application);
            models.promote(models.register("shirts", 1));
            models.register("shirts", 2);
            models.register("shirts", 3);
        }
    }

    @AfterEach
    void close() throws IOException {
        home.close();
    }

    private Run fovea(String line) {
        List<String> arguments = new ArrayList<>(List.of(line.split(" ")));
        arguments.add("--home");
        arguments.add(home.path().toString());
        return Run.of(arguments.toArray(String[]::new));
    }

    /** 6,745 per version: power.prop.test(p1 = .04, p2 = .05, power = .8) of R 4.3. */
    @Test
    void shouldPlanUnitsAndDays() {
        Run run = fovea("experiment plan shirts --variant 2 --figure orders --effect 0.01 --rate 0.04 --per-day 5000");
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("orders is 0.04 per unit; an effect of 0.01 is shown in 80 % of cases after:")
                .containsPattern("fixed horizon +13,48\\d +2\\.7")
                .containsPattern("sequential, in most cases +20,\\d{3} +4\\.1")
                .containsPattern("sequential, on average +14,\\d{3} +2\\.9");
    }

    @Test
    void shouldAskForWhatCannotBeMeasured() {
        Run run = fovea("experiment plan shirts --variant 2 --figure orders --effect 0.01");
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("STATE_CONFLICT").contains("State it: rate 0.04");
        Run number = fovea("experiment plan shirts --variant 2 --figure orders --effect 1 --number");
        assertThat(number.err()).contains("State it: mean 3 and deviation 8");
    }

    @Test
    void shouldStartShowAndStop() {
        Run started = fovea(
                "experiment start shirts --variant 2=20 --variant 3=30.5 --figure orders --effect 0.01 --units 5000");
        assertThat(started.exit()).as(started.err()).isZero();
        assertThat(started.out()).contains("shirts: production 1 (49.5 %), version 2 (20 %), version 3 (30.5 %)");
        assertThat(started.err()).contains("Only a running server");
        Run shown = fovea("experiment show shirts");
        assertThat(shown.out())
                .contains("shirts: running, 0 % of the horizon; results are shown when it is reached")
                .containsPattern("1 \\(production\\) +49.5 % +0 +0 +0 +–")
                .contains("values of orders: 0 counted, 0 late, 0 unknown, 0 waiting, 0 repeated");
        assertThat(fovea("canary shirts 2 5").err()).contains("fovea experiment stop shirts");
        assertThat(fovea("models").out()).contains("2 at 20 %, 3 at 30.5 %");
        assertThat(fovea("models --json").out()).contains("\"split\"");
        Run stopped = fovea("experiment stop shirts --reason enough");
        assertThat(stopped.out()).contains("shirts: stopped: enough");
        assertThat(fovea("canary shirts 2 5").exit()).isZero();
    }

    @Test
    void shouldRefuseWhatIsNotUnderstood() {
        assertRefused("--variant two", "--variant is \"two\"");
        assertRefused("--variant 2 --variant 2", "give each version once");
        assertRefused("--variant 2.5", "give each version once");
        assertRefused("--variant 2 --number --range 5", "give LOW..HIGH");
        assertRefused("--variant 2 --window soon", "--window is \"soon\"");
        assertRefused("--variant 2 --units 1", "A horizon of 1 units");
        assertRefused("--variant 2=99.999", "together");
    }

    private void assertRefused(String options, String named) {
        Run run = fovea("experiment start shirts --figure orders --effect 0.01 " + options);
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("ARGUMENT_INVALID").contains(named);
    }
}
