/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.verification.planted;

import com.azure.core.credential.AzureKeyCredential;
import io.github.acsidentity.verification.planted.impl.BrokenNames;
import java.io.Serial;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.logging.Logger;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** Code that must not exist: each class breaks one rule, and shows that the rule would find it. */
@SuppressWarnings("unused")
public final class BrokenRules {

    private BrokenRules() {}

    public static final class KnowsTheSdk {
        Class<?> type() {
            return AzureKeyCredential.class;
        }
    }

    public static final class KnowsReactor {
        Class<?> type() {
            return Mono.class;
        }
    }

    public static final class KnowsJUnit {
        Class<?> type() {
            return Test.class;
        }
    }

    public static final class KnowsAssertJ {
        Class<?> type() {
            return Assertions.class;
        }
    }

    public static final class Cycle {
        Class<?> otherHalf() {
            return BrokenNames.class;
        }
    }

    public static final class ReadsMillis {
        long time() {
            return System.currentTimeMillis();
        }
    }

    public static final class RefersToNanos {
        LongSupplier time() {
            return System::nanoTime;
        }
    }

    public static final class ReadsNow {
        Instant time() {
            return Instant.now();
        }
    }

    public static final class ReadsNowOfAZone {
        LocalDate time() {
            return LocalDate.now(ZoneOffset.UTC);
        }
    }

    public static final class MakesAClock {
        Clock time() {
            return Clock.systemUTC();
        }
    }

    @SuppressWarnings("JavaUtilDate")
    public static final class MakesADate {
        Date time() {
            return new Date();
        }
    }

    public static final class SleepsAsThread {
        void pause() throws InterruptedException {
            Thread.sleep(1);
        }
    }

    public static final class SleepsInUnits {
        void pause() throws InterruptedException {
            TimeUnit.SECONDS.sleep(1);
        }
    }

    public static final class LogsWithSlf4j {
        Object logger() {
            return LoggerFactory.getLogger("planted");
        }
    }

    public static final class LogsWithTheJdk {
        Object logger() {
            return Logger.getLogger("planted");
        }
    }

    public static final class Prints {
        void print() {
            System.out.println("planted");
        }
    }

    @SuppressWarnings("CatchAndPrintStackTrace")
    public static final class PrintsAStackTrace {
        void print(IllegalStateException e) {
            e.printStackTrace();
        }
    }

    public static final class ChangesAStaticField {
        static int changed;
    }

    public static final class CountsStatically {
        static final AtomicInteger COUNT = new AtomicInteger();
    }

    public static final class CollectsStatically {
        static final ConcurrentHashMap<String, String> SEEN = new ConcurrentHashMap<>();
    }

    public static class OpenException extends RuntimeException {

        @Serial
        private static final long serialVersionUID = 1L;
    }
}
