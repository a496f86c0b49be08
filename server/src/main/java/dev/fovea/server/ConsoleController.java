package dev.fovea.server;

import io.swagger.v3.oas.annotations.Hidden;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** The console routes in the browser: its own paths all get its one page. */
@Hidden
@Controller
final class ConsoleController {

    @GetMapping({"/", "/models/**", "/try", "/try/**"})
    String page() {
        return "forward:/index.html";
    }
}
