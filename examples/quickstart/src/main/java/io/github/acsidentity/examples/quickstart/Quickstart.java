/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.examples.quickstart;

import com.azure.core.http.HttpClient;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import io.github.acsidentity.AccessToken;
import io.github.acsidentity.IdentityManager;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.TokenScope;
import io.github.acsidentity.UserId;
import io.github.acsidentity.azure.AcsIdentityManager;
import io.github.acsidentity.cache.CachingIdentityManager;
import io.github.acsidentity.testing.emulator.AcsEmulator;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Walks through the life of a user: creates it, issues a token for calls, gets it again from the cache, revokes it,
 * deletes the user. With the argument {@code directory}, {@link DirectoryQuickstart} does so with a user of one's own.
 *
 * <p>The resource is the one that the environment variable {@code COMMUNICATION_SERVICES_CONNECTION_STRING} names;
 * without it, an emulator is started.
 */
public final class Quickstart {

    private static final String CONNECTION_STRING = "COMMUNICATION_SERVICES_CONNECTION_STRING";
    private static final TokenRequest CALLING = TokenRequest.of(TokenScope.VOIP);

    private Quickstart() {}

    /**
     * Runs the steps and prints a line for each; ends with exit code 1 if one fails, and 2 if the arguments are wrong.
     *
     * @param args none, or {@code directory}
     */
    public static void main(String[] args) {
        Consumer<CachingIdentityManager> steps = Quickstart::run;
        if (Arrays.equals(args, new String[] {"directory"})) {
            steps = DirectoryQuickstart::run;
        } else if (args.length > 0) {
            System.err.println("Takes no argument, or the argument directory, but got " + String.join(" ", args));
            System.exit(2);
        }
        try {
            atTheResource(steps);
        } catch (RuntimeException e) {
            System.err.println("Failed: " + e.getMessage());
            System.exit(1);
        }
    }

    private static void atTheResource(Consumer<CachingIdentityManager> steps) {
        if (System.getenv(CONNECTION_STRING) == null) {
            System.out.println(CONNECTION_STRING + " is not set: using the embedded emulator");
            try (AcsEmulator emulator = AcsEmulator.start();
                    CachingIdentityManager manager = cached(managerFor(emulator))) {
                steps.accept(manager);
            }
        } else {
            try (CachingIdentityManager manager = cached(AcsIdentityManager.fromEnvironment())) {
                steps.accept(manager);
            }
        }
    }

    static void run(CachingIdentityManager manager) {
        UserId user = manager.createUser();
        System.out.println("Created user " + user.rawId());
        try {
            issueReuseAndRevoke(manager, user);
        } catch (RuntimeException failure) {
            deleteAfter(failure, manager, user);
            throw failure;
        }
        delete(manager, user);
    }

    private static void issueReuseAndRevoke(CachingIdentityManager manager, UserId user) {
        AccessToken token = manager.getToken(user, CALLING);
        System.out.println("Issued a voip token, which expires at " + token.expiresAt());
        long calls = manager.stats().calls();
        AccessToken again = manager.getToken(user, CALLING);
        boolean reused = again.equals(token) && manager.stats().calls() == calls;
        System.out.println(
                reused
                        ? "Asked again: the same token, and no second call was made"
                        : "Asked again: a second call was made");
        manager.revokeTokens(user);
        System.out.println("Revoked all tokens of " + user.rawId());
    }

    private static void delete(IdentityManager manager, UserId user) {
        manager.deleteUser(user);
        System.out.println("Deleted user " + user.rawId());
    }

    /** Leaves no user behind, but lets no failure to delete it hide what went wrong first. */
    private static void deleteAfter(RuntimeException failure, IdentityManager manager, UserId user) {
        try {
            delete(manager, user);
        } catch (RuntimeException another) {
            failure.addSuppressed(another);
        }
    }

    private static CachingIdentityManager cached(IdentityManager manager) {
        return CachingIdentityManager.builder(manager).build();
    }

    private static IdentityManager managerFor(AcsEmulator emulator) {
        HttpClient trustsTheEmulator = new JdkHttpClientBuilder(
                        java.net.http.HttpClient.newBuilder().sslContext(emulator.sslContext()))
                .build();
        return AcsIdentityManager.builder()
                .connectionString(emulator.connectionString())
                .httpClient(trustsTheEmulator)
                .build();
    }
}
