/** What the cache promises while everything around it goes wrong. */
@NullMarked
package io.github.acsidentity.verification.chaos;

import org.jspecify.annotations.NullMarked;
