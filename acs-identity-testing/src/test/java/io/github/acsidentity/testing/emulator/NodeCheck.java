/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs one of the checks in {@code src/it/javascript} with Node.js, in a directory of its own. */
final class NodeCheck {

    private static final Path SOURCE = Path.of("src", "it", "javascript").toAbsolutePath();

    private final Path directory;
    private final String test;

    /** Installs the packages that the check needs. */
    NodeCheck(Path directory, String test) throws Exception {
        this.directory = directory;
        this.test = test;
        for (String file : new String[] {".npmrc", "package.json", "package-lock.json", test}) {
            Files.copy(SOURCE.resolve(file), directory.resolve(file));
        }
        run(Map.of(), "npm", "ci");
    }

    /** Skips the test, saying so, where a program is not installed. */
    static void requireTool(String check, String tool) throws InterruptedException {
        boolean present = isPresent(tool);
        String message = check + " was skipped: " + tool + " is not installed";
        if (!present) {
            System.out.println(message);
        }
        assumeTrue(present, message);
    }

    static boolean isPresent(String tool) throws InterruptedException {
        try {
            return new ProcessBuilder(tool, "--version")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException notInstalled) {
            return false;
        }
    }

    /** Runs the check, which must pass as a whole, and returns what it printed. */
    String pass(Map<String, String> environment) throws Exception {
        String output = run(environment, "node", "--test", "--test-reporter=tap", test);
        assertThat(output).containsPattern("(?m)^# fail 0$").containsPattern("(?m)^# skipped 0$");
        return output;
    }

    private String run(Map<String, String> environment, String... command) throws Exception {
        Path output = Files.createTempFile("javascript-check-", ".log");
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            boolean ended = process.waitFor(5, TimeUnit.MINUTES);
            process.destroyForcibly();
            String text = Files.readString(output, UTF_8);
            assertThat(ended)
                    .as("%s ended in time:%n%s", String.join(" ", command), text)
                    .isTrue();
            assertThat(process.exitValue())
                    .as("%s:%n%s", String.join(" ", command), text)
                    .isZero();
            return text;
        } finally {
            Files.delete(output);
        }
    }
}
