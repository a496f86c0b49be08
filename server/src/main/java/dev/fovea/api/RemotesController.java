package dev.fovea.api;

import dev.fovea.api.view.RemoteViews;
import dev.fovea.serving.routing.Remotes;
import io.swagger.v3.oas.annotations.Operation;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** How the services elsewhere fare. */
@RestController
public final class RemotesController {

    private final Remotes remotes;

    public RemotesController(Remotes remotes) {
        this.remotes = remotes;
    }

    @GetMapping("/v1/remotes")
    @Operation(operationId = "listRemotes", summary = "Services elsewhere: circuit, cost of the month, unmapped labels")
    RemoteViews.RemoteList remotes() {
        return new RemoteViews.RemoteList(
                remotes.status().stream().map(RemoteViews::of).toList());
    }
}
