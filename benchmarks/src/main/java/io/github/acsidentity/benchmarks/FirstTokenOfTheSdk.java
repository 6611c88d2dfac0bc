/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.benchmarks;

import com.azure.communication.identity.CommunicationIdentityClientBuilder;
import com.azure.communication.identity.models.CommunicationTokenScope;
import java.util.List;

/** What an application with the bare SDK does first; its class path has nothing of the library. */
final class FirstTokenOfTheSdk {

    private FirstTokenOfTheSdk() {}

    /**
     * Gets a token and prints a line.
     *
     * @param args the connection string
     */
    public static void main(String... args) {
        int length = new CommunicationIdentityClientBuilder()
                .connectionString(args[0])
                .buildClient()
                .createUserAndToken(List.of(CommunicationTokenScope.VOIP))
                .getUserToken()
                .getToken()
                .length();
        System.out.println("token of " + length + " characters");
        System.exit(0);
    }
}
