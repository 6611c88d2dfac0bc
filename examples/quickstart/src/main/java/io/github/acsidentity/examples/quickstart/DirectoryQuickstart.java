/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.examples.quickstart;

import io.github.acsidentity.AccessToken;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.TokenScope;
import io.github.acsidentity.cache.CachingIdentityManager;
import io.github.acsidentity.directory.DirectoryStats;
import io.github.acsidentity.directory.UserDirectory;
import io.github.acsidentity.jdbc.JdbcUserMappingStore;
import org.h2.jdbcx.JdbcConnectionPool;

/**
 * Lets a user of one's own, alice, have a communication user: issues a token, gets it again from the cache, revokes it,
 * deletes the user. The mapping is kept in a database in memory.
 */
final class DirectoryQuickstart {

    private static final String ALICE = "alice";
    private static final TokenRequest CALLING = TokenRequest.of(TokenScope.VOIP);

    private DirectoryQuickstart() {}

    static void run(CachingIdentityManager manager) {
        JdbcConnectionPool dataSource = JdbcConnectionPool.create("jdbc:h2:mem:;DB_CLOSE_DELAY=-1", "", "");
        try {
            JdbcUserMappingStore store =
                    JdbcUserMappingStore.builder(dataSource).build();
            store.createSchemaIfMissing();
            System.out.println("Created the tables for the directory, in a database in memory");
            try (UserDirectory directory = UserDirectory.builder(manager, store).build()) {
                run(manager, directory);
            }
        } finally {
            dataSource.dispose();
        }
    }

    static void run(CachingIdentityManager manager, UserDirectory directory) {
        try {
            issueReuseAndRevoke(manager, directory);
        } catch (RuntimeException failure) {
            deleteAfter(failure, directory);
            throw failure;
        }
        delete(directory);
        DirectoryStats left = directory.stats();
        System.out.println("The directory has " + left.bound() + " users, " + left.erasing() + " left to erase, and "
                + left.possiblyUnknown() + " that may exist without anybody knowing their ids");
    }

    private static void issueReuseAndRevoke(CachingIdentityManager manager, UserDirectory directory) {
        AccessToken token = directory.getToken(ALICE, CALLING);
        System.out.println("Created user " + directory.resolve(ALICE).rawId() + " for " + ALICE
                + " and issued a voip token, which expires at " + token.expiresAt());
        long calls = manager.stats().calls();
        AccessToken again = directory.getToken(ALICE, CALLING);
        boolean reused = again.equals(token) && manager.stats().calls() == calls;
        System.out.println(
                reused
                        ? "Asked again: the same token, and no second call was made"
                        : "Asked again: a second call was made");
        directory.revokeTokens(ALICE);
        System.out.println("Revoked all tokens of " + ALICE);
    }

    private static void delete(UserDirectory directory) {
        if (directory.delete(ALICE)) {
            System.out.println("Deleted the user of " + ALICE + ", and forgot the mapping");
        }
    }

    /** Leaves no user behind, but lets no failure to delete it hide what went wrong first. */
    private static void deleteAfter(RuntimeException failure, UserDirectory directory) {
        try {
            delete(directory);
        } catch (RuntimeException another) {
            failure.addSuppressed(another);
        }
    }
}
