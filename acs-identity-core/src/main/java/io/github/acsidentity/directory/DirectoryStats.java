/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.directory;

/**
 * What a store holds.
 *
 * @param bound external ids that have their communication user
 * @param reserved external ids for which one is being created, without reservations that have expired
 * @param erasing external ids whose communication user is still to be deleted
 * @param discarded communication users that are nobody's and still to be deleted
 * @param possiblyUnknown attempts of unknown outcome: each may have left one communication user whose id nobody knows.
 *     It holds no token and no data. Attempts whose reservation has expired are among them
 */
public record DirectoryStats(long bound, long reserved, long erasing, long discarded, long possiblyUnknown) {}
