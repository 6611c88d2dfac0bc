/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.verification.malformed;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/** Malformed input for checks that look at something else than what comes of it. */
public final class MalformedInput {

    private MalformedInput() {}

    /** Returns the secrets that the inputs hold. */
    public static List<String> secrets() {
        return List.of(Secrets.KEY, Secrets.TOKEN);
    }

    /**
     * Feeds it to what takes connection strings, answers of the service and requests to the emulator.
     *
     * @param cases how many inputs each gets
     * @param output takes what they said and threw, and a line on each
     */
    public static void feed(long seed, int cases, Consumer<String> output)
            throws InterruptedException, ExecutionException {
        try (ServiceAnswers answers = new ServiceAnswers()) {
            for (Target target : List.of(new ConnectionStrings(), answers, new EmulatorRequests())) {
                MalformedRun run = new MalformedRun(target, seed, cases, output);
                run.problems().forEach(output);
                output.accept(run.summary());
            }
        }
    }
}
