/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.verification.malformed;

import com.azure.core.http.HttpRequest;
import com.azure.core.util.FluxUtil;
import io.github.acsidentity.TeamsTokenRequest;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.TokenScope;
import io.github.acsidentity.UserId;
import io.github.acsidentity.azure.AcsIdentityManager;
import io.github.acsidentity.testing.FakeIdentityService;
import io.github.acsidentity.testing.azure.InProcessHttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Flux;

/**
 * A request as a client sent it.
 *
 * @param method the method
 * @param target path and query
 * @param headers the headers
 * @param body the body, in UTF-8
 */
record ValidRequest(String method, String target, List<Map.Entry<String, String>> headers, String body) {

    private static final String GUID = "11111111-1111-4111-8111-111111111111";

    /** Returns the requests that the SDK sends for each operation, with valid signatures. */
    static List<ValidRequest> to(FakeIdentityService service) {
        List<ValidRequest> requests = Collections.synchronizedList(new ArrayList<>());
        InProcessHttpClient transport = InProcessHttpClient.on(service);
        service.registerTeamsToken(
                Secrets.TOKEN, GUID, GUID, service.clock().instant().plus(Duration.ofDays(1)));
        try (AcsIdentityManager manager = AcsIdentityManager.builder()
                .connectionString(service.resource().connectionString())
                .httpClient(request -> FluxUtil.collectBytesInByteBufferStream(
                                request.getBody() == null ? Flux.empty() : request.getBody())
                        .flatMap(body -> {
                            requests.add(of(request, new String(body, StandardCharsets.UTF_8)));
                            return transport.send(request.copy().setBody(body));
                        }))
                .build()) {
            TokenRequest chat =
                    TokenRequest.of(TokenScope.CHAT, TokenScope.VOIP).withValidity(Duration.ofHours(2));
            UserId user = manager.createUserWithToken(chat).user();
            manager.createUser();
            manager.getToken(user, chat);
            manager.getTokenForTeamsUser(new TeamsTokenRequest(Secrets.TOKEN, GUID, GUID));
            manager.revokeTokens(user);
            manager.deleteUser(manager.createUser());
        }
        return List.copyOf(requests);
    }

    private static ValidRequest of(HttpRequest request, String body) {
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        request.getHeaders().forEach(header -> headers.add(Map.entry(header.getName(), header.getValue())));
        headers.removeIf(header -> header.getKey().equalsIgnoreCase("content-length"));
        if (headers.stream().noneMatch(header -> header.getKey().equalsIgnoreCase("host"))) {
            headers.add(Map.entry("Host", request.getUrl().getHost()));
        }
        return new ValidRequest(
                request.getHttpMethod().toString(), request.getUrl().getFile(), List.copyOf(headers), body);
    }

    /** Returns the request with a bearer token in place of its signature. */
    ValidRequest withBearer() {
        List<Map.Entry<String, String>> changed = new ArrayList<>(headers);
        changed.removeIf(header -> header.getKey().equalsIgnoreCase("authorization"));
        changed.add(Map.entry("Authorization", "Bearer " + Secrets.TOKEN));
        return withHeaders(changed);
    }

    /** Returns the request spoiled in one to three of its parts, or in the same one again. */
    ValidRequest spoiled(Mutations mutations) {
        ValidRequest spoiled = this;
        for (int i = 1 + mutations.below(3); i > 0 || spoiled.equals(this); i--) {
            spoiled = spoiled.spoiledOnce(mutations);
        }
        return spoiled;
    }

    private ValidRequest spoiledOnce(Mutations mutations) {
        return switch (mutations.below(8)) {
            case 0, 1 -> withHeaders(spoiledHeader(mutations));
            case 2 -> withHeaders(moreOrLess(mutations));
            case 3 -> new ValidRequest(mutations.spoil(method), target, headers, body);
            case 4, 5 -> new ValidRequest(method, mutations.spoil(target), headers, body);
            default -> new ValidRequest(method, target, headers, mutations.spoil(body));
        };
    }

    private List<Map.Entry<String, String>> spoiledHeader(Mutations mutations) {
        List<Map.Entry<String, String>> changed = new ArrayList<>(headers);
        int at = mutations.below(changed.size());
        Map.Entry<String, String> header = changed.get(at);
        changed.set(
                at,
                mutations.oneIn(4)
                        ? Map.entry(mutations.spoil(header.getKey()), header.getValue())
                        : Map.entry(header.getKey(), mutations.spoil(header.getValue())));
        return changed;
    }

    /** Returns the headers without one of them, or with one twice. */
    private List<Map.Entry<String, String>> moreOrLess(Mutations mutations) {
        List<Map.Entry<String, String>> changed = new ArrayList<>(headers);
        if (mutations.oneIn(2) && changed.size() > 1) {
            changed.remove(mutations.below(changed.size()));
        } else {
            changed.add(mutations.any(headers));
        }
        return changed;
    }

    private ValidRequest withHeaders(List<Map.Entry<String, String>> changed) {
        return new ValidRequest(method, target, changed, body);
    }
}
