/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.benchmarks;

import io.github.acsidentity.IdentityManager;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.TokenScope;
import io.github.acsidentity.azure.AcsIdentityManager;
import io.github.acsidentity.cache.CachingIdentityManager;

/** What an application with the library does first. */
final class FirstToken {

    private FirstToken() {}

    /**
     * Gets a token and prints a line.
     *
     * @param args the connection string
     */
    public static void main(String... args) {
        IdentityManager manager = CachingIdentityManager.builder(
                        AcsIdentityManager.builder().connectionString(args[0]).build())
                .build();
        int length = manager.createUserWithToken(TokenRequest.of(TokenScope.VOIP))
                .token()
                .value()
                .length();
        System.out.println("token of " + length + " characters");
        System.exit(0);
    }
}
