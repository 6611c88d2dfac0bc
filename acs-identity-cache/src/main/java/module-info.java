import org.jspecify.annotations.NullMarked;

/** Reuses access tokens until shortly before they expire. */
@NullMarked
module io.github.acsidentity.cache {
    requires static transitive org.jspecify;
    requires transitive io.github.acsidentity;
    requires com.github.benmanes.caffeine;
    requires static transitive org.assertj.core;

    exports io.github.acsidentity.cache;
    exports io.github.acsidentity.cache.assertj;
}
