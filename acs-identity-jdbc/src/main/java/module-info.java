import org.jspecify.annotations.NullMarked;

/** Keeps user mappings in a relational database. */
@NullMarked
module io.github.acsidentity.jdbc {
    requires static transitive org.jspecify;
    requires transitive io.github.acsidentity;
    requires transitive java.sql;

    exports io.github.acsidentity.jdbc;
}
