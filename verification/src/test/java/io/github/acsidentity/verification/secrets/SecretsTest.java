/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.verification.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Everything is done once, at full volume, and no secret is told.
 *
 * <p>{@code -Dacs.identity.secrets.times=…} makes the chaos longer and the malformed input more.
 */
class SecretsTest {

    private static final int TIMES = Integer.getInteger("acs.identity.secrets.times", 1);
    private static final int CHAOS_SECONDS = 4;
    private static final int LONG = 10;
    private static final int MALFORMED_CASES = 400;

    @TempDir
    Path folder;

    @Test
    void everything_atFullVolume_tellsNoSecret() throws Exception {
        LoudJvm jvm = new LoudJvm(folder, LoudJvm.HTTP_CLIENT_LOG);

        jvm.run(
                LoudRun.class,
                Duration.ofSeconds(60 + 30L * TIMES),
                String.valueOf(CHAOS_SECONDS * TIMES),
                String.valueOf(MALFORMED_CASES * TIMES));

        assertThat(jvm.leaks()).isEmpty();
        assertThat(jvm.secretCount()).isGreaterThan(60);
        assertThat(jvm.missing(List.of(
                        "FINE io.github.acsidentity.directory.",
                        "WARNING io.github.acsidentity.cache.",
                        "[DEBUG] com.azure.core.",
                        "SEVERE reactor.",
                        "jdk.httpclient.HttpClient CHANNEL",
                        "FINE jdk.internal.httpclient.debug",
                        "FINER com.sun.net.httpserver",
                        "io.github.acsidentity.AccessDeniedException: ",
                        "io.github.acsidentity.InvalidRequestException: ",
                        "io.github.acsidentity.OperationInterruptedException: ",
                        "io.github.acsidentity.ServiceUnavailableException: ",
                        "io.github.acsidentity.TeamsTokenRejectedException: ",
                        "io.github.acsidentity.ThrottledException: ",
                        "io.github.acsidentity.UserNotFoundException: ",
                        "io.github.acsidentity.directory.UserMappingStoreException: ",
                        "Caused by: ",
                        "is closed",
                        "refreshed: REFRESHED",
                        "refreshed: FAILED",
                        "answers of the service: ",
                        "malformed input: java.lang.IllegalArgumentException: ",
                        "malformed input: io.github.acsidentity.",
                        "most calls in flight for one user and request: ")))
                .isEmpty();
        if (TIMES >= LONG) {
            assertThat(jvm.missing(List.of("  gets that demand more: ", "  forced refreshes: ", "  prefetches: ")))
                    .isEmpty();
        }
        System.out.println(jvm.summary());
    }

    @Test
    void aSecretThatIsTold_isNoticed() throws Exception {
        LoudJvm jvm = new LoudJvm(folder, LoudJvm.HTTP_CLIENT_LOG + ",headers");

        jvm.run(PlantedLeaks.class, Duration.ofSeconds(60));

        assertThat(jvm.leaks())
                .anyMatch(line -> line.contains("1 aTokenInTheSystemLogger"))
                .anyMatch(line -> line.contains("2 aKeyAsAParameterOfALogRecord"))
                .anyMatch(line -> line.contains("3 aTokenInALogOfReactor"))
                .anyMatch(line -> line.contains("4 aTokenInALogOfTheSdk"))
                .anyMatch(line -> line.contains("5 aKeyInASuppressedException"))
                .anyMatch(line -> line.startsWith("6 "))
                .anyMatch(line -> line.startsWith("7 "))
                .as("the HTTP client of the JDK, told to log headers")
                .anyMatch(line -> line.contains("Authorization: HMAC-SHA256 "))
                .as("azure-core, told to log bodies")
                .anyMatch(line -> line.contains("\"body\"") && line.contains("accessToken"));
    }
}
