/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.verification.malformed;

import io.github.acsidentity.UserId;
import java.util.List;

/** Raw ids of users; what is accepted must be fit for a URL. */
final class RawIds implements Target {

    private static final List<String> VALID = List.of(
            "8:acs:11111111-1111-4111-8111-111111111111_00000001-2222-4333-8444-555555555555",
            "8:dod-acs:11111111-1111-4111-8111-111111111111_00000001-2222-4333-8444-555555555555",
            "8:gcch-acs:11111111-1111-4111-8111-111111111111_00000001",
            "8:spool:a_b",
            "8:orgid:00000001-2222-4333-8444-555555555555",
            "4:+15551234567",
            "28:bot",
            "endpoint=https://contoso.communication.azure.com/;accesskey=" + Secrets.KEY,
            "8:acs:" + Secrets.KEY,
            Secrets.KEY,
            Secrets.TOKEN);

    @Override
    public String name() {
        return "raw ids";
    }

    @Override
    public String feed(Mutations mutations) {
        UserId user = new UserId(mutations.spoilAny(VALID));
        if (!user.rawId().matches("8:[a-z-]+:[0-9A-Za-z-]+_[0-9A-Za-z_-]+")
                || user.rawId().length() > 256) {
            throw new IllegalStateException("Accepted " + user);
        }
        user.resourceId();
        return "";
    }

    /** The first segment is shown, up to 12 characters and the colon. */
    @Override
    public int piece() {
        return 14;
    }

    @Override
    public boolean allows(Exception thrown) {
        return thrown.getClass() == IllegalArgumentException.class;
    }
}
