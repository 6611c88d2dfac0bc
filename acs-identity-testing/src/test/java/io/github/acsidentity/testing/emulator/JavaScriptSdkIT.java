/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.acsidentity.IdentityOperation;
import io.github.acsidentity.testing.FakeIdentityService;
import io.github.acsidentity.testing.FakeResource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The official JavaScript SDK against both doors: starts {@code identity.test.js} with Node.js. Skipped, saying so,
 * where Node.js is not installed.
 */
@Tag("extended")
class JavaScriptSdkIT {

    private static final String CHECK = "The check with the JavaScript SDK";
    private static final String CLIENT_ID = "11111111-2222-4333-8444-555555555555";
    private static final String TEAMS_USER = "66666666-7777-4888-8999-aaaaaaaaaaaa";

    @Test
    void everyOperationAndErrorCase_throughBothDoors_isAsTheSdkExpects(@TempDir Path directory) throws Exception {
        NodeCheck.requireTool(CHECK, "node");
        NodeCheck.requireTool(CHECK, "npm");
        NodeCheck check = new NodeCheck(directory, "identity.test.js");
        FakeIdentityService service = FakeIdentityService.create();
        FakeResource foreign = service.addResource();
        try (AcsEmulator emulator =
                AcsEmulator.builder().service(service).httpPort(0).start()) {
            Path certificate = Files.writeString(directory.resolve("ca.pem"), emulator.caPem());

            String output = check.pass(Map.of(
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
                    "TEAMS_USER_ID", TEAMS_USER));

            assertThat(output).contains("ok 1 - the https door", "ok 2 - the http door");
            assertThat(service.callCount(IdentityOperation.GET_TOKEN_FOR_TEAMS_USER))
                    .isEqualTo(8);
        }
    }
}
