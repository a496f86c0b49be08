package dev.fovea.api;

import io.swagger.v3.oas.annotations.Hidden;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/**
 * The documentation under {@code /docs}, whose pages have addresses without {@code .html}. Their files are in the jar
 * of the module {@code docs}.
 */
@Hidden
@Controller
public final class DocsController {

    /** Relative, so that it also leads there behind a proxy that puts the server under a path. */
    @GetMapping("/docs")
    ResponseEntity<Void> withSlash() {
        return ResponseEntity.status(HttpStatus.PERMANENT_REDIRECT)
                .header(HttpHeaders.LOCATION, "docs/")
                .build();
    }

    @GetMapping("/docs/")
    String home() {
        return "forward:/docs/index.html";
    }

    @GetMapping("/docs/{page:[a-z0-9-]+}")
    String page(@PathVariable String page) {
        return "forward:/docs/%s.html".formatted(page);
    }

    @GetMapping("/docs/{section:[a-z0-9-]+}/")
    String section(@PathVariable String section) {
        return "forward:/docs/%s/index.html".formatted(section);
    }

    @GetMapping("/docs/{section:[a-z0-9-]+}/{page:[a-z0-9-]+}")
    String page(@PathVariable String section, @PathVariable String page) {
        return "forward:/docs/%s/%s.html".formatted(section, page);
    }
}
