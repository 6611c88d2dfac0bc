module com.example.demo {
    requires io.github.acsidentity.testing;
}
