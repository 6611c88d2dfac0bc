/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.verification.malformed;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import io.github.acsidentity.IdentityException;
import io.github.acsidentity.TeamsTokenRequest;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.TokenScope;
import io.github.acsidentity.UserId;
import io.github.acsidentity.azure.AcsIdentityManager;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import reactor.core.publisher.Mono;

/** Answers of the service to the adapter of the SDK. */
final class ServiceAnswers implements Target, AutoCloseable {

    private static final String GUID = "11111111-1111-4111-8111-111111111111";
    private static final UserId USER = new UserId("8:acs:" + GUID + "_00000001-2222-4333-8444-555555555555");
    private static final String TOKEN_BODY =
            "{\"token\":\"" + Secrets.TOKEN + "\",\"expiresOn\":\"2099-03-03T09:05:07.1234567+00:00\"}";
    private static final List<String> SUCCESSES = List.of(
            TOKEN_BODY,
            "{\"identity\":{\"id\":\"" + USER + "\"}}",
            "{\"identity\":{\"id\":\"" + USER + "\"},\"accessToken\":" + TOKEN_BODY + "}",
            "{\"identity\":{\"id\":\"" + Secrets.TOKEN + "\"},\"accessToken\":" + TOKEN_BODY + "}",
            "<html>" + Secrets.TOKEN + "</html>");
    private static final List<String> ERRORS = List.of(
            "{\"error\":{\"code\":\"InvalidRequest\",\"message\":\"The request is not valid.\",\"target\":\"Scopes\"}}",
            "{\"error\":{\"code\":\"IdentityNotOwned\",\"message\":\"Provided identity doesn't belong to the resource"
                    + "\",\"innererror\":{\"code\":\"x\"},\"details\":[{\"code\":\"y\"}]}}",
            "{\"error\":{\"code\":\"TooManyRequests\",\"message\":\"\"}}",
            "<html><h1>502 Bad Gateway</h1></html>");
    private static final List<String> HEADERS = List.of(
            "Retry-After",
            "retry-after-ms",
            "x-ms-retry-after-ms",
            "Content-Type",
            "Content-Length",
            "request-id",
            "x-ms-request-id",
            "WWW-Authenticate",
            "Location",
            "api-deprecated-versions",
            "MS-CV");
    private static final List<String> VALUES = List.of(
            "1",
            "Mon, 02 Mar 2026 09:05:07 GMT",
            "application/json; charset=utf-8",
            "text/html",
            "Bearer error=\"x\"",
            "https://example.com/identities",
            "0",
            "chunked");
    private static final List<Integer> STATUSES =
            List.of(200, 201, 204, 202, 206, 301, 304, 400, 401, 403, 404, 408, 409, 429, 500, 501, 503, 599, 0, 1000);

    private final AcsIdentityManager manager = AcsIdentityManager.builder()
            .connectionString("endpoint=https://contoso.communication.azure.com/;accesskey=" + Secrets.KEY)
            .httpClient(request -> Mono.fromSupplier(() -> answer(request)))
            .maximumRetries(0)
            .build();
    private Mutations mutations = new Mutations(() -> 0);
    private Consumer<String> input = fed -> {};
    private boolean asExpected;

    @Override
    public String name() {
        return "answers of the service";
    }

    @Override
    public String feed(Mutations given, Consumer<String> fed) {
        mutations = given;
        input = fed;
        TokenRequest chat = TokenRequest.of(TokenScope.CHAT);
        Object result = switch (given.below(6)) {
            case 0 -> manager.createUser();
            case 1 -> manager.createUserWithToken(chat);
            case 2 -> manager.getToken(USER, chat);
            case 3 -> manager.getTokenForTeamsUser(new TeamsTokenRequest(Secrets.TOKEN, GUID, GUID));
            case 4 -> {
                manager.revokeTokens(USER);
                yield "";
            }
            default -> {
                manager.deleteUser(USER);
                yield "";
            }
        };
        if (!asExpected) {
            throw new IllegalStateException("Took a wrong status for a success: " + result);
        }
        return Objects.toString(result);
    }

    @Override
    public boolean allows(Exception thrown) {
        return thrown instanceof IdentityException;
    }

    @Override
    public void close() {
        manager.close();
    }

    private HttpResponse answer(HttpRequest request) {
        HttpHeaders headers = new HttpHeaders();
        for (int i = mutations.below(4); i > 0; i--) {
            headers.add(HttpHeaderName.fromString(mutations.any(HEADERS)), mutations.spoilAny(VALUES));
        }
        int status = mutations.oneIn(2)
                ? expected(request)
                : mutations.oneIn(10) ? mutations.below(1000) : mutations.any(STATUSES);
        asExpected = status == expected(request);
        byte[] body = body(status);
        input.accept(status + " " + headers + "\r\n" + new String(body, StandardCharsets.ISO_8859_1));
        return new ReadyAnswer(request, status, headers, body);
    }

    /**
     * An error may have the whole body of a success. A secret is whole where the service says something: only known or
     * recognisable ones can be taken out.
     */
    private byte[] body(int status) {
        if (status < 400) {
            return mutations.bytes(mutations.spoil(mutations.any(SUCCESSES)));
        }
        if (mutations.oneIn(3)) {
            return mutations.any(SUCCESSES).getBytes(StandardCharsets.UTF_8);
        }
        String error = mutations.spoilAny(ERRORS);
        if (mutations.oneIn(2)) {
            return mutations.bytes(error);
        }
        String secret = mutations.any(
                List.of(Secrets.TOKEN, "accesskey=" + Secrets.KEY, Secrets.KEY, "Bearer " + Secrets.TOKEN));
        return mutations.insert(error, secret).getBytes(StandardCharsets.UTF_8);
    }

    private static int expected(HttpRequest request) {
        String path = request.getUrl().getPath();
        boolean exchanges = path.contains("teamsUser") || path.endsWith(":issueAccessToken");
        if (request.getHttpMethod().toString().equals("DELETE") || path.endsWith(":revokeAccessTokens")) {
            return 204;
        }
        return exchanges ? 200 : 201;
    }
}
