/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.verification.secrets;

import io.github.acsidentity.AccessToken;
import io.github.acsidentity.IdentityManager;
import io.github.acsidentity.TeamsTokenRequest;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.UserId;
import io.github.acsidentity.UserWithToken;
import java.util.function.Supplier;

/** Writes all failures of another manager into a diary, which notes all tokens. */
final class ToldManager implements IdentityManager {

    private final IdentityManager manager;
    private final Diary diary;

    ToldManager(IdentityManager manager, Diary diary) {
        this.manager = manager;
        this.diary = diary;
    }

    @Override
    public UserId createUser() {
        return told("create", manager::createUser);
    }

    @Override
    public UserWithToken createUserWithToken(TokenRequest request) {
        UserWithToken created = told("create with token", () -> manager.createUserWithToken(request));
        diary.keep(created.token().value());
        return created;
    }

    @Override
    public AccessToken getToken(UserId user, TokenRequest request) {
        AccessToken token = told("get", () -> manager.getToken(user, request));
        diary.keep(token.value());
        return token;
    }

    @Override
    public AccessToken getTokenForTeamsUser(TeamsTokenRequest request) {
        return told("Teams", () -> manager.getTokenForTeamsUser(request));
    }

    @Override
    public void revokeTokens(UserId user) {
        told("revoke", () -> {
            manager.revokeTokens(user);
            return "";
        });
    }

    @Override
    public void deleteUser(UserId user) {
        told("delete", () -> {
            manager.deleteUser(user);
            return "";
        });
    }

    @Override
    public void close() {
        manager.close();
    }

    private <T> T told(String what, Supplier<T> action) {
        try {
            return action.get();
        } catch (RuntimeException e) {
            diary.write(what, e);
            throw e;
        }
    }
}
