package dev.fovea.api;

import io.swagger.v3.oas.annotations.Hidden;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** The console is one page; it finds its way by what stands behind the {@code #}. */
@Hidden
@Controller
public final class ConsoleController {

    @GetMapping("/")
    String page() {
        return "forward:/index.html";
    }
}
