/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.acsidentity.testing.emulator.AcsEmulator;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the packaged program the way its users do. */
class QuickstartIT {

    private static final String USER = "8:acs:[0-9a-f-]{36}_[0-9a-f-]+";
    private static final String[] STEPS = {
        "Created user " + USER,
        "Issued a voip token, which expires at \\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z",
        "Asked again: the same token, and no second call was made",
        "Revoked all tokens of " + USER,
        "Deleted user " + USER
    };
    private static final String[] DIRECTORY_STEPS = {
        "Created the tables for the directory, in a database in memory",
        "Created user " + USER + " for alice and issued a voip token, which expires at \\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z",
        "Asked again: the same token, and no second call was made",
        "Revoked all tokens of alice",
        "Deleted the user of alice, and forgot the mapping",
        "The directory has 0 users, 0 left to erase, and 0 that may exist without anybody knowing their ids"
    };

    @TempDir
    private Path folder;

    private AcsEmulator emulator;

    @BeforeEach
    void startEmulator() {
        emulator = AcsEmulator.start();
        emulator.trustStore(folder.resolve("emulator.p12"), "changeit");
    }

    @AfterEach
    void closeEmulator() {
        emulator.close();
    }

    @Test
    void quickstart_withoutAConnectionString_usesTheEmbeddedEmulator() throws Exception {
        Result result = run(null);

        assertThat(result.errors()).isEmpty();
        assertThat(result.lines().get(0))
                .isEqualTo("COMMUNICATION_SERVICES_CONNECTION_STRING is not set: using the embedded emulator");
        assertSteps(result.lines().subList(1, result.lines().size()), STEPS);
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void quickstart_withAConnectionString_usesThatResource() throws Exception {
        Result result = run(emulator.connectionString());

        assertThat(result.errors()).isEmpty();
        assertSteps(result.lines(), STEPS);
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void quickstart_withAWrongKey_printsOneLineAndFails() throws Exception {
        Result result = run("endpoint=" + emulator.endpoint() + ";accesskey=d3Jvbmcga2V5");

        assertThat(result.lines()).isEmpty();
        assertThat(result.errors())
                .singleElement()
                .asString()
                .startsWith("Failed: ")
                .doesNotContain("d3Jvbmcga2V5");
        assertThat(result.exitCode()).isEqualTo(1);
    }

    @Test
    void quickstart_withABrokenConnectionString_printsOneLineAndFails() throws Exception {
        Result result = run("accesskey=d3Jvbmcga2V5");

        assertThat(result.lines()).isEmpty();
        assertThat(result.errors())
                .singleElement()
                .asString()
                .startsWith("Failed: ")
                .doesNotContain("d3Jvbmcga2V5");
        assertThat(result.exitCode()).isEqualTo(1);
    }

    @Test
    void quickstart_ofTheDirectory_usesTheEmbeddedEmulator() throws Exception {
        Result result = run(null, "directory");

        assertThat(result.errors()).isEmpty();
        assertThat(result.lines().get(0))
                .isEqualTo("COMMUNICATION_SERVICES_CONNECTION_STRING is not set: using the embedded emulator");
        assertSteps(result.lines().subList(1, result.lines().size()), DIRECTORY_STEPS);
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void quickstart_ofTheDirectoryWithAWrongKey_printsOneLineAndFails() throws Exception {
        Result result = run("endpoint=" + emulator.endpoint() + ";accesskey=d3Jvbmcga2V5", "directory");

        assertThat(result.errors())
                .singleElement()
                .asString()
                .startsWith("Failed: ")
                .doesNotContain("d3Jvbmcga2V5");
        assertThat(result.exitCode()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"directories", "directory directory", "--help"})
    void quickstart_withOtherArguments_printsOneLineAndDoesNothing(String arguments) throws Exception {
        Result result = run(null, arguments.split(" "));

        assertThat(result.lines()).isEmpty();
        assertThat(result.errors())
                .containsExactly("Takes no argument, or the argument directory, but got " + arguments);
        assertThat(result.exitCode()).isEqualTo(2);
    }

    private static void assertSteps(List<String> lines, String... steps) {
        assertThat(lines).hasSize(steps.length);
        for (int i = 0; i < steps.length; i++) {
            assertThat(lines.get(i)).matches(steps[i]);
        }
    }

    private Result run(@Nullable String connectionString, String... arguments)
            throws IOException, InterruptedException {
        File output = folder.resolve("output").toFile();
        File errors = folder.resolve("errors").toFile();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-Djavax.net.ssl.trustStore=" + folder.resolve("emulator.p12"));
        command.add("-Djavax.net.ssl.trustStorePassword=changeit");
        command.add("-jar");
        command.add(Path.of("target", "quickstart.jar").toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(output).redirectError(errors);
        builder.environment().remove("COMMUNICATION_SERVICES_CONNECTION_STRING");
        if (connectionString != null) {
            builder.environment().put("COMMUNICATION_SERVICES_CONNECTION_STRING", connectionString);
        }
        Process process = builder.start();
        boolean ended = process.waitFor(60, TimeUnit.SECONDS);
        process.destroyForcibly();
        assertThat(ended).as("ended within 60 s").isTrue();
        return new Result(
                process.exitValue(), Files.readAllLines(output.toPath()), Files.readAllLines(errors.toPath()));
    }

    private record Result(int exitCode, List<String> lines, List<String> errors) {}
}
