/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.verification.malformed;

import io.github.acsidentity.azure.AcsIdentityManager;
import java.util.List;

/** Connection strings, endpoints and keys of a manager. */
final class ConnectionStrings implements Target {

    private static final List<String> VALID = List.of(
            "endpoint=https://contoso.communication.azure.com/;accesskey=" + Secrets.KEY,
            "AccessKey=" + Secrets.KEY + ";Endpoint=https://contoso.communication.azure.com",
            "endpoint=https://localhost:8443;accesskey=" + Secrets.KEY + ";",
            "endpoint=" + Secrets.KEY + ";accesskey=https://contoso.communication.azure.com/",
            "endpoint=https://user:" + Secrets.TOKEN + "@contoso.communication.azure.com;accesskey=" + Secrets.KEY,
            Secrets.KEY,
            Secrets.TOKEN);

    @Override
    public String name() {
        return "connection strings";
    }

    @Override
    public String feed(Mutations mutations) {
        String text = mutations.spoilAny(VALID);
        AcsIdentityManager.Builder builder = AcsIdentityManager.builder();
        switch (mutations.below(6)) {
            case 0 -> builder.endpoint(text);
            case 1 -> builder.accessKey(text);
            default -> builder.connectionString(text);
        }
        return "";
    }

    @Override
    public boolean allows(Exception thrown) {
        return thrown.getClass() == IllegalArgumentException.class;
    }
}
