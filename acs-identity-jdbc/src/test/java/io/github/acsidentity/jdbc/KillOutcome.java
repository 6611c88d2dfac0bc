/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.jdbc;

import io.github.acsidentity.UserId;
import io.github.acsidentity.directory.DirectoryStats;
import io.github.acsidentity.directory.UserDirectory;
import io.github.acsidentity.testing.FakeIdentityService;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What there is after a process was killed, another one has recovered and done the same again.
 *
 * @param kill where the process was killed
 * @param bound users bound
 * @param atTheService users that the service has
 * @param deleted users that it had
 * @param counted users that count as possibly unknown
 * @param unknown users that the service has and no external id is bound to
 */
record KillOutcome(Kill kill, long bound, long atTheService, long deleted, long counted, long unknown) {

    static KillOutcome of(Kill kill, UserDirectory directory, FakeIdentityService service) {
        DirectoryStats stats = directory.stats();
        List<UserId> strangers = service.users().stream()
                .filter(user -> directory.externalId(user).isEmpty())
                .toList();
        return new KillOutcome(
                kill,
                stats.bound(),
                service.users().size(),
                service.usersCreated().size() - service.users().size(),
                stats.possiblyUnknown(),
                strangers.size());
    }

    static String table(List<KillOutcome> outcomes) {
        return outcomes.stream()
                .map(KillOutcome::row)
                .collect(Collectors.joining(
                        "",
                        "| killed | bound | at the service | deleted | possibly unknown (counted)"
                                + " | really unknown at the service |%n|---|---|---|---|---|---|%n".formatted(),
                        ""));
    }

    private String row() {
        return "| %s: %s | %d | %d | %d | %d | %d |%n"
                .formatted(kill.operation(), kill.point(), bound, atTheService, deleted, counted, unknown);
    }
}
