/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import io.github.acsidentity.IdentityException;

/** A failure that is answered again, without a call, until the given time. */
record RememberedFailure(IdentityException failure, long until) {}
