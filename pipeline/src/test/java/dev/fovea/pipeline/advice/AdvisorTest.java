package dev.fovea.pipeline.advice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.fault.FoveaException;
import dev.fovea.pipeline.advice.Advice.RankedWay;
import dev.fovea.pipeline.advice.PilotResult.PilotContender;
import dev.fovea.statistics.WilsonInterval;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdvisorTest {

    @Test
    void shouldRuleOutWhatSendsImagesWhereTheyMustStay() {
        Advice advice = advice("images=400", "labelled=400", "privacy=internal", "team=operators");
        assertThat(way(advice, Way.API).ruledOut()).contains("Images must not leave the machines.");
        assertThat(way(advice, Way.BLEND).isOpen()).isFalse();
        assertThat(advice.ways().getFirst().way()).isEqualTo(Way.FINE_TUNE);
        assertThat(advice.move()).isEmpty();
    }

    @Test
    void shouldBeginWithAServiceWhereItIsSooner() {
        Advice advice = advice("images=100", "labelled=0", "classes=2", "volume=1000");
        assertThat(advice.ways().getFirst().way()).isEqualTo(Way.API);
        assertThat(advice.move().orElseThrow()).contains("Begin with the service");
        assertThat(way(advice, Way.SCRATCH).ruledOut().getFirst()).contains("about 500 labelled images of each class");
    }

    @Test
    void shouldStateTheBreakEvenThatTheCostsHave() {
        Advice advice = advice(
                "images=500",
                "labelled=500",
                "team=operators",
                "api-price=2",
                "day-rate=500",
                "machine-price=100",
                "upkeep-days=1",
                "months=10",
                "volume=1000000");
        // once 1,500 against 1,000; a month 600 against 2,000
        WayCost own = line(advice, Way.FINE_TUNE).cost();
        assertThat(own).isEqualTo(new WayCost(1500, 600, 0));
        assertThat(line(advice, Way.FINE_TUNE).total()).isEqualTo(1500 + 10 * 600.0);
        assertThat(line(advice, Way.API).total()).isEqualTo(1000 + 10 * 2000.0);
        assertThat(advice.costs().breakEvens().getFirst())
                .contains("from 325,000 images a month over 10 months", "after 0.4 months");
        WayCost service = line(advice, Way.API).cost();
        assertThat(own.total(10, 325_000)).isCloseTo(service.total(10, 325_000), within(1e-6));
    }

    @Test
    void shouldPutMeasuredAccuracyBeforeTheRuleOfThumb() {
        PilotResult pilot = new PilotResult(
                List.of(
                        new PilotContender(
                                "remote:vision",
                                Way.API,
                                WilsonInterval.of(40, 100),
                                0,
                                Optional.of(80.0),
                                Optional.of("0.1 EUR")),
                        new PilotContender(
                                "a linear probe",
                                Way.FINE_TUNE,
                                WilsonInterval.of(97, 100),
                                0,
                                Optional.empty(),
                                Optional.empty())),
                100,
                300,
                3,
                List.of());
        Advice advice = Advisor.of(values("accuracy=0.9").order(Optional.of(pilot)));
        assertThat(advice.situation().images().labelled()).isEqualTo(300);
        assertThat(way(advice, Way.API).ruledOut().getFirst()).contains("remote:vision is surely below the 90.0 %");
        assertThat(way(advice, Way.FINE_TUNE).scores()).containsEntry(Criterion.ACCURACY, 1.0);
        assertThat(AdviceText.markdown(advice)).contains("On 100 images", "97.0 %");
    }

    @Test
    void shouldFollowTheWeights() {
        String[] situation = {"images=5000", "labelled=5000", "team=modellers", "volume=100000"};
        Advice usual = advice(situation);
        AdviceValues values = values(situation);
        values.put("weight-effort", "20");
        assertThat(usual.ways().getFirst().way()).isEqualTo(Way.FINE_TUNE);
        assertThat(Advisor.of(values.order(Optional.empty())).ways().getFirst().way())
                .isEqualTo(Way.API);
    }

    @Test
    void shouldSayWhenNothingIsPossible() {
        Advice advice = advice("privacy=internal", "images=10", "labelled=10");
        assertThat(advice.recommendation()).startsWith("Every way is ruled out");
        assertThat(advice.costs().byWay()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "accuracy=1 | accuracy is 1.0; it must be above 0 and below 1",
                "team=robots | team is \"robots\"; it must be one of developers, operators, modellers",
                "volume=many | volume is \"many\"; it must be a number",
                "images=1.5 | images is \"1.5\"; it must be a whole number",
                "labelled=5 | labelled is 5; it must be from 0 to the images, 0",
                "api-price=-1 | api-price is -1.0; it must be 0 or more",
                "speed=1 | \"speed\" is unknown. It is one of images",
            })
    void shouldNameWhatIsWrong(String value, String message) {
        assertThatThrownBy(() -> advice(value))
                .isInstanceOf(FoveaException.class)
                .hasMessageContaining(message);
    }

    private static RankedWay way(Advice advice, Way wanted) {
        return advice.ways().stream()
                .filter(each -> each.way() == wanted)
                .findFirst()
                .orElseThrow();
    }

    private static Advice.CostLine line(Advice advice, Way wanted) {
        return advice.costs().byWay().stream()
                .filter(each -> each.way() == wanted)
                .findFirst()
                .orElseThrow();
    }

    private static Advice advice(String... stated) {
        return Advisor.of(values(stated).order(Optional.empty()));
    }

    private static AdviceValues values(String... stated) {
        AdviceValues values = new AdviceValues();
        for (String each : stated) {
            int at = each.indexOf('=');
            values.put(each.substring(0, at), each.substring(at + 1));
        }
        return values;
    }
}
