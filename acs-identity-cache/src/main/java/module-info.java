import org.jspecify.annotations.NullMarked;

/** Reuses access tokens until shortly before they expire. */
@NullMarked
module io.github.acsidentity.cache {
    requires static transitive org.jspecify;
    requires transitive io.github.acsidentity;
    requires com.github.benmanes.caffeine;
    // Not transitive, though exported types extend theirs: modules without them could not be compiled any more.
    requires static org.assertj.core;

    exports io.github.acsidentity.cache;
    exports io.github.acsidentity.cache.assertj;
}
