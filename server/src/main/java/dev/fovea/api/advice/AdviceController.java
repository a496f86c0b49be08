package dev.fovea.api.advice;

import dev.fovea.pipeline.advice.AdviceField;
import dev.fovea.pipeline.advice.AdviceValues;
import dev.fovea.pipeline.advice.Advisor;
import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Which way to a model at all. Nothing is stored. */
@RestController
public final class AdviceController {

    private static final String ADVICE = "/v1/advice";

    @GetMapping(ADVICE)
    @Operation(operationId = "listAdviceFields", summary = "What advice is made from, with the default of each value")
    AdviceViews.AdviceFieldList fields() {
        return new AdviceViews.AdviceFieldList(List.of(AdviceField.values()).stream()
                .map(AdviceViews.AdviceFieldView::of)
                .toList());
    }

    @PostMapping(ADVICE)
    @Operation(
            operationId = "advise",
            summary =
                    "Compare the ways to a classifier: a service, a pretrained network, one from scratch, a blend, a supplier",
            description =
                    "What rules each way out, five criteria with their weights, costs with the break-even, and risks. Scores of accuracy are a rule of thumb until measurements on one's own images are stated. Nothing is stored, and no service is called.")
    AdviceViews.WaysView advise(@RequestBody AdviceViews.AdviceOrderView order) {
        AdviceValues values = new AdviceValues();
        order.values().forEach(values::put);
        return AdviceViews.WaysView.of(Advisor.of(values.order(order.pilot())));
    }
}
