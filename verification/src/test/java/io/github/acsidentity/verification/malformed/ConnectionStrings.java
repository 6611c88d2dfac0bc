/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.verification.malformed;

import io.github.acsidentity.azure.AcsIdentityManager;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Connection strings, endpoints and keys of a manager. */
final class ConnectionStrings implements Target {

    private static final List<String> HOSTS = List.of(
            "contoso.communication.azure.com",
            "a-much-longer-name-of-a-resource.europe.communication.azure.com",
            "fabrikam.unitedstates.communication.azure.us",
            "localhost:8443",
            "127.0.0.1:49152",
            "[::1]:8443",
            "xn--bcher-kva.example:443",
            "user:" + Secrets.TOKEN + "@contoso.communication.azure.com");
    private static final List<String> VALID = valid();

    private static List<String> valid() {
        String key = Secrets.KEY;
        Stream<String> connectionStrings = HOSTS.stream()
                .flatMap(host -> Stream.of(
                        "endpoint=https://" + host + "/;accesskey=" + key,
                        "AccessKey=" + key + ";Endpoint=https://" + host,
                        "endpoint=https://" + host + ";accesskey=" + key + ";",
                        "ENDPOINT=https://" + host.toUpperCase(Locale.ROOT) + "/; ACCESSKEY = " + key + " ",
                        "name=mine;endpoint=https://" + host + "/path/;accesskey=" + key + ";secret=" + Secrets.TOKEN,
                        "endpoint=" + key + ";accesskey=https://" + host + "/",
                        "https://" + host + "/"));
        return Stream.concat(connectionStrings, Stream.of(key, Secrets.TOKEN)).toList();
    }

    @Override
    public String name() {
        return "connection strings";
    }

    @Override
    public String feed(Mutations mutations, Consumer<String> input) {
        String text = mutations.spoilAny(VALID);
        input.accept(text);
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
