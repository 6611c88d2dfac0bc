/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

/** Ways to get the fence, or the single flight, almost right. */
final class FenceMutants {

    private FenceMutants() {}

    /** A revocation may come between the look for the mark and the update. */
    static final class LookOutsideTheUpdate extends FenceModel {

        @Override
        boolean keep(Flight<String> flight, HeldToken fresh) {
            if (flight.isFenced()) {
                return false;
            }
            tokens().put(flight.owner(), fresh);
            return true;
        }
    }

    /** A revocation does not find the flight that will still keep its token, nor does a second caller find it. */
    static final class StrikingOffTooEarly extends FenceModel {

        @Override
        Flight.Landing carryOut(Flight<String> flight) {
            HeldToken fresh = call();
            Flight.Landing landing = new Flight.Landing.Issued(fresh);
            flights().land(flight, landing);
            return keep(flight, fresh) ? landing : new Flight.Landing.Fenced();
        }
    }

    /** A flight under way hears of no revocation. */
    static final class NoMark extends FenceModel {

        @Override
        void beginRevocation(String owner) {
            tokens().remove(owner);
        }

        @Override
        void endRevocation(String owner) {
            tokens().remove(owner);
        }
    }

    /** Flights board while the service has not revoked yet, and keep what it revokes then. */
    static final class FenceBeforeTheCallOnly extends FenceModel {

        @Override
        void beginRevocation(String owner) {
            flights().beginRevocation(owner);
            flights().endRevocation(owner);
        }

        @Override
        void endRevocation(String owner) {
            // ended too early
        }
    }
}
