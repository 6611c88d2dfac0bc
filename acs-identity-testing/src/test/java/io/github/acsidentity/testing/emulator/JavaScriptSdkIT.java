/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.acsidentity.IdentityOperation;
import io.github.acsidentity.testing.FakeIdentityService;
import io.github.acsidentity.testing.FakeResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The official JavaScript SDK against both doors: starts {@code identity.test.js} with Node.js. Skipped, saying so,
 * where Node.js is not installed.
 */
@Tag("extended")
class JavaScriptSdkIT {

    private static final Path CHECK = Path.of("src", "it", "javascript").toAbsolutePath();
    private static final String CLIENT_ID = "11111111-2222-4333-8444-555555555555";
    private static final String TEAMS_USER = "66666666-7777-4888-8999-aaaaaaaaaaaa";

    @Test
    void everyOperationAndErrorCase_throughBothDoors_isAsTheSdkExpects(@TempDir Path directory) throws Exception {
        requireTool("node");
        requireTool("npm");
        install(directory);
        FakeIdentityService service = FakeIdentityService.create();
        FakeResource foreign = service.addResource();
        try (AcsEmulator emulator =
                AcsEmulator.builder().service(service).httpPort(0).start()) {
            Path certificate = Files.writeString(directory.resolve("ca.pem"), emulator.caPem());

            String output = run(
                    Map.of(
                            "NODE_EXTRA_CA_CERTS", certificate.toString(),
                            "ACS_HTTPS", emulator.connectionString(),
                            "ACS_HTTP", emulator.httpConnectionString(),
                            "ACS_FOREIGN_USER", "8:acs:" + foreign.id() + "_00000000-0000-4000-8000-000000000000",
                            "TEAMS_TOKEN",
                                    service.teamsToken(
                                            CLIENT_ID,
                                            TEAMS_USER,
                                            service.clock().instant().plus(Duration.ofHours(2))),
                            "TEAMS_CLIENT_ID", CLIENT_ID,
                            "TEAMS_USER_ID", TEAMS_USER),
                    directory,
                    "node",
                    "--test",
                    "--test-reporter=tap");

            assertThat(output)
                    .contains("ok 1 - the https door", "ok 2 - the http door")
                    .containsPattern("(?m)^# fail 0$")
                    .containsPattern("(?m)^# skipped 0$");
            assertThat(service.callCount(IdentityOperation.GET_TOKEN_FOR_TEAMS_USER))
                    .isEqualTo(8);
        }
    }

    private static void requireTool(String tool) throws InterruptedException {
        boolean present;
        try {
            present = new ProcessBuilder(tool, "--version")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException notInstalled) {
            present = false;
        }
        String message = "The check with the JavaScript SDK was skipped: " + tool + " is not installed";
        if (!present) {
            System.out.println(message);
        }
        assumeTrue(present, message);
    }

    private static void install(Path directory) throws Exception {
        for (String file : new String[] {".npmrc", "package.json", "package-lock.json", "identity.test.js"}) {
            Files.copy(CHECK.resolve(file), directory.resolve(file));
        }
        run(Map.of(), directory, "npm", "ci");
    }

    /** Runs a command, which must succeed, and returns what it printed. */
    private static String run(Map<String, String> environment, Path directory, String... command) throws Exception {
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
