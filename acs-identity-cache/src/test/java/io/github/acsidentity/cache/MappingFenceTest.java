/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.acsidentity.TimeSource;
import io.github.acsidentity.directory.ExternalId;
import io.github.acsidentity.directory.UserMapping;
import io.github.acsidentity.directory.UserMappingStore;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The fence of erasures under a model checker, which finds what is left out of it missing. */
class MappingFenceTest {

    @Test
    void recall_amidAnErasure_neverSeesTheBindingAfterwards() {
        options(100).check(RealFence.class);
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                LookOutsideTheUpdate.class,
                NoMark.class,
                FenceBeforeTheErasureOnly.class,
                WaitingForMarkedReads.class,
            })
    void recall_amidAnErasureOfAMutant_isFoundWrong(Class<?> mutant) {
        assertThatThrownBy(() -> options(500).check(mutant))
                .isInstanceOf(LincheckAssertionError.class)
                .hasMessageContaining("after its erasure");
    }

    private static ModelCheckingOptions options(int invocations) {
        return new ModelCheckingOptions()
                .iterations(1)
                .invocationsPerIteration(invocations)
                .threads(2)
                .actorsPerThread(1)
                .actorsBefore(0)
                .actorsAfter(0)
                .minimizeFailedScenario(false);
    }

    /** One thread recalls while another erases and recalls; in the end somebody recalls once more. */
    public abstract static class Fence {

        private static final ExternalId ID = ExternalId.of("alice");

        private final UserMappingStore store;
        private volatile boolean erased;
        private volatile boolean violated;

        Fence(Factory bindings) {
            store = new CachingUserMappingStore(
                    new OneBinding(ID),
                    new CacheTime(new Still()),
                    bindings.create(new ConcurrentHashMap<>()),
                    () -> 0);
        }

        @Operation(runOnce = true)
        public void recall() {
            boolean erasureKnown = erased;
            boolean bound = store.recall(ID).orElseThrow() instanceof UserMapping.Bound;
            if (erasureKnown && bound) {
                violated = true;
            }
            if (violated) {
                throw new AssertionError("A recall saw the binding after its erasure");
            }
        }

        @Operation(runOnce = true)
        public void eraseAndRecall() {
            store.tombstone(ID);
            erased = true;
            recall();
        }

        @Validate
        public void recallInTheEnd() {
            recall();
        }
    }

    interface Factory {

        RememberedBindings create(ConcurrentMap<ExternalId, RememberedBindings.Answer> answers);
    }

    static final class Still implements TimeSource {

        @Override
        public long millis() {
            return 0;
        }

        @Override
        public long nanos() {
            return 0;
        }
    }

    public static final class RealFence extends Fence {

        public RealFence() {
            super(answers -> new RememberedBindings(answers, 1));
        }
    }

    public static final class LookOutsideTheUpdate extends Fence {

        public LookOutsideTheUpdate() {
            super(MappingFenceMutants.LookOutsideTheUpdate::new);
        }
    }

    public static final class NoMark extends Fence {

        public NoMark() {
            super(MappingFenceMutants.NoMark::new);
        }
    }

    public static final class FenceBeforeTheErasureOnly extends Fence {

        public FenceBeforeTheErasureOnly() {
            super(MappingFenceMutants.FenceBeforeTheErasureOnly::new);
        }
    }

    public static final class WaitingForMarkedReads extends Fence {

        public WaitingForMarkedReads() {
            super(MappingFenceMutants.WaitingForMarkedReads::new);
        }
    }
}
