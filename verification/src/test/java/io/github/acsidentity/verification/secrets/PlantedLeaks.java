/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.verification.secrets;

import static io.github.acsidentity.verification.secrets.ManagerCalls.CHAT;

import com.azure.core.http.policy.HttpLogDetailLevel;
import com.azure.core.http.policy.HttpLogOptions;
import com.azure.core.util.logging.ClientLogger;
import io.github.acsidentity.azure.AcsIdentityManager;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import reactor.util.Loggers;

/** The program that tells secrets in every way that there is. */
final class PlantedLeaks {

    private PlantedLeaks() {}

    /**
     * Runs.
     *
     * @param arguments the file to write the secrets to
     */
    public static void main(String[] arguments) throws Exception {
        // its other choice here would be a provider of slf4j that throws everything away
        Loggers.useJdkLoggers();
        Diary diary = new Diary();
        System.getLogger("planted").log(System.Logger.Level.TRACE, "1 " + diary.keep("aTokenInTheSystemLogger"));
        Logger.getLogger("planted").log(Level.FINEST, "2 {0}", diary.keep("aKeyAsAParameterOfALogRecord"));
        Loggers.getLogger("planted").trace("3 " + diary.keep("aTokenInALogOfReactor"));
        new ClientLogger("planted").verbose("4 " + diary.keep("aTokenInALogOfTheSdk"));
        Exception cause = new Exception("harmless");
        cause.addSuppressed(new Exception("5 " + diary.keep("aKeyInASuppressedException")));
        diary.failed("planted", new Exception("harmless, too", cause));
        System.err.println("6 " + diary.keep("aConnectionStringThatIsPrinted").substring(5, 17));
        System.out.println("7 nobody has noted eyJhbGciOiJSUzI1NiJ9");
        try (ManagerCalls calls = new ManagerCalls(diary);
                AcsIdentityManager chatty = calls.builder()
                        .accessKey(calls.emulator().service().resource().primaryKey())
                        .httpLogOptions(new HttpLogOptions().setLogLevel(HttpLogDetailLevel.BODY_AND_HEADERS))
                        .build()) {
            diary.write("with all that an application can switch on", () -> chatty.createUserWithToken(CHAT));
        }
        Files.write(Path.of(arguments[0]), diary.secrets());
        System.exit(0);
    }
}
