/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.acsidentity.IdentityOperation;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The web page in a real browser: starts {@code page.test.js} with Node.js, which drives a Chromium or Chrome. Skipped,
 * saying so, where there is none. The variable {@code CHROMIUM} of the environment names another executable.
 */
@Tag("extended")
class EmulatorPageIT {

    private static final String CHECK = "The check of the web page";
    private static final List<String> USUAL_PLACES = List.of(
            "chromium",
            "chromium-browser",
            "google-chrome",
            "google-chrome-stable",
            "/Applications/Chromium.app/Contents/MacOS/Chromium",
            "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");

    @Test
    void page_inABrowser_showsAndDoesWhatItSays(@TempDir Path directory) throws Exception {
        NodeCheck.requireTool(CHECK, "node");
        NodeCheck.requireTool(CHECK, "npm");
        Path browser = browser();
        NodeCheck check = new NodeCheck(directory, "page.test.js");
        Path screenshots = Files.createDirectories(Path.of("target", "page").toAbsolutePath());
        try (AcsEmulator emulator = AcsEmulator.builder().httpPort(0).start()) {
            String output = check.pass(Map.of(
                    "PAGE", emulator.httpEndpoint() + "/",
                    "ACS_HTTP", emulator.httpConnectionString(),
                    "CHROMIUM", browser.toString(),
                    "SCREENSHOTS", screenshots.toString()));

            assertThat(output).contains("ok 1 - the web page");
            assertThat(emulator.service().callCount(IdentityOperation.CREATE_USER))
                    .isEqualTo(1);
        }
    }

    private static Path browser() throws InterruptedException {
        String chosen = System.getenv("CHROMIUM");
        List<String> candidates = chosen == null || chosen.isBlank() ? USUAL_PLACES : List.of(chosen);
        for (String candidate : candidates) {
            Optional<Path> executable = executable(candidate);
            if (executable.isPresent() && NodeCheck.isPresent(candidate)) {
                return executable.get();
            }
        }
        String message = CHECK + " was skipped: neither Chromium nor Chrome is installed";
        System.out.println(message);
        assumeTrue(false, message);
        throw new IllegalStateException(message);
    }

    /** Returns the file that a command starts. */
    private static Optional<Path> executable(String command) {
        if (command.contains("/")) {
            return Optional.of(Path.of(command)).filter(Files::isExecutable);
        }
        return List.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)).stream()
                .map(folder -> Path.of(folder, command))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
