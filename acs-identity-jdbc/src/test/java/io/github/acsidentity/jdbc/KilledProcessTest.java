/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.contentOf;

import com.zaxxer.hikari.HikariDataSource;
import io.github.acsidentity.IdentityManager;
import io.github.acsidentity.IdentityOperation;
import io.github.acsidentity.TimeSource;
import io.github.acsidentity.directory.ExternalId;
import io.github.acsidentity.directory.UserDirectory;
import io.github.acsidentity.testing.FakeIdentityManager;
import io.github.acsidentity.testing.Fault;
import io.github.acsidentity.testing.MutableClock;
import io.github.acsidentity.testing.emulator.AcsEmulator;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a process at each step of a creation and a deletion; then another one recovers, and does the same again.
 *
 * <p>The processes are JVMs of their own, with the real manager against an emulator and a real PostgreSQL.
 */
@Timeout(120)
class KilledProcessTest {

    private static final Duration RESERVATION = Duration.ofMinutes(1);
    private static final String PASSWORD = "emulator";

    /** From when the request is sent until the user is bound, only the process that is killed may know the user. */
    private static final List<Kill> KILLS = List.of(
            new Kill("create", "before reserve", 0, 0),
            new Kill("create", "after reserve", 1, 0),
            new Kill("create", "before createUser", 1, 0),
            new Kill("create", "within createUser", 1, 1),
            new Kill("create", "after createUser", 1, 1),
            new Kill("create", "before bind", 1, 1),
            new Kill("create", "after bind", 0, 0),
            new Kill("delete", "before tombstone", 0, 0),
            new Kill("delete", "after tombstone", 0, 0),
            new Kill("delete", "before deleteUser", 0, 0),
            new Kill("delete", "within deleteUser", 0, 0),
            new Kill("delete", "after deleteUser", 0, 0),
            new Kill("delete", "before forget", 0, 0),
            new Kill("delete", "after forget", 0, 0));

    @TempDir
    private Path directory;

    @Test
    void recover_afterAKillAtEachStep_leavesNoUserThatIsNotCounted() {
        List<KillOutcome> outcomes = inParallel();

        String table = KillOutcome.table(outcomes);
        Figures.print("%s", table);
        assertThat(outcomes)
                .describedAs(table)
                .containsExactlyElementsOf(KILLS.stream().map(Kill::expected).toList());
    }

    private List<KillOutcome> inParallel() {
        ExecutorService pool = Executors.newFixedThreadPool(3);
        try {
            List<CompletableFuture<KillOutcome>> running = IntStream.range(0, KILLS.size())
                    .mapToObj(i ->
                            CompletableFuture.supplyAsync(() -> outcome(KILLS.get(i), "killed_process_" + i), pool))
                    .toList();
            return running.stream().map(CompletableFuture::join).toList();
        } finally {
            pool.shutdownNow();
        }
    }

    private KillOutcome outcome(Kill kill, String table) {
        try (HikariDataSource connections = Server.postgres().pool(2);
                AcsEmulator emulator = AcsEmulator.start();
                IdentityManager manager = FakeIdentityManager.on(emulator.service())) {
            JdbcUserMappingStore store =
                    JdbcUserMappingStore.builder(connections).table(table).build();
            store.createSchemaIfMissing();
            MutableClock later = MutableClock.following(TimeSource.system());
            later.advance(RESERVATION);
            if (kill.isDeletion()) {
                store.adopt(ExternalId.of(DyingProcess.EXTERNAL_ID), manager.createUser());
            }
            if (kill.isBetweenRequestAndAnswer()) {
                emulator.service()
                        .faults()
                        .on(IdentityOperation.CREATE_USER, IdentityOperation.DELETE_USER)
                        .next(Fault.lostAnswer());
            }

            runAndDie(kill, table, emulator);

            try (UserDirectory survivor = UserDirectory.builder(manager, store)
                    .reservationTime(RESERVATION)
                    .timeSource(later)
                    .build()) {
                survivor.recover();
                if (kill.isDeletion()) {
                    survivor.delete(DyingProcess.EXTERNAL_ID);
                } else {
                    survivor.resolve(DyingProcess.EXTERNAL_ID);
                }
                return KillOutcome.of(kill, survivor, emulator.service());
            }
        }
    }

    /** The modules, if there are any, and what the tests add, as one class path. */
    private static String classPath() {
        return Stream.of(System.getProperty("jdk.module.path"), System.getProperty("java.class.path"))
                .filter(path -> path != null && !path.isBlank())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private void runAndDie(Kill kill, String table, AcsEmulator emulator) {
        Path trusted = directory.resolve(table + ".p12");
        Path output = directory.resolve(table + ".log");
        emulator.trustStore(trusted, PASSWORD);
        ProcessBuilder command = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-Djavax.net.ssl.trustStore=" + trusted,
                "-Djavax.net.ssl.trustStorePassword=" + PASSWORD,
                "-cp",
                classPath(),
                DyingProcess.class.getName(),
                Server.postgres().url(),
                table,
                kill.operation(),
                kill.point());
        command.environment().put(DyingProcess.CONNECTION_STRING, emulator.connectionString());
        command.redirectErrorStream(true).redirectOutput(output.toFile());
        try {
            Process process = command.start();
            boolean ended = process.waitFor(60, TimeUnit.SECONDS);
            process.destroyForcibly();
            assertThat(ended).isTrue();
            assertThat(process.exitValue())
                    .describedAs(() -> kill + " ended as: " + contentOf(output.toFile()))
                    .isEqualTo(DyingProcess.KILLED);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
