/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.internal.wire;

import static io.github.acsidentity.testing.internal.wire.ApiVersion.V2020_07_20_PREVIEW2;
import static io.github.acsidentity.testing.internal.wire.ApiVersion.V2021_02_22_PREVIEW1;
import static io.github.acsidentity.testing.internal.wire.ApiVersion.V2021_03_31_PREVIEW1;
import static io.github.acsidentity.testing.internal.wire.ApiVersion.V2021_10_31_PREVIEW;
import static io.github.acsidentity.testing.internal.wire.ApiVersion.V2022_06_01;

import java.util.List;

/** The operations that the service has, with their places in the URL space. */
enum Route {
    CREATE("POST", "/identities", V2020_07_20_PREVIEW2, V2021_02_22_PREVIEW1, V2020_07_20_PREVIEW2),
    DELETE("DELETE", "/identities/{id}", V2020_07_20_PREVIEW2, V2021_02_22_PREVIEW1, V2020_07_20_PREVIEW2),
    REVOKE(
            "POST",
            "/identities/{id}/:revokeAccessTokens",
            V2021_02_22_PREVIEW1,
            V2021_02_22_PREVIEW1,
            V2020_07_20_PREVIEW2),
    ISSUE(
            "POST",
            "/identities/{id}/:issueAccessToken",
            V2021_02_22_PREVIEW1,
            V2021_02_22_PREVIEW1,
            V2020_07_20_PREVIEW2),
    EXCHANGE_TEAMS_TOKEN(
            "POST", "/teamsUser/:exchangeAccessToken", V2021_03_31_PREVIEW1, V2022_06_01, V2021_10_31_PREVIEW),

    GET_IDENTITY("GET", "/identities/{id}"),
    EXCHANGE_TEAMS_EXTENSION_TOKEN("POST", "/access/teamsExtension/:exchangeAccessToken"),
    GET_ASSIGNMENT("GET", "/access/teamsExtension/tenants/{tenantId}/assignments/{objectId}"),
    PUT_ASSIGNMENT("PUT", "/access/teamsExtension/tenants/{tenantId}/assignments/{objectId}"),
    DELETE_ASSIGNMENT("DELETE", "/access/teamsExtension/tenants/{tenantId}/assignments/{objectId}"),
    EXCHANGE_ENTRA_TOKEN("POST", "/access/entra/:exchangeAccessToken"),
    LIST_ENTRA_ASSIGNMENTS("GET", "/access/entra/assignments"),
    PATCH_ENTRA_ASSIGNMENTS("PATCH", "/access/entra/assignments"),
    GET_ENTRA_ASSIGNMENT("GET", "/access/entra/assignments/{objectId}"),
    PUT_ENTRA_ASSIGNMENT("PUT", "/access/entra/assignments/{objectId}"),
    DELETE_ENTRA_ASSIGNMENT("DELETE", "/access/entra/assignments/{objectId}"),
    PATCH_IDENTITY_OF_2020("PATCH", "/identities/{id}"),
    ISSUE_OF_2020("POST", "/identities/{id}/token");

    private final String method;
    private final String template;
    private final boolean modelled;
    private final ApiVersion since;
    private final ApiVersion modelledSince;
    private final ApiVersion listedSince;

    Route(String method, String template, ApiVersion since, ApiVersion modelledSince, ApiVersion listedSince) {
        this(method, template, true, since, modelledSince, listedSince);
    }

    /** An operation that the fake knows by name only. */
    Route(String method, String template) {
        this(method, template, false, V2020_07_20_PREVIEW2, V2020_07_20_PREVIEW2, V2020_07_20_PREVIEW2);
    }

    Route(
            String method,
            String template,
            boolean modelled,
            ApiVersion since,
            ApiVersion modelledSince,
            ApiVersion listedSince) {
        this.method = method;
        this.template = template;
        this.modelled = modelled;
        this.since = since;
        this.modelledSince = modelledSince;
        this.listedSince = listedSince;
    }

    String method() {
        return method;
    }

    boolean isModelled() {
        return modelled;
    }

    /** Returns the first version in which the service has the operation. */
    ApiVersion since() {
        return since;
    }

    /** Returns the first version in which the fake has the operation. */
    ApiVersion modelledSince() {
        return modelledSince;
    }

    /** Returns the first version that the service lists in its answers; it lists the same ones for all below a path. */
    ApiVersion listedSince() {
        return listedSince;
    }

    boolean matches(List<String> path) {
        List<String> segments = List.of(template.substring(1).split("/"));
        if (path.size() != segments.size()) {
            return false;
        }
        for (int i = 0; i < path.size(); i++) {
            String expected = segments.get(i);
            boolean matches = expected.startsWith("{") ? !path.get(i).isEmpty() : expected.equals(path.get(i));
            if (!matches) {
                return false;
            }
        }
        return true;
    }

    /** Returns method and path, as messages name the route. */
    @Override
    public String toString() {
        return method + " " + template;
    }
}
