/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The revocation fence and the single flight under a model checker, which finds what is left out of them missing. */
class FenceTest {

    @Test
    void get_amidARevocation_neverGetsATokenFromBefore() {
        options(100).check(RealFence.class);
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                LookOutsideTheUpdate.class,
                StrikingOffTooEarly.class,
                NoMark.class,
                FenceBeforeTheCallOnly.class,
            })
    void get_amidARevocationOfAMutant_isFoundWrong(Class<?> mutant) {
        assertThatThrownBy(() -> options(100).check(mutant))
                .isInstanceOf(LincheckAssertionError.class)
                .hasMessageContaining("got the token of issue");
    }

    @Test
    void get_byTwo_makesOneCall() {
        options(50).check(TwoGets.class);
    }

    @Test
    void get_byTwoOfAMutant_isFoundToCallTwice() {
        assertThatThrownBy(() -> options(50).check(TwoGetsStrikingOffTooEarly.class))
                .isInstanceOf(LincheckAssertionError.class)
                .hasMessageContaining("2 calls were made");
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

    /** One thread gets while another revokes and gets; in the end somebody gets once more. */
    public abstract static class Fence {

        private final FenceModel model;

        Fence(FenceModel model) {
            this.model = model;
        }

        @Operation(runOnce = true)
        public void get() {
            model.get();
            model.check();
        }

        @Operation(runOnce = true)
        public void revokeAndGet() {
            model.revoke();
            model.get();
            model.check();
        }

        @Validate
        public void getInTheEnd() {
            model.get();
            model.check();
        }
    }

    public static final class RealFence extends Fence {

        public RealFence() {
            super(new FenceModel());
        }
    }

    public static final class LookOutsideTheUpdate extends Fence {

        public LookOutsideTheUpdate() {
            super(new FenceMutants.LookOutsideTheUpdate());
        }
    }

    public static final class StrikingOffTooEarly extends Fence {

        public StrikingOffTooEarly() {
            super(new FenceMutants.StrikingOffTooEarly());
        }
    }

    public static final class NoMark extends Fence {

        public NoMark() {
            super(new FenceMutants.NoMark());
        }
    }

    public static final class FenceBeforeTheCallOnly extends Fence {

        public FenceBeforeTheCallOnly() {
            super(new FenceMutants.FenceBeforeTheCallOnly());
        }
    }

    /** Two threads get; one call serves both. */
    public abstract static class SingleFlight {

        private final FenceModel model;

        SingleFlight(FenceModel model) {
            this.model = model;
        }

        @Operation
        public void get() {
            model.get();
            model.check();
        }

        @Validate
        public void oneCall() {
            model.checkCalls(1);
        }
    }

    public static final class TwoGets extends SingleFlight {

        public TwoGets() {
            super(new FenceModel());
        }
    }

    public static final class TwoGetsStrikingOffTooEarly extends SingleFlight {

        public TwoGetsStrikingOffTooEarly() {
            super(new FenceMutants.StrikingOffTooEarly());
        }
    }
}
