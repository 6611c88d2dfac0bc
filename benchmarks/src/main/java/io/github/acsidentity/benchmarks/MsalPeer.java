/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.benchmarks;

import static java.util.Objects.requireNonNull;

import com.microsoft.aad.msal4j.ClientCredentialFactory;
import com.microsoft.aad.msal4j.ClientCredentialParameters;
import com.microsoft.aad.msal4j.ConfidentialClientApplication;
import com.microsoft.aad.msal4j.HttpResponse;
import com.microsoft.aad.msal4j.IAuthenticationResult;
import io.github.acsidentity.AccessToken;
import io.github.acsidentity.UserId;
import java.net.MalformedURLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * MSAL4J, with a scope for each user. A hit searches all tokens, so that filling it takes time with the square of their
 * number: the users share {@value #TOKENS} of them, which is in its favour.
 */
final class MsalPeer {

    static final int TOKENS = 100;

    private MsalPeer() {}

    static Lookup filled(Users users) {
        ConfidentialClientApplication application = application(users);
        List<ClientCredentialParameters> parameters = IntStream.range(0, TOKENS)
                .mapToObj(number -> ClientCredentialParameters.builder(Set.of("user" + number + "/.default"))
                        .build())
                .toList();
        parameters.forEach(each -> token(application, each));
        Map<UserId, ClientCredentialParameters> byUser = new ConcurrentHashMap<>();
        for (UserId user : users.ids()) {
            byUser.put(user, parameters.get(byUser.size() % TOKENS));
        }
        return user -> token(application, requireNonNull(byUser.get(user)));
    }

    private static IAuthenticationResult token(
            ConfidentialClientApplication application, ClientCredentialParameters parameters) {
        return application.acquireToken(parameters).join();
    }

    private static ConfidentialClientApplication application(Users users) {
        try {
            return ConfidentialClientApplication.builder("client", ClientCredentialFactory.createFromSecret("secret"))
                    .authority("https://login.microsoftonline.com/tenant/")
                    .instanceDiscovery(false)
                    .httpClient(request -> answer(users.issue()))
                    .build();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static HttpResponse answer(AccessToken token) {
        HttpResponse answer = new HttpResponse();
        answer.statusCode(200);
        answer.addHeaders(Map.of("Content-Type", List.of("application/json")));
        answer.body("{\"token_type\":\"Bearer\",\"expires_in\":86400,\"access_token\":\"" + token.value() + "\"}");
        return answer;
    }
}
