/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.verification.malformed;

import io.github.acsidentity.UserId;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Raw ids of users; what is accepted must be fit for a URL. */
final class RawIds implements Target {

    private static final List<String> PREFIXES =
            List.of("8:acs:", "8:dod-acs:", "8:gcch-acs:", "8:spool:", "8:orgid:", "8:teamsvisitor:", "28:orgid:");
    private static final List<String> REST = List.of(
            "11111111-1111-4111-8111-111111111111_00000001-2222-4333-8444-555555555555",
            "b6aada1f-0b1d-47ac-866f-91aae00a1d01_00000024-7c3e-19f2-28f4-343a0d00a5b7",
            "0e3c9d52-7a64-4b8f-9d10-c2f5e6a78b93_a-user-whose-name-is-long_and-has-more-than-one_line_in-it-0123456789",
            "a_b",
            "00000001-2222-4333-8444-555555555555",
            Secrets.KEY);
    private static final List<String> VALID = valid();

    private static List<String> valid() {
        Stream<String> users = PREFIXES.stream().flatMap(prefix -> REST.stream().map(prefix::concat));
        Stream<String> others = Stream.of(
                "4:+15551234567",
                "28:bot",
                "endpoint=https://contoso.communication.azure.com/;accesskey=" + Secrets.KEY,
                Secrets.KEY,
                Secrets.TOKEN);
        return Stream.concat(users, others).toList();
    }

    @Override
    public String name() {
        return "raw ids";
    }

    @Override
    public String feed(Mutations mutations, Consumer<String> input) {
        String rawId = mutations.spoilAny(VALID);
        input.accept(rawId);
        UserId user = new UserId(rawId);
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
