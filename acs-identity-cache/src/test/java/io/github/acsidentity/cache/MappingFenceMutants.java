/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import io.github.acsidentity.directory.ExternalId;
import java.util.concurrent.ConcurrentMap;

/** Ways to get the fence of erasures almost right. */
final class MappingFenceMutants {

    private MappingFenceMutants() {}

    /** An erasure may come between the look for the mark and the update. */
    static final class LookOutsideTheUpdate extends Mutant {

        LookOutsideTheUpdate(ConcurrentMap<ExternalId, Answer> answers) {
            super(answers);
        }

        @Override
        void keep(MappingRead read, Answer answer) {
            if (!read.isFenced()) {
                answers().put(read.id(), answer);
            }
        }
    }

    /** A read under way hears of no erasure. */
    static final class NoMark extends Mutant {

        NoMark(ConcurrentMap<ExternalId, Answer> answers) {
            super(answers);
        }

        @Override
        void beginChange(ExternalId id) {
            answers().remove(id);
        }

        @Override
        void endChange(ExternalId id) {
            answers().remove(id);
        }
    }

    /** Reads begin while the store has not erased yet, and keep what it erases then. */
    static final class FenceBeforeTheErasureOnly extends Mutant {

        FenceBeforeTheErasureOnly(ConcurrentMap<ExternalId, Answer> answers) {
            super(answers);
        }

        @Override
        void beginChange(ExternalId id) {
            super.beginChange(id);
            super.endChange(id);
        }

        @Override
        void endChange(ExternalId id) {
            // ended too early
        }
    }

    /** Who comes after an erasure waits for a read from before it. */
    static final class WaitingForMarkedReads extends Mutant {

        WaitingForMarkedReads(ConcurrentMap<ExternalId, Answer> answers) {
            super(answers);
        }

        @Override
        boolean canJoin(MappingRead there, long now) {
            return true;
        }
    }

    abstract static class Mutant extends RememberedBindings {

        private final ConcurrentMap<ExternalId, Answer> answers;

        Mutant(ConcurrentMap<ExternalId, Answer> answers) {
            super(answers, 1);
            this.answers = answers;
        }

        ConcurrentMap<ExternalId, Answer> answers() {
            return answers;
        }
    }
}
