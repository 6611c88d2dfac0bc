/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.verification.secrets;

import io.github.acsidentity.verification.chaos.ChaosRun;
import io.github.acsidentity.verification.malformed.MalformedInput;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import reactor.util.Loggers;

/** The program that does everything there is: {@code FILE SECONDS TIMES}. */
final class LoudRun {

    private static final long SEED = 20_260_102;

    private LoudRun() {}

    /**
     * Runs.
     *
     * @param arguments the file to write the secrets to, how many seconds of chaos there are, how many inputs of each
     *     kind are malformed
     */
    public static void main(String[] arguments) throws Exception {
        // its other choice here would be a provider of slf4j that throws everything away
        Loggers.useJdkLoggers();
        Diary diary = new Diary();
        try (ManagerCalls calls = new ManagerCalls(diary)) {
            calls.run();
            new CacheCalls(calls, diary).run();
            new DirectoryCalls(calls, diary).run();
            new TestKitCalls(calls, diary).run();
        }
        MalformedInput.secrets().forEach(diary::keep);
        MalformedInput.feed(
                SEED, Integer.parseInt(arguments[2]), said -> System.out.println("malformed input: " + said));
        System.out.println(ChaosRun.report(SEED, Duration.ofSeconds(Long.parseLong(arguments[1])), diary));
        Files.write(Path.of(arguments[0]), diary.secrets());
        // what the chaos has left behind need not be waited for
        System.exit(0);
    }
}
