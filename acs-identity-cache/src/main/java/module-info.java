import org.jspecify.annotations.NullMarked;

/** Reuses access tokens until shortly before they expire. */
@NullMarked
module io.github.acsidentity.cache {
    requires static transitive org.jspecify;
    requires transitive io.github.acsidentity;
    requires com.github.benmanes.caffeine;

    exports io.github.acsidentity.cache;
}
