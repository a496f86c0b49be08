package dev.fovea.api.advice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.api.advice.AdviceViews.AdviceOrderView;
import dev.fovea.api.advice.AdviceViews.MeasuredWayView;
import dev.fovea.api.advice.AdviceViews.WaysView;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdviceControllerTest {

    private final AdviceController controller = new AdviceController();

    @Test
    void everyListedFieldTakesItsDefault() {
        WaysView usual = controller.advise(new AdviceOrderView(Map.of(), List.of()));

        for (AdviceViews.AdviceFieldView field : controller.fields().fields()) {
            assertThat(controller.advise(new AdviceOrderView(Map.of(field.key(), field.usual()), List.of())))
                    .as(field.key())
                    .isEqualTo(usual);
        }
    }

    @Test
    void imagesThatMustStayRuleOutWhatSendsThem() {
        WaysView advice = controller.advise(
                new AdviceOrderView(Map.of("privacy", "internal", "images", "500", "labelled", "500"), List.of()));

        assertThat(advice.ways())
                .filteredOn(way -> List.of("api", "blend").contains(way.way()))
                .hasSize(2)
                .allSatisfy(way -> assertThat(way.ruledOut()).isNotEmpty());
        assertThat(advice.costs().byWay())
                .extracting(AdviceViews.WayCostView::way)
                .doesNotContain("api", "blend");
    }

    @Test
    void whatWasMeasuredTakesThePlaceOfTheRule() {
        WaysView advice = controller.advise(new AdviceOrderView(
                Map.of("accuracy", "0.95"), List.of(new MeasuredWayView("remote:vision", "api", 40, 100))));

        assertThat(advice.ways())
                .filteredOn(way -> way.way().equals("api"))
                .singleElement()
                .satisfies(way -> {
                    assertThat(way.evidence())
                            .hasValueSatisfying(words -> assertThat(words).startsWith("remote:vision: 40.0 % right"));
                    assertThat(way.ruledOut()).anyMatch(reason -> reason.contains("surely below the 95.0 %"));
                    assertThat(way.score().byCriterion()).containsEntry("accuracy", 0.0);
                });
    }

    @ParameterizedTest
    @CsvSource({
        "volume, none, 'volume is \"none\"; it must be a number'",
        "accuracy, 1.5, 'accuracy is 1.5; it must be above 0 and below 1'",
        "colour, red, '\"colour\" is unknown. It is one of images'"
    })
    void wrongValuesAreNamedWithTheRemedy(String key, String value, String message) {
        assertThatThrownBy(() -> controller.advise(new AdviceOrderView(Map.of(key, value), List.of())))
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({"api, 11, 10, '11 of 10 images are right'", "car, 1, 10, 'way is car; it must be one of api'"})
    void measurementsThatCannotBeAreRefused(String way, int right, int images, String message) {
        assertThatThrownBy(() -> controller.advise(
                        new AdviceOrderView(Map.of(), List.of(new MeasuredWayView("one", way, right, images)))))
                .hasMessageContaining(message);
    }
}
