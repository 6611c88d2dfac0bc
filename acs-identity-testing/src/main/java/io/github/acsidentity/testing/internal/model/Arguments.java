/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.internal.model;

import io.github.acsidentity.TokenScope;
import java.util.Collection;
import java.util.Set;
import java.util.function.Function;

/** The rules for the arguments of the operations. */
public final class Arguments {

    private static final Set<String> KNOWN_SCOPES = Set.of(
            TokenScope.CHAT.value(),
            TokenScope.CHAT_JOIN.value(),
            TokenScope.CHAT_JOIN_LIMITED.value(),
            TokenScope.VOIP.value(),
            TokenScope.VOIP_JOIN.value());
    private static final int MINIMUM_MINUTES = 60;
    private static final int MAXIMUM_MINUTES = 1440;

    private final Function<UnprovenCase, Reply> replies;

    Arguments(Function<UnprovenCase, Reply> replies) {
        this.replies = replies;
    }

    /** Refuses scopes that are none, or not known. */
    public void requireScopes(Collection<String> scopes) {
        if (scopes.isEmpty()) {
            throw Refusal.invalid("scopes", "Invalid scopes - the field is required and must not be empty.")
                    .exception();
        }
        boolean openSet = replies.apply(UnprovenCase.UNKNOWN_SCOPE) == Reply.DONE;
        for (String scope : scopes) {
            if (!KNOWN_SCOPES.contains(scope) && !(openSet && isWellFormed(scope))) {
                throw Refusal.invalid("scopes", "Invalid scopes - one of them is not known.")
                        .exception();
            }
        }
    }

    /** Refuses a validity that is out of range. */
    public void requireMinutes(int minutes) {
        if (minutes < MINIMUM_MINUTES || minutes > MAXIMUM_MINUTES) {
            throw Refusal.invalid(
                            "ExpiresInMinutes",
                            "ExpiresInMinutes is " + minutes + ", which is not in the interval [" + MINIMUM_MINUTES
                                    + ", " + MAXIMUM_MINUTES + "].")
                    .exception();
        }
    }

    private static boolean isWellFormed(String scope) {
        try {
            return TokenScope.of(scope).value().equals(scope);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
