/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.internal.model;

import io.github.acsidentity.UserId;
import java.util.List;

/**
 * The users and the live tokens of a service, the newest of them by name.
 *
 * @param userCount how many users exist
 * @param users the newest of them, the newest first
 * @param liveTokenCount how many tokens chat and calling accept
 * @param liveTokens the newest of them, the newest first
 */
public record Holdings(int userCount, List<Holder> users, int liveTokenCount, List<IssuedToken> liveTokens) {

    /**
     * A user.
     *
     * @param id who it is
     * @param liveTokens how many tokens of its are accepted
     */
    public record Holder(UserId id, int liveTokens) {}
}
