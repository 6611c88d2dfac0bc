/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.azure;

import com.azure.core.http.HttpRequest;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.TokenScope;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The scopes {@code chat.join}, {@code chat.join.limited} and {@code voip.join}.
 *
 * <p>The service specifies them from api-version 2023-10-01 on, and the 1.4 line of the SDK can only be told older
 * ones. Since the version is part of what is signed, it is chosen before the signature.
 */
final class JoinScopes {

    private static final String FIRST_VERSION = "2023-10-01";
    private static final Set<TokenScope> ALL =
            Set.of(TokenScope.CHAT_JOIN, TokenScope.CHAT_JOIN_LIMITED, TokenScope.VOIP_JOIN);
    private static final Pattern API_VERSION = Pattern.compile("(?<=[?&]api-version=)\\d{4}-\\d{2}-\\d{2}(?=&|$)");

    private JoinScopes() {}

    static boolean isAskedForBy(TokenRequest request) {
        return request.scopes().stream().anyMatch(ALL::contains);
    }

    /** Raises the api-version of a request to the first that knows the scopes; a later one stays. */
    static void chooseApiVersion(HttpRequest request) {
        String url = request.getUrl().toString();
        Matcher version = API_VERSION.matcher(url);
        if (version.find() && version.group().compareTo(FIRST_VERSION) < 0) {
            request.setUrl(version.replaceFirst(FIRST_VERSION));
        }
    }
}
